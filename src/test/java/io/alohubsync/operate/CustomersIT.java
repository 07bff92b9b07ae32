package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.acts.Activity;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.acts.Correction;
import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.customers.CustomerQuery.By;
import io.alohubsync.operate.customers.CustomerQuery.Status;
import io.alohubsync.operate.customers.CustomerSearch;
import io.alohubsync.operate.customers.CustomerView;
import io.alohubsync.operate.customers.Event;
import io.alohubsync.operate.jobs.Followers;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.Overview;
import io.alohubsync.operate.problems.ProblemGroup;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Finding customers, looking at one, acting on it: on a database that the daemon's own steps have
 * filled.
 */
class CustomersIT {

    private static final HotPath PATH = new HotPath();
    private static final TestDatabase DATABASE = PATH.database;
    private static People people;

    @BeforeAll
    static void fill() throws SQLException {
        people = new People(DATABASE);
        PATH.register("brandb", "source-version", "count");
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name, email, source, source_ref)"
                + " SELECT '09120000' || lpad(i::text, 2, '0'), 'Nguyễn Văn A' || i, 'a' || i || '@Gmail.com', 'erp', 'KH' || i"
                + " FROM generate_series(1, 30) i");
        PATH.insert("0868793800", "Đỗ Đức Bằng", "Bang.Do@gmail.com");
        PATH.merge();
        PATH.deliver();
        follow();
    }

    @AfterAll
    static void close() {
        people.close();
    }

    /** All turns that are due, and those that would be later. */
    private static void follow() throws SQLException {
        Followers followers = new Followers(DATABASE.dataSource(), System::nanoTime);
        for (int i = 0; i < 3; i++) {
            DATABASE.execute("UPDATE alohub.follower SET next_at = now()");
            followers.run();
        }
    }

    private static CustomerSearch.Found find(String text) {
        return find(text, null, Sight.FULL);
    }

    private static CustomerSearch.Found find(String text, By by, Sight sight) {
        return people.search.search(new CustomerQuery(text, by, null, null), PageRequest.of(null, null), sight);
    }

    private static CustomerLine bang() {
        return find("0868793800").page().items().getFirst();
    }

    private static List<String> names(CustomerSearch.Found found) {
        return found.page().items().stream().map(CustomerLine::name).toList();
    }

    @Test
    void a_phone_is_found_in_any_spelling_and_by_its_beginning() {
        for (String typed : List.of(
                "0868793800", "+84868793800", "84868793800", "0868.793.800", "(086) 879-3800", "08687938", "+848687")) {
            assertEquals(List.of("Đỗ Đức Bằng"), names(find(typed)), typed);
        }
        for (String pasted :
                List.of("\u202a0868793800\u202c", "0868–793–800", "０８６８７９３８００", "0868\u2009793\u2009800")) {
            assertEquals(List.of("Đỗ Đức Bằng"), names(find(pasted)), pasted);
        }
        assertEquals(30, find("0912").page().items().size());
        assertEquals(List.of(), names(find("0999999999")));
    }

    @Test
    void a_text_of_which_nothing_is_left_to_search_by_is_nobodys() {
        for (String typed : List.of("Lan", "Nguyễn", "+", "…")) {
            assertEquals(List.of(), names(find(typed, By.PHONE, Sight.FULL)), typed);
        }
        assertEquals(List.of(), names(find("\u0301", By.NAME, Sight.FULL)));
        assertEquals(List.of(), names(find("\u0301".repeat(300) + "nguyen", By.NAME, Sight.FULL)));
    }

    @Test
    void a_text_and_overdue_find_those_alone_that_are_due() throws SQLException {
        PATH.deliverAll();
        PATH.insert("0938121401", "Hẹn Giờ Sau", null);
        PATH.insert("0938121402", "Hẹn Giờ Này", null);
        PATH.merge();
        PATH.settle(HotPath.failed(PATH.claimOne(), Duration.ofHours(1)));
        follow();
        CustomerQuery query = new CustomerQuery("hen gio", By.NAME, null, Status.OVERDUE);
        List<CustomerLine> overdue = people.search
                .search(query, PageRequest.first(50), Sight.FULL)
                .page()
                .items();
        assertEquals(
                List.of("PENDING"), overdue.stream().map(CustomerLine::status).toList());
    }

    @Test
    void a_name_is_found_without_marks_composed_or_not_in_any_case() {
        for (String typed :
                List.of("do duc bang", "Đỗ Đức", "ĐỖ", "đô", Normalizer.normalize("Đỗ Đức", Normalizer.Form.NFD))) {
            assertEquals(List.of("Đỗ Đức Bằng"), names(find(typed)), typed);
        }
        assertEquals(By.NAME, find("do duc").by());
        assertEquals(30, find("nguyen van a").page().items().size());
        assertEquals(List.of(), names(find("duc bang")), "by its beginning");
        assertEquals(List.of(), names(find("%")));
    }

    @Test
    void what_was_pasted_is_cleaned_as_the_merge_cleans_it() throws SQLException {
        PATH.insert("0938240001", "Phạm Nguyễn Văn An", "an@bücher.vn");
        PATH.merge();
        follow();
        for (String pasted : List.of(
                "Phạm\u00a0Nguyễn Văn",
                "\u200bPhạm Nguyễn",
                "Ｐｈạｍ Ｎｇｕｙễｎ",
                Normalizer.normalize("Phạm", Normalizer.Form.NFD).replace("P", "\ud835\udc0f") + " Ngu",
                "0938\u200b24",
                "０９３８–２４",
                "an@bücher.vn",
                "AN@BÜCHER",
                "mailto:an@bücher.vn")) {
            assertEquals(List.of("Phạm Nguyễn Văn An"), names(find(pasted)), pasted);
        }
        assertEquals(List.of(), names(find("\u200b", By.EMAIL, Sight.FULL)));
    }

    /** As some operators of Kubernetes make databases. */
    @Test
    void a_name_is_folded_alike_where_the_database_knows_the_case_of_ascii_alone() {
        TestDatabase database = TestDatabase.empty("TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'");
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("alohub")
                .load()
                .migrate();
        assertEquals("do dinh dung", database.one("SELECT alohub.folded('ĐỖ Đình Dũng')"));
        assertEquals("anh uyen", database.one("SELECT alohub.folded('ÁNH UYÊN')"));
    }

    @Test
    void an_email_is_found_by_its_beginning_whatever_its_case() {
        assertEquals(List.of("Đỗ Đức Bằng"), names(find("bang.do@", null, Sight.FULL)));
        assertEquals(List.of("Đỗ Đức Bằng"), names(find("BANG", By.EMAIL, Sight.FULL)));
    }

    @Test
    void a_sources_own_key_is_found_whole_whatever_it_looks_like() throws SQLException {
        List<String> keys = List.of("48213", "0912345678901", "x@y");
        for (int i = 0; i < keys.size(); i++) {
            DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref) VALUES ('093822200"
                    + i + "', 'Lê Mã " + i + "', 'kiotviet', '" + keys.get(i) + "')");
        }
        PATH.merge();
        for (int i = 0; i < keys.size(); i++) {
            CustomerSearch.Found found = find(keys.get(i));
            assertEquals(List.of("Lê Mã " + i), names(found), keys.get(i));
            assertEquals(By.REFERENCE, found.by());
        }
        assertEquals(List.of("Nguyễn Văn A7"), names(find("KH7", By.REFERENCE, Sight.FULL)));
        assertEquals(List.of("Nguyễn Văn A7"), names(find("KH7")), "where no name begins so");
    }

    /** A nightly export writes one more row with the same key each night. */
    @Test
    void a_sources_own_key_of_many_rows_finds_each_of_its_customers_once() throws SQLException {
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref) VALUES"
                + " ('0938230001', 'Số cũ', 'erp', 'KH60');"
                + " INSERT INTO alohub.customer_outbox (phone, name, source, source_ref)"
                + " SELECT '0938230002', 'Số mới ' || i, 'erp', 'KH60' FROM generate_series(1, 60) i");
        PATH.merge();
        CustomerSearch.Found found = find("KH60", By.REFERENCE, Sight.FULL);
        assertEquals(List.of("Số mới 60", "Số cũ"), names(found));
        assertNull(found.page().next());
        CustomerQuery query = new CustomerQuery("KH60", By.REFERENCE, "default", null);
        Page<CustomerLine> first =
                people.search.search(query, PageRequest.first(1), Sight.FULL).page();
        Page<CustomerLine> second = people.search
                .search(query, PageRequest.of(1, first.next()), Sight.FULL)
                .page();
        assertEquals("Số cũ", second.items().getFirst().name());
        assertNull(second.next());
    }

    @Test
    void a_page_goes_on_where_the_one_before_ended() {
        for (String text : new String[] {null, "0912", "nguyen", "a@"}) {
            CustomerQuery query =
                    new CustomerQuery("a@".equals(text) ? "a" : text, "a@".equals(text) ? By.EMAIL : null, null, null);
            List<Long> ids = new ArrayList<>();
            String cursor = null;
            do {
                Page<CustomerLine> page = people.search
                        .search(query, PageRequest.of(7, cursor), Sight.FULL)
                        .page();
                assertTrue(page.items().size() <= 7);
                page.items().forEach(line -> ids.add(line.id()));
                cursor = page.next();
            } while (cursor != null);
            assertEquals(ids.size(), Set.copyOf(ids).size());
            assertTrue(ids.size() >= 30, text + " " + ids);
        }
    }

    /** A person corrects the last one of a page, comes back, and turns the page. */
    @Test
    void a_page_goes_on_where_the_one_before_ended_also_if_its_last_customer_has_another_name_by_now() {
        List<Long> ids = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            ids.add(insertSearched("tran sua " + i, "tran" + i + "@sua.vn", "+849550002" + i));
        }
        for (String[] search : new String[][] {{"tran sua", "NAME"}, {"tran", "EMAIL"}}) {
            CustomerQuery query = new CustomerQuery(search[0], By.valueOf(search[1]), null, null);
            for (String renamed : List.of("tran sua 99", "an")) {
                Page<CustomerLine> first = people.search
                        .search(query, PageRequest.first(10), Sight.FULL)
                        .page();
                assertEquals(
                        ids.subList(0, 10),
                        first.items().stream().map(CustomerLine::id).toList());
                String key = search[1].toLowerCase() + "_key";
                String was = DATABASE.one(
                        "SELECT " + key + " FROM alohub.customer_search WHERE customer_id = " + ids.get(9));
                DATABASE.execute("UPDATE alohub.customer_search SET " + key + " = '" + renamed
                        + "' WHERE customer_id = " + ids.get(9));
                Page<CustomerLine> second = people.search
                        .search(query, PageRequest.of(10, first.next()), Sight.FULL)
                        .page();
                assertEquals(
                        ids.subList(10, 20),
                        second.items().stream().map(CustomerLine::id).limit(10).toList());
                DATABASE.execute("UPDATE alohub.customer_search SET " + key + " = '" + was + "' WHERE customer_id = "
                        + ids.get(9));
            }
        }
        DATABASE.execute("DELETE FROM alohub.customer_search WHERE customer_id >= " + ids.getFirst()
                + "; DELETE FROM alohub.customer WHERE id >= " + ids.getFirst());
    }

    @Test
    void a_status_and_an_account_filter() throws SQLException {
        String phone = "0938111111";
        PATH.insert(phone, "Bị từ chối", null);
        PATH.merge();
        refuse();
        CustomerQuery dead = new CustomerQuery(null, null, null, Status.DEAD);
        assertTrue(people.search.search(dead, PageRequest.first(50), Sight.FULL).page().items().stream()
                .allMatch(line -> line.status().equals("DEAD")));
        assertEquals("DEAD", find(phone).page().items().getFirst().status());
        CustomerQuery other = new CustomerQuery(null, null, "none", null);
        assertEquals(
                List.of(),
                people.search
                        .search(other, PageRequest.first(50), Sight.FULL)
                        .page()
                        .items());
    }

    @Test
    void customers_that_wait_are_those_that_their_figure_counts() throws SQLException {
        PATH.deliverAll();
        for (String phone : List.of("0938121201", "0938121202", "0938121203")) {
            PATH.insert(phone, "Chờ", null);
        }
        PATH.merge();
        PATH.settle(HotPath.failed(PATH.claimOne(), Duration.ofHours(1)));
        PATH.claimOne();
        List<String> statuses = new ArrayList<>();
        CustomerQuery waiting = new CustomerQuery(null, null, "default", Status.WAITING);
        people.search.search(waiting, PageRequest.first(200), Sight.FULL).page().items().stream()
                .filter(line -> line.phone().startsWith("+84938121"))
                .forEach(line -> statuses.add(line.status()));
        assertEquals(Set.of("PENDING", "SENDING", "RETRYING"), Set.copyOf(statuses));
        assertEquals(3, statuses.size());
        DATABASE.execute(
                "UPDATE alohub.due SET not_before = '-infinity', due_at = now() WHERE attempts > 0 AND NOT dead");
        PATH.endLeases();
        PATH.deliver();
    }

    @Test
    void a_viewer_finds_whole_values_alone_and_sees_them_masked() {
        CustomerLine seen =
                find("Đỗ Đức Bằng", null, Sight.MASKED).page().items().getFirst();
        assertEquals("•••800", seen.phone());
        assertEquals("•••", seen.name());
        assertEquals(List.of(), find("do duc", null, Sight.MASKED).page().items());
        assertEquals(List.of(), find("086879", null, Sight.MASKED).page().items());
        assertEquals(1, find("0868793800", null, Sight.MASKED).page().items().size());
    }

    /** Else a masked value could be searched for by halves, with cursors that were made up. */
    @Test
    void what_a_viewer_finds_does_not_depend_on_the_values_of_the_customer_in_a_cursor() {
        long low = insertSearched("aaa", "aaa@x.vn", "+84911000001");
        long high = insertSearched("zzz", "zzz@x.vn", "+84999000001");
        insertSearched("mmm", "mmm@x.vn", "+84955000001");
        List<List<Long>> found = new ArrayList<>();
        for (long cursor : new long[] {low, high}) {
            found.add(people
                    .search
                    .search(
                            new CustomerQuery("+84955000001", By.PHONE, null, null),
                            new PageRequest(10, Cursor.of("P", cursor)),
                            Sight.MASKED)
                    .page()
                    .items()
                    .stream()
                    .map(CustomerLine::id)
                    .toList());
            for (By by : List.of(By.NAME, By.EMAIL)) {
                String list = by.name().substring(0, 1);
                for (String madeUp : List.of(Cursor.of(list, cursor), list + "AAAA", list, "ế")) {
                    CustomerQuery query = new CustomerQuery("mmm", by, null, null);
                    Declined declined = assertThrows(
                            Declined.class,
                            () -> people.search.search(query, new PageRequest(10, madeUp), Sight.MASKED));
                    assertEquals(Why.CURSOR, declined.why());
                }
            }
        }
        assertEquals(found.getFirst(), found.getLast());
        DATABASE.execute("DELETE FROM alohub.customer_search WHERE customer_id >= " + low
                + "; DELETE FROM alohub.customer WHERE id >= " + low);
    }

    private static long insertSearched(String name, String email, String phone) {
        long id = Long.parseLong(DATABASE.one(
                "INSERT INTO alohub.customer (account, phone, name, email, name_row, name_revision, email_row, email_revision)"
                        + " VALUES ('default', '" + phone + "', '" + name + "', '" + email
                        + "', 1, 1, 1, 1) RETURNING id"));
        DATABASE.execute("INSERT INTO alohub.customer_search (customer_id, account, name_key, email_key) VALUES (" + id
                + ", 'default', '" + name + "', '" + email + "')");
        return id;
    }

    private static void refuse() throws SQLException {
        for (Claimed customer : PATH.claim(1000)) {
            PATH.settle(HotPath.refused(customer));
        }
    }

    @Test
    void wanted_stands_beside_delivered() throws SQLException {
        String phone = "0938222222";
        PATH.insert(phone, "Tên Cũ", "cu@x.vn");
        PATH.merge();
        PATH.deliver();
        PATH.insert(phone, "Tên Mới", null);
        PATH.merge();
        refuse();
        CustomerView view =
                people.detail.of(find(phone).page().items().getFirst().id(), Sight.FULL);
        assertEquals(new CustomerView.Value("Tên Mới", "Tên Cũ", true, false), view.name());
        assertEquals(new CustomerView.Value("cu@x.vn", "cu@x.vn", true, true), view.email());
        assertEquals(CustomerView.Step.DEAD, view.next().step());
        assertEquals("HTTP 422: no", view.next().why());
    }

    @Test
    void the_timeline_holds_rows_calls_and_acts_the_newest_first_in_pages() throws SQLException {
        String phone = "0938333333";
        for (int i = 0; i < 5; i++) {
            PATH.insert(phone, "Tên " + i, null);
            PATH.merge();
            PATH.deliver();
        }
        long id = find(phone).page().items().getFirst().id();
        people.acts.hold(People.THUY, id, "gọi lại sau");
        people.acts.release(People.THUY, id, null);
        List<Event> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Event> page = people.detail.timeline(id, PageRequest.of(3, cursor), Sight.FULL);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        assertEquals(12, all.size());
        assertEquals(
                5, all.stream().filter(event -> event.kind() == Event.Kind.ROW).count());
        assertEquals(
                5,
                all.stream().filter(event -> event.kind() == Event.Kind.ATTEMPT).count());
        ActLine hold = all.get(1).act();
        assertNotNull(hold);
        assertEquals(
                "HOLD thuy gọi lại sau false",
                hold.act() + " " + hold.who() + " " + hold.reason() + " " + hold.viaSql());
        for (int i = 1; i < all.size(); i++) {
            // A call of this test begins 5 ms before its settlement, perhaps before its row was merged.
            assertFalse(all.get(i).at().isAfter(all.get(i - 1).at().plusMillis(10)), all.toString());
        }
    }

    /** As a backfill writes them. */
    @Test
    void a_row_with_an_old_time_of_its_own_is_on_a_page_of_the_timeline() throws SQLException {
        String phone = "0938333444";
        for (int i = 0; i < 8; i++) {
            PATH.insert(phone, "Tên " + i, null);
            PATH.merge();
        }
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name, created_at)"
                + " VALUES ('0938333444', 'cuối cùng', '2001-02-03')");
        PATH.merge();
        long id = find(phone).page().items().getFirst().id();
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            Page<Event> page = people.detail.timeline(id, PageRequest.of(3, cursor), Sight.FULL);
            page.items()
                    .forEach(event ->
                            names.add(event.row() == null ? "" : event.row().name()));
            cursor = page.next();
        } while (cursor != null);
        assertEquals(9, names.size());
        assertEquals("cuối cùng", names.getFirst());
    }

    @Test
    void a_sources_key_is_found_in_the_account_that_its_row_left_to_the_default() throws SQLException {
        DATABASE.execute("INSERT INTO alohub.customer_outbox (account, phone, name, source_ref)"
                + " VALUES (NULL, '0938333555', 'Hà', 'NULL-1')");
        PATH.merge();
        CustomerQuery query = new CustomerQuery("NULL-1", By.REFERENCE, "default", null);
        assertEquals(List.of("Hà"), names(people.search.search(query, PageRequest.first(5), Sight.FULL)));
    }

    @Test
    void acts_change_the_customer_and_name_the_person() throws SQLException {
        String phone = "0938444444";
        PATH.insert(phone, "Hoa", null);
        PATH.merge();
        refuse();
        long id = find(phone).page().items().getFirst().id();
        assertEquals("HELD", people.acts.hold(People.THUY, id, "chờ").status());
        assertEquals("DEAD", people.acts.release(People.THUY, id, null).status());
        assertEquals("PENDING", people.acts.retry(People.THUY, id, null).status());
        assertEquals(
                List.of("RETRY", "RELEASE", "HOLD"),
                people
                        .activity
                        .read(new Activity.Filter("thuy", null, "default", true), PageRequest.first(200), Sight.FULL)
                        .items()
                        .stream()
                        .filter(line -> line.customerId() != null && line.customerId() == id)
                        .map(ActLine::act)
                        .toList());
        Declined none = assertThrows(Declined.class, () -> people.acts.retry(People.THUY, 999_999, null));
        assertEquals(Why.NO_CUSTOMER, none.why());
    }

    @Test
    void an_account_is_paused_and_resumed_in_the_name_of_the_person() {
        assertEquals("PAUSED", people.acts.pause(People.THUY, "brandb", "kiểm kê"));
        assertEquals("thuy", DATABASE.one("SELECT by FROM alohub.account_status WHERE account = 'brandb'"));
        assertEquals("RECOVERING", people.acts.resume(People.THUY, "brandb", null));
        Declined none = assertThrows(Declined.class, () -> people.acts.pause(People.THUY, "nobody", null));
        assertEquals(Why.NO_ACCOUNT, none.why());
    }

    @Test
    void a_corrected_name_wins_and_a_later_one_of_the_source_wins_over_it() throws SQLException {
        String phone = "0938555555";
        PATH.insert(phone, "Sai", "dung@x.vn");
        PATH.merge();
        PATH.deliver();
        long id = find(phone).page().items().getFirst().id();
        people.acts.correct(People.THUY, id, new Correction(null, "Đúng", null, "khách gọi", 1, false));
        PATH.merge();
        assertEquals("Đúng", find(phone).page().items().getFirst().name());
        assertEquals("dung@x.vn", find(phone).page().items().getFirst().email());
        Declined changed = assertThrows(
                Declined.class,
                () -> people.acts.correct(People.THUY, id, new Correction(null, "Khác", null, null, 1, false)));
        assertEquals(Why.CHANGED_MEANWHILE, changed.why());
        Declined same = assertThrows(
                Declined.class,
                () -> people.acts.correct(People.THUY, id, new Correction(phone, "Đúng", null, null, null, false)));
        assertEquals(Why.NOTHING_CHANGES, same.why());
        PATH.insert(phone, "Mới hơn", null);
        PATH.merge();
        assertEquals("Mới hơn", find(phone).page().items().getFirst().name());
    }

    private static void versioned(String phone, String name, String email, Long version) {
        DATABASE.execute(
                "INSERT INTO alohub.customer_outbox (account, phone, name, email, source_version) VALUES ('brandb', '"
                        + phone + "', " + (name == null ? "NULL" : "'" + name + "'") + ", "
                        + (email == null ? "NULL" : "'" + email + "'") + ", " + version + ")");
    }

    @Test
    void where_versions_decide_a_correction_carries_that_of_each_value_it_replaces() throws SQLException {
        String phone = "0938666666";
        versioned(phone, "Sai", "sai@x.vn", 5L);
        versioned(phone, null, "sai2@x.vn", 9L);
        PATH.merge();
        long id = find(phone).page().items().getFirst().id();
        people.acts.correct(People.THUY, id, new Correction(null, "Đúng", "dung@x.vn", null, null, false));
        PATH.merge();
        CustomerLine corrected = find(phone).page().items().getFirst();
        assertEquals("Đúng dung@x.vn", corrected.name() + " " + corrected.email());
        versioned(phone, "Cũ hơn", null, 4L);
        PATH.merge();
        assertEquals("Đúng", find(phone).page().items().getFirst().name());
        versioned(phone, "Mới hơn", null, 6L);
        PATH.merge();
        assertEquals(
                "Mới hơn",
                find(phone).page().items().getFirst().name(),
                "its version is above the name's, although not the e-mail's");
    }

    @Test
    void a_corrected_phone_holds_the_old_customer_and_each_leads_to_the_other() throws SQLException {
        String wrong = "0938777777";
        PATH.insert(wrong, "Mai", "mai@x.vn");
        PATH.merge();
        PATH.deliver();
        long old = find(wrong).page().items().getFirst().id();
        Acts.Corrected done = people.acts.correct(
                People.THUY, old, new Correction("0938 777 778", null, null, "nhầm số", null, false));
        assertEquals("+84938777778", done.phone());
        assertTrue(done.isHeld());
        assertEquals("HELD", done.customer().status());
        assertTrue(
                String.valueOf(done.customer().holdReason()).startsWith("phone corrected to •••778 by thuy"),
                "the reason is free text, which lists show");
        CustomerView.Link to = people.detail.of(old, Sight.FULL).correctedTo();
        assertNotNull(to);
        assertNull(to.customerId(), "before the merge");
        PATH.merge();
        CustomerLine right = find("0938777778").page().items().getFirst();
        assertEquals("Mai mai@x.vn", right.name() + " " + right.email());
        assertEquals(right.id(), people.detail.of(old, Sight.FULL).correctedTo().customerId());
        assertEquals(
                old, people.detail.of(right.id(), Sight.FULL).correctedFrom().customerId());
        assertEquals(
                "•••777",
                people.detail.of(right.id(), Sight.MASKED).correctedFrom().phone());
        assertEquals(
                "console", DATABASE.one("SELECT source FROM alohub.customer_outbox WHERE customer_id = " + right.id()));
    }

    @Test
    void a_phone_that_is_corrected_back_releases_its_customer_and_holds_the_other() throws SQLException {
        String first = "0938777001";
        PATH.insert(first, "Mai", "mai@x.vn");
        PATH.merge();
        PATH.deliver();
        long right = find(first).page().items().getFirst().id();
        people.acts.correct(People.THUY, right, new Correction("0938777002", null, null, "nhầm số", null, false));
        PATH.merge();
        long wrong = find("0938777002").page().items().getFirst().id();
        people.acts.correct(People.THUY, wrong, new Correction(first, "Mai Anh", null, "số cũ đúng", null, false));
        PATH.merge();
        CustomerView released = people.detail.of(right, Sight.FULL);
        assertEquals(
                "PENDING Mai Anh",
                released.customer().status() + " " + released.customer().name());
        assertNull(released.correctedTo());
        assertNotNull(released.correctedFrom());
        CustomerView held = people.detail.of(wrong, Sight.FULL);
        assertEquals("HELD", held.customer().status());
        assertEquals(right, held.correctedTo().customerId());
        assertEquals(
                List.of("HOLD", "CORRECT", "RELEASE"),
                DATABASE.column("SELECT act FROM alohub.audit WHERE customer_id = " + right + " ORDER BY id"));
    }

    @Test
    void a_customer_whose_phone_was_corrected_is_corrected_no_more() throws SQLException {
        PATH.insert("0938777011", "Mai", "mai@x.vn");
        PATH.merge();
        PATH.deliver();
        long old = find("0938777011").page().items().getFirst().id();
        Correction first = new Correction("0938777012", null, null, "nhầm số", 1, false);
        people.acts.correct(People.THUY, old, first);
        Acts.Corrected again = people.acts.correct(People.THUY, old, first);
        assertEquals("+84938777012 true", again.phone() + " " + again.isHeld());
        PATH.merge();
        CustomerLine right = find("0938777012").page().items().getFirst();
        for (Correction other : List.of(
                new Correction("0938777013", null, null, null, 1, false),
                new Correction("0938777012", "Mai Anh", null, null, 1, false),
                new Correction(null, "Mai Anh", null, null, 1, false),
                new Correction(null, null, "anh@x.vn", null, 1, false))) {
            Declined declined = assertThrows(Declined.class, () -> people.acts.correct(People.THUY, old, other));
            assertEquals(Why.ALREADY_CORRECTED, declined.why());
            assertTrue(declined.sentence(true).contains("•••012"), declined.sentence(true));
        }
        assertEquals(right, find("0938777012").page().items().getFirst());
        assertEquals(right.id(), people.detail.of(old, Sight.FULL).correctedTo().customerId());
        assertEquals(
                List.of("HOLD", "CORRECT"),
                DATABASE.column("SELECT act FROM alohub.audit WHERE customer_id = " + old + " ORDER BY id"));
        assertEquals(
                "1", DATABASE.one("SELECT count(*) FROM alohub.customer_outbox WHERE customer_id = " + right.id()));
        people.acts.release(People.THUY, old, "cũng đúng");
        people.acts.correct(People.THUY, old, new Correction(null, "Mai Anh", null, null, 1, false));
        assertEquals(
                Why.ALREADY_CORRECTED,
                assertThrows(
                                Declined.class,
                                () -> people.acts.correct(
                                        People.THUY, old, new Correction("0938777013", null, null, null, 1, false)))
                        .why(),
                "the customer of before would stay active");
        people.acts.correct(People.THUY, old, new Correction("0938777012", null, null, null, 1, true));
        assertEquals("HELD", people.detail.of(old, Sight.FULL).customer().status());
    }

    /** The second click waits for the first one's lock. */
    @Test
    void a_correction_that_is_sent_twice_at_once_is_one() throws Exception {
        PATH.insert("0938777014", "Mai", null);
        PATH.merge();
        long old = find("0938777014").page().items().getFirst().id();
        Correction once = new Correction("0938777015", null, null, null, 1, false);
        try (ExecutorService clicks = Executors.newFixedThreadPool(2)) {
            Callable<Acts.Corrected> click = () -> people.acts.correct(People.THUY, old, once);
            for (Future<Acts.Corrected> done : clicks.invokeAll(List.of(click, click))) {
                assertEquals("+84938777015", done.get().phone());
            }
        }
        assertEquals(
                "1", DATABASE.one("SELECT count(*) FROM alohub.audit WHERE act = 'CORRECT' AND customer_id = " + old));
    }

    @Test
    void a_phone_that_has_another_customer_is_corrected_to_only_on_confirmation() throws SQLException {
        PATH.insert("0938777021", "Mai", "mai@x.vn");
        PATH.insert("0938777022", "Trần Bình", null);
        PATH.insert("0938777023", "Trần Bình", "b@x.vn");
        PATH.insert("0938777024", "Mai", "mai@x.vn");
        PATH.merge();
        PATH.deliver();
        long old = find("0938777021").page().items().getFirst().id();
        Declined declined = assertThrows(
                Declined.class,
                () -> people.acts.correct(
                        People.THUY, old, new Correction("0938777022", null, null, null, null, false)));
        assertEquals(Why.ONTO_EXISTING, declined.why());
        assertEquals("DELIVERED", people.detail.of(old, Sight.FULL).customer().status());
        assertFalse(people.acts
                .correct(People.THUY, old, new Correction("0938777022", null, null, null, null, true))
                .ontoHeld());
        PATH.merge();
        CustomerLine right = find("0938777022").page().items().getFirst();
        assertEquals("Trần Bình mai@x.vn", right.name() + " " + right.email(), "it lacked an e-mail alone");

        CustomerLine held = find("0938777023").page().items().getFirst();
        people.acts.hold(People.THUY, held.id(), "khách nhờ");
        long other = find("0938777024").page().items().getFirst().id();
        assertTrue(people.acts
                .correct(People.THUY, other, new Correction("0938777023", "Bình Trần", null, null, null, true))
                .ontoHeld());
        PATH.merge();
        CustomerLine typed = find("0938777023").page().items().getFirst();
        assertEquals("Bình Trần b@x.vn HELD", typed.name() + " " + typed.email() + " " + typed.status());
    }

    @Test
    void a_correction_back_leaves_a_customer_held_that_a_person_holds_for_another_reason() throws SQLException {
        String first = "0938777003";
        PATH.insert(first, "Mai", null);
        PATH.merge();
        long right = find(first).page().items().getFirst().id();
        people.acts.correct(People.THUY, right, new Correction("0938777004", null, null, null, null, false));
        people.acts.hold(People.THUY, right, "khách yêu cầu");
        PATH.merge();
        long wrong = find("0938777004").page().items().getFirst().id();
        people.acts.correct(People.THUY, wrong, new Correction(first, null, null, null, null, false));
        assertEquals("HELD", people.detail.of(right, Sight.FULL).customer().status());
    }

    @Test
    void what_can_not_be_sent_is_declined_with_its_field() {
        long id = bang().id();
        for (String[] wrong : new String[][] {
            {"12", null, null, "phone"},
            {null, "???", null, "name"},
            {null, null, "not an address", "email"},
            {null, "a\0b", null, "name"},
            {null, "x".repeat(501), null, "name"}
        }) {
            Declined declined = assertThrows(
                    Declined.class,
                    () -> people.acts.correct(
                            People.THUY, id, new Correction(wrong[0], wrong[1], wrong[2], null, null, false)));
            assertEquals(wrong[3], declined.field());
            assertFalse(
                    declined.sentence(false).isBlank() || declined.remedy(true).isBlank());
        }
    }

    /** Each call writes when the customer was changed. */
    @Test
    void a_group_was_first_seen_at_the_first_call_that_failed_so() throws SQLException {
        PATH.deliverAll();
        PATH.insert("0938121501", "Lỗi từ sáng", null);
        PATH.merge();
        for (int i = 0; i < 2; i++) {
            PATH.settle(HotPath.failed(PATH.claimOne(), Duration.ZERO));
        }
        DATABASE.execute("UPDATE alohub.delivery_attempt SET started_at = '2026-01-02 01:00:00Z' WHERE id ="
                + " (SELECT min(id) FROM alohub.delivery_attempt WHERE phone = '+84938121501')");
        ProblemGroup listed = people.problems.groups(null, Sight.FULL).groups().stream()
                .filter(group -> group.key().reason().equals("FAILED.500"))
                .findFirst()
                .orElseThrow();
        assertEquals("2026-01-02T01:00:00Z", listed.first().toString());
        ProblemGroup one = people.problems.group(listed.key(), Sight.FULL).group();
        assertNotNull(one);
        assertEquals(listed.first(), one.first());
        assertTrue(one.last().isAfter(one.first()));
        PATH.deliverAll();
    }

    /** A source writes created_at, if it likes. */
    @Test
    void rows_without_a_finite_time_of_their_insert_are_shown_by_that_of_their_merge() throws SQLException {
        for (String time : List.of("infinity", "-infinity", "294276-12-31 23:59:59+00", "4713-01-01 00:00:00+00 BC")) {
            DATABASE.execute(
                    "INSERT INTO alohub.customer_outbox (phone, name, source, created_at) VALUES ('0938999999', '"
                            + time + "', 'clock', '" + time + "'), ('abc', 'x', 'clock', '" + time + "')");
            PATH.merge();
        }
        PATH.deliver();
        follow();
        long id = find("0938999999").page().items().getFirst().id();
        List<Event> events =
                people.detail.timeline(id, PageRequest.first(50), Sight.FULL).items();
        assertEquals(
                4,
                events.stream().filter(event -> event.kind() == Event.Kind.ROW).count());
        events.forEach(event -> assertFalse(
                event.at().atZone(ZoneId.of("Asia/Ho_Chi_Minh")).toString().isEmpty()));
        ProblemGroup rejected = people.problems.groups(null, Sight.FULL).groups().stream()
                .filter(group -> "clock".equals(group.key().source()))
                .findFirst()
                .orElseThrow();
        assertEquals(4, rejected.count());
        assertEquals(
                2,
                people.problems.rows(rejected.key(), PageRequest.first(10), Sight.FULL).items().stream()
                        .filter(row -> row.at() == null)
                        .count());
        assertNotNull(people.overview.read(ZoneId.of("Asia/Ho_Chi_Minh"), Sight.FULL));
    }

    @Test
    void no_read_brings_a_long_text() throws SQLException {
        DATABASE.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, source, source_ref) SELECT '0938888888', 'Dài', w, w FROM repeat('x', 5000000) w");
        PATH.merge();
        long id = find("0938888888").page().items().getFirst().id();
        RowLine row = people.detail
                .timeline(id, PageRequest.first(5), Sight.FULL)
                .items()
                .getFirst()
                .row();
        assertNotNull(row);
        assertTrue(String.valueOf(row.source()).length() <= 100
                && String.valueOf(row.sourceRef()).length() <= 300);
    }

    /** The newest calls, from which the pace is read, are then all of the busy one's last seconds. */
    @Test
    void an_account_with_few_calls_beside_a_busy_one_does_not_stand_still() {
        DATABASE.execute(
                "INSERT INTO alohub.account (name, seen_at) VALUES ('busy', now()), ('slow', now());"
                        + " INSERT INTO alohub.throughput (minute, account, accepted, failed)"
                        + " SELECT date_trunc('minute', now()) - i * interval '1 minute', 'slow', 6, 3 FROM generate_series(1, 2) i;"
                        + " INSERT INTO alohub.delivery_attempt (account, customer_id, phone, revision, attempt, outcome, started_at, duration_ms, replica)"
                        + " SELECT 'busy', 1, '+84900000000', 1, 1, 'ACCEPTED', now() - i * interval '1 millisecond', 5, 'r' FROM generate_series(1, 5000) i");
        try {
            AccountFigures.Backlog slow = people.overview
                    .account("slow", ZoneId.of("Asia/Ho_Chi_Minh"), Sight.FULL)
                    .backlog();
            assertEquals("0.1 0.05", slow.acceptedPerSecond() + " " + slow.failedPerSecond());
            AccountFigures.Backlog busy = people.overview
                    .account("busy", ZoneId.of("Asia/Ho_Chi_Minh"), Sight.FULL)
                    .backlog();
            assertTrue(busy.acceptedPerSecond() > 100, busy.toString());
        } finally {
            DATABASE.execute(
                    "DELETE FROM alohub.delivery_attempt WHERE account = 'busy';"
                            + " DELETE FROM alohub.throughput WHERE account = 'slow'; DELETE FROM alohub.account WHERE name IN ('busy', 'slow')");
        }
    }

    @Test
    void figures_of_the_day_come_from_the_minutes() throws SQLException {
        follow();
        Overview.Seen seen = people.overview.read(java.time.ZoneId.of("Asia/Ho_Chi_Minh"), Sight.FULL);
        AccountFigures account = seen.accounts().stream()
                .filter(one -> one.account().equals("default"))
                .collect(Collectors.toList())
                .getFirst();
        assertEquals("ACTIVE", account.state().state());
        assertTrue(account.hours().stream()
                        .mapToLong(AccountFigures.Point::accepted)
                        .sum()
                >= 31);
        assertEquals(24, account.hours().size());
        assertEquals(60, account.minutes().size());
    }

    @Test
    void an_account_whose_customers_wait_for_their_time_has_the_next_of_these_times() throws SQLException {
        PATH.deliverAll();
        PATH.insert("0938121301", "Chờ", null);
        PATH.merge();
        PATH.settle(HotPath.failed(PATH.claimOne(), Duration.ofHours(1)));
        AccountFigures.Backlog backlog =
                people.overview.read(java.time.ZoneId.of("UTC"), Sight.FULL).accounts().stream()
                        .filter(one -> one.account().equals("default"))
                        .findFirst()
                        .orElseThrow()
                        .backlog();
        assertEquals(null, backlog.oldestSeconds());
        assertNotNull(backlog.nextDueAt());
        assertTrue(backlog.nextDueAt().isAfter(java.time.Instant.now()));
    }
}
