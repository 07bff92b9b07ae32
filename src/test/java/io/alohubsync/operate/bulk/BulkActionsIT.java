package io.alohubsync.operate.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.acts.Activity;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.problems.ExportForm;
import io.alohubsync.operate.problems.ProblemExport;
import io.alohubsync.operate.problems.ProblemKey;
import io.alohubsync.operate.problems.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups of problems, and acts on them: step by step, as the replicas make them. */
class BulkActionsIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final ProblemKey REFUSED = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", "erp");
    private static final int DEAD = 250;
    private static People people;

    @BeforeAll
    static void open() {
        people = new People(DATABASE);
    }

    @AfterAll
    static void close() {
        people.close();
    }

    @BeforeEach
    void fill() {
        DATABASE.execute(
                "DELETE FROM alohub.bulk_action; DELETE FROM alohub.due; DELETE FROM alohub.customer; DELETE FROM alohub.customer_outbox");
        customers(DEAD, "erp", "REFUSED", "422", true);
        customers(20, "erp", "FAILED", "500", false);
        customers(5, "form", "REFUSED", "422", true);
        DATABASE.execute(
                "INSERT INTO alohub.customer_outbox (account, phone, source, source_ref, merge_status, reasons, merged_at)"
                        + " SELECT NULL, 'abc' || i, 'erp', '=1+1', 'REJECTED', '{phone.letters}', now() FROM generate_series(1, 30) i");
    }

    private static void customers(int count, String source, String outcome, String status, boolean dead) {
        DATABASE.execute(
                "WITH c AS (INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, last_outcome, http_status, error)"
                        + " SELECT 'default', '+849' || lpad((i + (SELECT count(*) FROM alohub.customer))::text, 8, '0'), '=cmd()', 1, 1, '"
                        + outcome
                        + "', " + status + ", 'HTTP " + status + ": no' FROM generate_series(1, " + count
                        + ") i RETURNING id),"
                        + " o AS (INSERT INTO alohub.customer_outbox (phone, source, merge_status, customer_id, revision, carries_name, carries_email, merged_at)"
                        + " SELECT 'x', '" + source + "', 'MERGED', id, 1, true, false, now() FROM c)"
                        + " INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, dead, due_at)"
                        + " SELECT id, 'default', 1, 1, " + dead + ", CASE WHEN " + dead
                        + " THEN 'infinity' ELSE now() END FROM c");
    }

    private static boolean step() throws SQLException {
        DATABASE.execute("UPDATE alohub.bulk_action SET next_at = now()");
        return BulkStep.make(DATABASE.dataSource());
    }

    private static BulkAction start(Kind kind) {
        return people.bulk.start(
                People.THUY, kind, REFUSED, "đã sửa", UUID.randomUUID().toString());
    }

    private static BulkAction now(BulkAction action) {
        return people.bulk.get(action.id(), Sight.FULL);
    }

    /** As if Alohub had answered: the customers that are due. */
    private static void answer(boolean accepted) {
        if (accepted) {
            DATABASE.execute(
                    "UPDATE alohub.customer SET delivered_revision = wanted_revision, delivered_at = now(), error = NULL"
                            + " WHERE id IN (SELECT customer_id FROM alohub.due WHERE NOT dead AND attempts = 0 AND hold IS NULL)");
            DATABASE.execute("DELETE FROM alohub.due WHERE NOT dead AND attempts = 0 AND hold IS NULL");
        } else {
            DATABASE.execute(
                    "UPDATE alohub.due SET dead = true, due_at = 'infinity', attempts = 1 WHERE NOT dead AND attempts = 0 AND hold IS NULL");
        }
    }

    @Test
    void problems_are_grouped_with_examples_and_remedies() {
        Problems.Groups found = people.problems.groups(null, Sight.MASKED);
        assertEquals(
                List.of(
                        "REFUSED.422 erp 250 250",
                        "phone.letters erp 30 0",
                        "FAILED.500 erp 20 0",
                        "REFUSED.422 form 5 5"),
                found.groups().stream()
                        .map(group -> group.key().reason() + " " + group.key().source() + " " + group.count() + " "
                                + group.dead())
                        .toList());
        assertFalse(found.failuresCut() || found.rejectionsCut());
        assertTrue(found.groups().getFirst().example().matches("•••[0-9]{3}"));
        assertTrue(found.groups().stream()
                .noneMatch(
                        group -> group.meaning().isBlank() || group.remedyVi().isBlank()));
        assertEquals(List.of(), people.problems.groups("other", Sight.FULL).groups());
    }

    /** The planner knows nothing of them yet: it takes an account for few customers. */
    @Test
    void thousands_that_have_just_failed_are_counted_listed_and_walked_within_a_persons_patience() throws SQLException {
        DATABASE.execute("DELETE FROM alohub.due; DELETE FROM alohub.customer;"
                + " INSERT INTO alohub.customer (account, phone, name, name_row, name_revision)"
                + " SELECT 'a' || i, '+848' || lpad(i::text, 8, '0'), 'x', 1, 1 FROM generate_series(1, 300) i;"
                + " ANALYZE alohub.customer; ANALYZE alohub.due");
        customers(3000, "erp", "REFUSED", "422", true);
        try (People hurried = new People(DATABASE, PATIENCE)) {
            assertEquals(
                    BulkActions.LOOKS,
                    inAnyOfFive(() -> hurried.bulk.preview(Kind.RETRY, REFUSED).count()));
            assertEquals(
                    100,
                    inAnyOfFive(() -> hurried.problems
                            .customers(REFUSED, PageRequest.first(100), Sight.FULL)
                            .items()
                            .size()));
            inAnyOfFive(() -> hurried.bulk.start(People.THUY, Kind.HOLD, REFUSED, null, "hurried"));
        }
        DATABASE.execute("UPDATE alohub.bulk_action SET next_at = now()");
        try (Connection loops = DATABASE.daemonConnection()) { // whose plans have nested loops alone
            loops.setAutoCommit(false);
            inAnyOfFive(() -> {
                loops.rollback();
                long begun = System.nanoTime();
                assertTrue(BulkStep.make(loops));
                long took = System.nanoTime() - begun;
                assertTrue(took < PATIENCE.toNanos(), "it took " + took + " ns");
                return took;
            });
            loops.commit();
        }
    }

    private static final Duration PATIENCE = Duration.ofMillis(1900);

    /** A machine that is busy for a moment makes one try slow, a bad plan all of them. */
    private static <T> T inAnyOfFive(Callable<T> work) {
        List<Throwable> slow = new ArrayList<>();
        while (slow.size() < 5) {
            try {
                return work.call();
            } catch (Exception | AssertionError late) {
                slow.add(late);
            }
        }
        throw new AssertionError("five times", slow.getLast());
    }

    @Test
    void a_look_that_finds_no_group_says_that_there_is_more() {
        DATABASE.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision, due_at, hold)"
                + " SELECT 1000000000 + i, 'default', 1, 'infinity', 'x' FROM generate_series(1, " + Problems.LOOKS
                + ") i");
        Problems.Groups found = people.problems.groups(null, Sight.MASKED);
        assertEquals(
                List.of("phone.letters"),
                found.groups().stream().map(group -> group.key().reason()).toList());
        assertTrue(found.failuresCut());
        assertFalse(found.rejectionsCut());
        BulkActions.Preview preview = people.bulk.preview(Kind.RETRY, REFUSED);
        assertTrue(preview.count() == 0 && preview.atLeast(), preview.toString());
    }

    @Test
    void the_customers_and_rows_of_a_group_come_in_pages() {
        int seen = 0;
        String cursor = null;
        do {
            Page<CustomerLine> page = people.problems.customers(REFUSED, PageRequest.of(200, cursor), Sight.MASKED);
            seen += page.items().size();
            assertTrue(
                    page.items().stream().allMatch(line -> "•••".equals(line.name()) && "DEAD".equals(line.status())));
            cursor = page.next();
        } while (cursor != null);
        assertEquals(DEAD, seen);
        ProblemKey letters = new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.letters", "erp");
        assertEquals(
                30,
                people.problems
                        .rows(letters, PageRequest.first(50), Sight.FULL)
                        .items()
                        .size());
        assertEquals(
                Why.NOT_FOR_REJECTIONS,
                assertThrows(Declined.class, () -> people.bulk.preview(Kind.RETRY, letters))
                        .why());
    }

    @Test
    void an_export_is_safe_to_open_and_is_recorded() throws IOException {
        for (ProblemKey key :
                List.of(REFUSED, new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.letters", "erp"))) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ExportForm form = new ExportForm(
                    true, ZoneId.of("Asia/Ho_Chi_Minh"), Map.of("DEAD", "đã ngừng gửi", "REJECTED", "bị từ chối"));
            people.problems.export(People.THUY, key, form).to(file);
            String text = file.toString(StandardCharsets.UTF_8);
            String first = text.lines().skip(1).findFirst().orElse("");
            String status = key.equals(REFUSED) ? "đã ngừng gửi" : "bị từ chối";
            assertTrue(first.contains("\"" + status + "\""), first);
            assertTrue(first.matches(".*,\"\\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2}\""), first);
            assertTrue(!key.equals(REFUSED) || first.matches(".*\"0\\d{3} \\d{3} \\d{3}\".*"), first);
            assertEquals(key.equals(REFUSED) ? DEAD + 1 : 31, text.lines().count());
            assertFalse(
                    text.lines().anyMatch(line -> line.matches(".*(^|\",\")[=+@-].*")),
                    text.lines().skip(1).findFirst().orElse(""));
        }
        List<ActLine> acts = people.activity
                .read(new Activity.Filter("thuy", Act.EXPORT, null, false), PageRequest.first(10), Sight.FULL)
                .items();
        assertEquals(4, acts.size(), "before its first line, and at its end");
        assertEquals(
                DEAD + 30,
                acts.stream()
                        .mapToLong(act -> act.customers() == null ? 0 : act.customers())
                        .sum());
        assertTrue(String.valueOf(acts.getFirst().reason()).startsWith("the file was written to its end"));
    }

    @Test
    void an_export_that_breaks_off_is_recorded_with_what_was_written() {
        Actor hoa = new Actor("hoa", Way.FILE);
        ProblemExport export = people.problems.export(hoa, REFUSED, ExportForm.ofPrograms(false));
        assertThrows(
                IOException.class,
                () -> export.to(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("the client is gone");
                    }
                }));
        ActLine act = people.activity
                .read(new Activity.Filter("hoa", Act.EXPORT, null, false), PageRequest.first(1), Sight.FULL)
                .items()
                .getFirst();
        assertTrue(act.customers() != null && act.customers() > 0 && act.customers() <= DEAD, act::toString);
        assertEquals("the file broke off: REFUSED.422 erp", act.reason());
    }

    @Test
    void ten_go_first_and_the_rest_when_they_are_accepted() throws SQLException {
        BulkActions.Preview preview = people.bulk.preview(Kind.RETRY, REFUSED);
        assertEquals(DEAD + " 10 false", preview.count() + " " + preview.canary() + " " + preview.atLeast());
        BulkAction action = start(Kind.RETRY);
        assertEquals(State.CANARY, action.state());
        assertTrue(step());
        assertEquals(10, now(action).done());
        assertTrue(step());
        assertEquals(10, now(action).done(), "their answers are awaited");
        answer(true);
        assertTrue(step());
        assertEquals(State.RUNNING, now(action).state());
        for (int i = 0; i < 3; i++) {
            assertTrue(step());
        }
        assertEquals(State.SETTLING, now(action).state());
        assertEquals(DEAD, now(action).done());
        answer(true);
        assertTrue(step());
        BulkAction done = now(action);
        assertEquals("DONE 250 0", done.state() + " " + done.delivered() + " " + done.failed());
        assertEquals(
                DEAD,
                Integer.parseInt(
                        DATABASE.one(
                                "SELECT count(*) FROM alohub.audit WHERE act = 'RETRY' AND person = 'thuy' AND customer_id IN (SELECT id FROM alohub.customer)")));
        assertFalse(step());
        Page<BulkItem> items = people.bulk.items(action.id(), PageRequest.first(200), Sight.MASKED);
        assertEquals(200, items.items().size());
        assertEquals(
                50,
                people.bulk
                        .items(action.id(), PageRequest.of(200, items.next()), Sight.FULL)
                        .items()
                        .size());
    }

    @Test
    void the_activity_has_one_line_for_an_act_on_a_group_and_those_on_its_customers_on_request() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        List<ActLine> lines = ofThis(action, activity(false));
        assertEquals(List.of("BULK_STARTED"), lines.stream().map(ActLine::act).toList());
        assertEquals(DEAD, lines.getFirst().customers());
        assertEquals(11, ofThis(action, activity(true)).size());
        String one = DATABASE.one("SELECT phone FROM alohub.customer ORDER BY id LIMIT 1");
        DATABASE.execute("SELECT set_config('alohub.bulk_action', '" + action.id() + "', true), alohub.hold('" + one
                + "', 'default', 'by hand')");
        assertEquals("HOLD", activity(false).getFirst().act(), "an act of one's own is not hidden");
    }

    private static List<ActLine> ofThis(BulkAction action, List<ActLine> lines) {
        return lines.stream()
                .filter(line -> action.id().equals(line.bulkAction()))
                .toList();
    }

    private List<ActLine> activity(boolean each) {
        return people.activity
                .read(new Activity.Filter(null, null, "default", each), PageRequest.first(200), Sight.FULL)
                .items();
    }

    @Test
    void the_rest_is_left_alone_where_the_first_are_refused_again() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        answer(false);
        step();
        BulkAction failed = now(action);
        assertEquals(
                "CANARY_FAILED 10 10 HTTP 422: no",
                failed.state() + " " + failed.done() + " " + failed.failed() + " " + failed.words());
        assertFalse(step());
        assertEquals("•••", people.bulk.get(action.id(), Sight.MASKED).words());
    }

    @Test
    void a_canary_that_gets_no_answer_fails_in_the_end() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        DATABASE.execute("UPDATE alohub.bulk_action SET sent_at = sent_at - interval '10 minutes'");
        step();
        assertEquals(
                "CANARY_FAILED 10 null",
                now(action).state() + " " + now(action).unanswered() + " "
                        + now(action).words());
        assertEquals(Set.of("UNANSWERED"), states(action));
    }

    /** Retried, they have all their attempts again, and would be dead hours later. */
    @Test
    void a_canary_fails_by_answers_after_which_customers_are_sent_again() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        DATABASE.execute("UPDATE alohub.due SET attempts = 1 WHERE NOT dead AND attempts = 0 AND hold IS NULL");
        step();
        BulkAction failed = now(action);
        assertEquals(
                "CANARY_FAILED 10 0 HTTP 422: no",
                failed.state() + " " + failed.failed() + " " + failed.unanswered() + " " + failed.words());
    }

    @Test
    void a_group_behind_thousands_of_others_is_found_step_by_step() throws SQLException {
        DATABASE.execute("DELETE FROM alohub.due; DELETE FROM alohub.customer");
        customers(4, "erp", "REFUSED", "422", true);
        customers(2 * BulkWalk.LOOKS, "form", "FAILED", "500", true);
        customers(30, "erp", "REFUSED", "422", true);
        BulkAction action = start(Kind.RETRY);
        step();
        assertEquals("CANARY 4", now(action).state() + " " + now(action).done());
        step();
        step();
        assertEquals("CANARY 10", now(action).state() + " " + now(action).done());
        answer(true);
        for (int i = 0; i < 3; i++) {
            step();
        }
        assertEquals("SETTLING 34", now(action).state() + " " + now(action).done());
    }

    @Test
    void a_group_that_was_not_counted_whole_has_its_number_when_all_were_walked() throws SQLException {
        DATABASE.execute("DELETE FROM alohub.due; DELETE FROM alohub.customer");
        customers(BulkActions.LOOKS + 300, "erp", "REFUSED", "422", true);
        BulkActions.Preview preview = people.bulk.preview(Kind.HOLD, REFUSED);
        assertEquals(BulkActions.LOOKS + " true", preview.count() + " " + preview.atLeast());
        BulkAction action = start(Kind.HOLD);
        assertEquals(BulkActions.LOOKS + " true", action.expected() + " " + action.atLeast());
        BulkAction now = action;
        while (!now.hasEnded()) {
            assertTrue(now.done() <= now.expected(), now.toString());
            assertTrue(now.atLeast());
            step();
            now = now(action);
        }
        int all = BulkActions.LOOKS + 300;
        assertEquals(all + " " + all + " false", now.done() + " " + now.expected() + " " + now.atLeast());
        assertEquals(
                "BULK_STARTED 2000,BULK_ENDED " + all,
                DATABASE.one("SELECT string_agg(act || ' ' || customers, ',' ORDER BY id) FROM alohub.audit"
                        + " WHERE customers IS NOT NULL AND bulk_action = '" + action.id() + "'"));
    }

    @Test
    void a_canary_that_fails_has_an_end_with_its_number() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        answer(false);
        step();
        assertEquals(
                "10 thuy RETRY REFUSED.422: CANARY_FAILED",
                DATABASE.one("SELECT customers || ' ' || person || ' ' || reason FROM alohub.audit"
                        + " WHERE act = 'BULK_ENDED' AND bulk_action = '" + action.id() + "'"));
        assertEquals("250 false", now(action).expected() + " " + now(action).atLeast());
    }

    @Test
    void a_group_that_is_only_being_retried_is_not_empty() {
        ProblemKey retrying = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "FAILED.500", "erp");
        BulkActions.Preview retry = people.bulk.preview(Kind.RETRY, retrying);
        assertEquals("0 20 0", retry.count() + " " + retry.retrying() + " " + retry.canary());
        BulkActions.Preview hold = people.bulk.preview(Kind.HOLD, retrying);
        assertEquals("20 0", hold.count() + " " + hold.retrying());
    }

    @Test
    void customers_that_another_transaction_holds_are_no_canary() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM alohub.customer ORDER BY id LIMIT 15 FOR UPDATE");
            step();
            step();
        }
        step();
        BulkAction sent = now(action);
        assertEquals("CANARY 25 15", sent.state() + " " + sent.done() + " " + sent.skipped());
        step();
        assertEquals(State.CANARY, now(action).state(), "their answers are awaited");
        answer(true);
        step();
        assertEquals("RUNNING 10", now(action).state() + " " + now(action).delivered());
    }

    @Test
    void a_customer_that_was_answered_before_its_lock_is_no_longer_of_the_group() {
        DATABASE.execute("UPDATE alohub.customer SET last_outcome = 'ACCEPTED', updated_at = clock_timestamp()"
                + " WHERE id = (SELECT min(id) FROM alohub.customer)");
        List<Long> left = people.database.read(connection -> {
            List<Long> ids = Stream.of(DATABASE.one(
                                    "SELECT string_agg(id::text, ',') FROM (SELECT id FROM alohub.customer ORDER BY id LIMIT 10) c")
                            .split(","))
                    .map(Long::valueOf)
                    .toList();
            return Sql.named("operate/find-still-of-group")
                    .on(connection)
                    .longs("ids", ids, id -> id)
                    .set("dead", true)
                    .set("reason", "REFUSED.422")
                    .set("up_to", OffsetDateTime.now())
                    .list(row -> row.getLong(1));
        });
        assertEquals(9, left.size());
    }

    @Test
    void an_action_ends_when_every_item_was_looked_at() throws SQLException {
        DATABASE.execute(
                "DELETE FROM alohub.bulk_action; DELETE FROM alohub.due; DELETE FROM alohub.customer; ANALYZE");
        fill(); // the planner takes the tables for empty ones, as it does where an analysis met them so
        BulkAction action = start(Kind.RETRY);
        DATABASE.execute("UPDATE alohub.bulk_action SET state = 'SETTLING', sent_at = now();"
                + " UPDATE alohub.customer SET delivered_revision = 1, delivered_at = now();"
                + " INSERT INTO alohub.bulk_item (action_id, n, customer_id, revision, state)"
                + " SELECT a.id, i, (SELECT min(id) FROM alohub.customer), 1, 'SENT'"
                + " FROM alohub.bulk_action a, generate_series(1, " + (BulkAnswers.LOOKS + 1) + ") i");
        step();
        assertEquals(State.SETTLING, now(action).state());
        step();
        assertEquals(
                "DONE " + (BulkAnswers.LOOKS + 1),
                now(action).state() + " " + now(action).delivered());
    }

    @Test
    void a_hold_has_no_canary() throws SQLException {
        BulkAction action = start(Kind.HOLD);
        for (int i = 0; i < 3; i++) {
            step();
        }
        assertEquals("DONE 250", now(action).state() + " " + now(action).done());
        assertEquals("250", DATABASE.one("SELECT count(*) FROM alohub.due WHERE hold = 'đã sửa'"));
    }

    @Test
    void a_hold_is_also_about_customers_that_fail_again_while_it_runs() throws SQLException {
        DATABASE.execute("DELETE FROM alohub.due; DELETE FROM alohub.customer");
        customers(DEAD, "erp", "FAILED", "500", false);
        ProblemKey retrying = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "FAILED.500", "erp");
        BulkAction action = people.bulk.start(People.THUY, Kind.HOLD, retrying, null, "fails-again");
        step();
        DATABASE.execute("UPDATE alohub.customer SET updated_at = clock_timestamp()"); // as a settlement does
        step();
        step();
        assertEquals("DONE 250", now(action).state() + " " + now(action).done());
        assertEquals("250", DATABASE.one("SELECT count(*) FROM alohub.due WHERE hold IS NOT NULL"));
    }

    @Test
    void what_an_action_has_held_is_released_together_but_for_holds_of_another_reason() throws SQLException {
        BulkAction hold = start(Kind.HOLD);
        for (int i = 0; i < 3; i++) {
            step();
        }
        List<String> phones = DATABASE.column("SELECT phone FROM alohub.customer ORDER BY id LIMIT 2");
        DATABASE.execute("SELECT alohub.hold('" + phones.getFirst() + "', 'default', 'khách nhờ'), alohub.release('"
                + phones.getLast() + "')");
        BulkAction release = people.bulk.release(People.THUY, hold.id(), "đã sửa", "release");
        assertEquals(
                release.id(),
                people.bulk.release(People.THUY, hold.id(), "đã sửa", "release").id());
        assertEquals(
                "RELEASE RUNNING 250 " + hold.id(),
                release.kind() + " " + release.state() + " " + release.expected() + " " + release.ofAction());
        for (int i = 0; i < 3; i++) {
            step();
        }
        assertEquals("DONE 248", now(release).state() + " " + now(release).done());
        assertEquals(Set.of("RELEASED"), states(release));
        assertEquals(List.of("khách nhờ"), DATABASE.column("SELECT hold FROM alohub.due WHERE hold IS NOT NULL"));
        assertEquals(
                "248",
                DATABASE.one("SELECT count(*) FROM alohub.audit WHERE act = 'RELEASE' AND person = 'thuy'"
                        + " AND reason = 'đã sửa' AND bulk_action = '" + release.id() + "'"));
        assertFalse(step());
        assertEquals(
                Why.NOTHING_HELD,
                assertThrows(Declined.class, () -> people.bulk.release(People.THUY, release.id(), null, "again"))
                        .why());
    }

    @Test
    void one_that_somebody_holds_locked_is_passed_over() throws SQLException {
        BulkAction action = start(Kind.HOLD);
        try (Connection other = DATABASE.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM alohub.customer ORDER BY id LIMIT 1 FOR UPDATE");
            for (int i = 0; i < 3; i++) {
                step();
            }
        }
        assertEquals(
                "DONE 250 1",
                now(action).state() + " " + now(action).done() + " "
                        + now(action).skipped());
        assertEquals(
                "SKIPPED",
                people.bulk
                        .items(action.id(), PageRequest.first(1), Sight.FULL)
                        .items()
                        .getFirst()
                        .state());
    }

    @Test
    void a_stop_leaves_the_rest_and_awaits_the_answers_to_what_was_sent() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        answer(true);
        step();
        step();
        people.bulk.stop(People.THUY, action.id());
        assertEquals(
                "STOPPING 110 thuy",
                now(action).state() + " " + now(action).done() + " "
                        + now(action).stoppedBy());
        String entries = "SELECT count(*) FROM alohub.audit WHERE act = 'BULK_STOPPED'";
        String before = DATABASE.one(entries);
        assertEquals(State.STOPPING, people.bulk.stop(People.THUY, action.id()).state(), "sent again");
        assertEquals(before, DATABASE.one(entries));
        step();
        assertEquals("STOPPING 110", now(action).state() + " " + now(action).done());
        BulkAction next = start(Kind.HOLD); // it need not wait for the answers
        people.bulk.stop(People.THUY, next.id());
        answer(true);
        step();
        step();
        BulkAction stopped = now(action);
        assertEquals(
                "STOPPED 110 110 0",
                stopped.state() + " " + stopped.done() + " " + stopped.delivered() + " " + stopped.unanswered());
        assertEquals("STOPPED 0", now(next).state() + " " + now(next).done());
        assertEquals(State.STOPPED, people.bulk.stop(People.THUY, action.id()).state(), "sent again");
        assertEquals(Set.of("DELIVERED"), states(action));
        assertFalse(step());
    }

    private static Set<String> states(BulkAction action) {
        return people.bulk.items(action.id(), PageRequest.first(200), Sight.FULL).items().stream()
                .map(BulkItem::state)
                .collect(Collectors.toSet());
    }

    @Test
    void what_has_no_answer_an_hour_after_a_stop_has_none() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        step();
        people.bulk.stop(People.THUY, action.id());
        DATABASE.execute("UPDATE alohub.bulk_action SET sent_at = sent_at - interval '1 hour'");
        assertEquals(Set.of("SENT"), states(action));
        step();
        assertEquals("STOPPED 10", now(action).state() + " " + now(action).unanswered());
        assertEquals(Set.of("UNANSWERED"), states(action));
    }

    @Test
    void what_failed_after_its_start_is_not_a_retrys_own() throws SQLException {
        BulkAction action = start(Kind.RETRY);
        DATABASE.execute("UPDATE alohub.customer SET updated_at = clock_timestamp()");
        step();
        assertEquals("DONE 0", now(action).state() + " " + now(action).done());
        assertEquals(
                Why.ALREADY_ENDED,
                assertThrows(Declined.class, () -> people.bulk.stop(People.THUY, action.id()))
                        .why());
    }

    @Test
    void a_start_that_is_repeated_finds_the_first() {
        String key = "a-key";
        BulkAction first = people.bulk.start(People.THUY, Kind.RETRY, REFUSED, null, key);
        assertEquals(
                first.id(),
                people.bulk.start(People.THUY, Kind.RETRY, REFUSED, null, key).id());
        assertEquals(
                Why.KEY_REUSED,
                assertThrows(Declined.class, () -> people.bulk.start(People.THUY, Kind.HOLD, REFUSED, null, key))
                        .why());
        assertEquals(
                Why.ALREADY_RUNNING,
                assertThrows(Declined.class, () -> start(Kind.RETRY)).why());
        assertEquals(
                1, people.bulk.list(PageRequest.first(10), Sight.FULL).items().size());
        assertEquals(
                Why.FIELD_INVALID,
                assertThrows(Declined.class, () -> people.bulk.get("no-uuid", Sight.FULL))
                        .why());
    }

    @Test
    void an_action_whose_step_fails_or_is_locked_does_not_keep_the_others_waiting() throws SQLException {
        BulkAction failing = start(Kind.HOLD);
        BulkAction other = people.bulk.start(
                People.THUY,
                Kind.HOLD,
                new ProblemKey(ProblemKey.Kind.FAILURE, "default", "FAILED.500", "erp"),
                null,
                "another");
        DATABASE.execute(
                "CREATE FUNCTION alohub.fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF NEW.action_id = '" + failing.id() + "' THEN RAISE 'no'; END IF; RETURN NEW; END $$;"
                        + " CREATE TRIGGER fails BEFORE INSERT ON alohub.bulk_item FOR EACH ROW EXECUTE FUNCTION alohub.fails()");
        try (Connection locker = DATABASE.dataSource().getConnection()) {
            DATABASE.execute(
                    "UPDATE alohub.bulk_action SET next_at = now() - interval '1 s' WHERE id = '" + failing.id()
                            + "'; UPDATE alohub.bulk_action SET next_at = now() WHERE id = '" + other.id() + "'");
            assertThrows(SQLException.class, () -> BulkStep.make(DATABASE.dataSource()));
            assertTrue(BulkStep.make(DATABASE.dataSource()));
            assertEquals(20, now(other).done());
            assertEquals(0, now(failing).done());
            DATABASE.execute(
                    "UPDATE alohub.bulk_action SET next_at = now() - interval '1 s' WHERE id = '" + failing.id()
                            + "'; UPDATE alohub.bulk_action SET next_at = now(), ended_at = NULL, state = 'RUNNING' WHERE id = '"
                            + other.id() + "'");
            locker.setAutoCommit(false);
            locker.createStatement()
                    .execute("SELECT FROM alohub.bulk_action WHERE id = '" + failing.id() + "' FOR UPDATE");
            assertTrue(BulkStep.make(DATABASE.dataSource()), "the other's");
        } finally {
            DATABASE.execute("DROP FUNCTION alohub.fails() CASCADE");
        }
    }

    @Test
    void two_replicas_make_one_step_at_a_time() throws SQLException {
        start(Kind.RETRY);
        try (Connection first = DATABASE.dataSource().getConnection();
                Connection second = DATABASE.dataSource().getConnection()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            assertTrue(BulkStep.make(first));
            assertFalse(BulkStep.make(second));
            first.rollback(); // the replica is gone: another goes on
            assertTrue(BulkStep.make(second));
            second.commit();
        }
    }
}
