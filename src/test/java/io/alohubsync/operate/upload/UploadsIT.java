package io.alohubsync.operate.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.upload.Upload.State;
import io.alohubsync.spreadsheet.Workbooks;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads on a database: a person's steps, and replicas that take over from each other. */
class UploadsIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final AgroalDataSource LOOPS = DATABASE.daemonPool();
    private static final PeopleDatabase PEOPLE = People.database(LOOPS);
    private static final Uploads UPLOADS = new Uploads(PEOPLE);
    private static final Actor THUY = new Actor("thuy", Way.FILE);
    private static final UploadTerms TERMS = UploadTerms.of("default", null, null, Map.of());

    private static final AlohubSettings SETTINGS = new SmallRyeConfigBuilder()
            .addDiscoveredInterceptors()
            .withMapping(AlohubSettings.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("alohub.base-url", "http://127.0.0.1:9")
            .withDefaultValue("alohub.api-key", "a-key-of-nobody")
            .build()
            .getConfigMapping(AlohubSettings.class);

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "DELETE FROM alohub.upload; DELETE FROM alohub.customer_outbox; DELETE FROM alohub.file_import;"
                        + " INSERT INTO alohub.account (name) VALUES ('default'), ('brandb') ON CONFLICT DO NOTHING");
    }

    @AfterAll
    static void close() {
        PEOPLE.close();
        LOOPS.close();
    }

    private static String one(String sql) {
        return DATABASE.one(sql);
    }

    private static String upload(String text) throws Exception {
        return upload(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String upload(byte[] bytes) throws Exception {
        Receipt receipt = UPLOADS.begin(THUY, "customers.csv", TERMS, null);
        receipt.add(bytes, bytes.length);
        return receipt.complete();
    }

    /** Every tenth line has no usable phone. */
    private static String lines(int lines) {
        StringBuilder text = new StringBuilder("SĐT,Họ tên,Mã KH\n");
        for (int i = 0; i < lines; i++) {
            text.append(i % 10 == 9 ? "12" : "09" + (10_000_000 + i))
                    .append(",Khách ")
                    .append(i)
                    .append(",K")
                    .append(i)
                    .append('\n');
        }
        return text.toString();
    }

    private static boolean turn() throws Exception {
        return turn(() -> false);
    }

    private static boolean turn(BooleanSupplier stopping) throws Exception {
        return new UploadTurn(LOOPS, SETTINGS, stopping, millis -> {}).take();
    }

    /** A replica that ends without a word after so many steps. */
    private static BooleanSupplier killed(int after) {
        AtomicInteger steps = new AtomicInteger();
        return () -> {
            if (steps.incrementAndGet() > after) {
                throw new IllegalStateException("killed");
            }
            return false;
        };
    }

    private static void leasesEnd() {
        DATABASE.execute(
                "UPDATE alohub.upload SET leased_until = clock_timestamp() WHERE leased_until > clock_timestamp()");
    }

    private static Why declined(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(Declined.class, act).why();
    }

    @Test
    void an_account_that_no_replica_serves_is_offered_only_before_the_first_start() {
        assertEquals(List.of("brandb", "default"), UPLOADS.accounts());
        DATABASE.execute("UPDATE alohub.account SET seen_at = now() WHERE name = 'brandb'");
        try {
            assertEquals(List.of("brandb"), UPLOADS.accounts());
            assertEquals(Why.NO_ACCOUNT, declined(() -> UPLOADS.begin(THUY, "customers.csv", TERMS, null)));
        } finally {
            DATABASE.execute("UPDATE alohub.account SET seen_at = NULL");
        }
    }

    @Test
    void a_file_is_previewed_confirmed_imported_and_deleted_and_its_rejected_lines_can_be_downloaded()
            throws Exception {
        String id = upload("SĐT,Họ tên\n868793800,Thủy\n0868-CALL,=1+1\n0868793800,Thủy\n");
        assertEquals(State.UPLOADED, UPLOADS.get(id).state());
        assertTrue(turn());
        Upload previewed = UPLOADS.get(id);
        assertEquals(State.PREVIEWED, previewed.state());
        UploadFigures figures = previewed.figures();
        assertNotNull(figures);
        assertEquals(
                List.of(3L, 2L, 1L, 1L, 1L, 1L),
                List.of(
                        figures.rows(),
                        figures.usable(),
                        figures.repaired(),
                        figures.rejected(),
                        figures.duplicates(),
                        figures.toSend()));
        assertEquals("SĐT (A)", figures.columns().getFirst().title());
        assertFalse(one("SELECT preview::text FROM alohub.upload").contains("0868-CALL"), "masked");
        assertFalse(turn(), "it waits for a person");
        UPLOADS.confirm(THUY, id, new Confirmation(null, "fair in May", false, true));
        assertEquals(
                "IMPORT|default|thuy|2|fair in May",
                one(
                        "SELECT concat_ws('|', act, account, person, customers, reason) FROM alohub.audit ORDER BY id DESC LIMIT 1"));
        assertTrue(turn());
        Upload done = UPLOADS.get(id);
        assertEquals(List.of(State.DONE, 2L, 3L), List.of(done.state(), done.written(), done.lines()));
        assertEquals(
                "import|-1|2",
                one("SELECT concat_ws('|', min(source), min(priority), count(*)) FROM alohub.customer_outbox"));
        assertEquals("0", one("SELECT count(*) FROM alohub.upload_chunk WHERE kind = 'FILE'"));
        String report = new String(UPLOADS.report(THUY, id).readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(report.contains("\"0868-CALL\",\"'=1+1\",\"3\"") && report.contains("Lý do"), report);
        assertEquals(
                "EXPORT|1", one("SELECT concat_ws('|', act, customers) FROM alohub.audit ORDER BY id DESC LIMIT 1"));
    }

    @Test
    void a_replica_that_is_killed_in_the_middle_leaves_the_rest_to_another_and_no_row_is_written_twice()
            throws Exception {
        String id = upload(lines(9_000));
        assertThrows(IllegalStateException.class, () -> turn(killed(2)));
        assertFalse(turn(), "its lease lasts");
        leasesEnd();
        assertTrue(turn());
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        for (int kills = 0; kills < 2; kills++) {
            assertThrows(IllegalStateException.class, () -> turn(killed(1)));
            assertFalse(turn(), "its lease lasts");
            leasesEnd();
        }
        assertTrue(Integer.parseInt(one("SELECT count(*) FROM alohub.customer_outbox")) >= 3_600);
        assertTrue(turn());
        assertEquals(State.DONE, UPLOADS.get(id).state());
        assertEquals(
                "8100|8100",
                one("SELECT concat_ws('|', count(*), count(DISTINCT source_ref)) FROM alohub.customer_outbox"));
        long rejected;
        try (Stream<String> report =
                new String(UPLOADS.report(THUY, id).readAllBytes(), StandardCharsets.UTF_8).lines()) {
            rejected = report.count() - 1;
        }
        assertEquals(900, rejected);
    }

    /** Deliveries need the processor, too. */
    @Test
    void between_two_steps_it_rests_as_long_as_the_last_one_took() throws Exception {
        upload(lines(9_000));
        List<Long> rests = new ArrayList<>();
        long begun = System.nanoTime();
        assertTrue(new UploadTurn(LOOPS, SETTINGS, () -> false, rests::add).take());
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        long rested = rests.stream().mapToLong(Long::longValue).sum();
        assertTrue(rests.size() >= 2 && rested > 0 && rested <= took, rests + " ms in " + took + " ms of work");
        assertTrue(rests.stream().allMatch(millis -> millis <= 1000), rests + " ms");
    }

    @Test
    void a_replica_that_stops_lets_another_go_on_at_once() throws Exception {
        String id = upload(lines(5_000));
        assertTrue(turn(() -> true));
        assertEquals(State.PREVIEWING, UPLOADS.get(id).state());
        assertTrue(turn());
        assertEquals(State.PREVIEWED, UPLOADS.get(id).state());
    }

    @Test
    void a_file_on_which_each_replica_ends_is_given_up_with_a_fault() throws Exception {
        String id = upload(lines(5_000));
        for (int kills = 0; kills < 3; kills++) {
            assertThrows(IllegalStateException.class, () -> turn(killed(0)));
            leasesEnd();
        }
        assertTrue(turn());
        Upload failed = UPLOADS.get(id);
        assertEquals(State.FAILED, failed.state());
        assertEquals(new Upload.Fault("PROGRAM", 0, ""), failed.fault());
        assertEquals("0", one("SELECT count(*) FROM alohub.upload_chunk"));
    }

    @Test
    void an_import_that_is_cancelled_while_a_replica_works_on_it_ends_there_and_what_is_written_stays()
            throws Exception {
        String id = upload(lines(9_000));
        turn();
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        AtomicInteger steps = new AtomicInteger();
        assertTrue(turn(() -> {
            if (steps.incrementAndGet() == 2) {
                UPLOADS.cancel(THUY, id);
            }
            return false;
        }));
        assertEquals(
                "CANCELLED 3600",
                UPLOADS.get(id).state() + " " + UPLOADS.get(id).written());
        assertFalse(turn());
        assertEquals("3600", one("SELECT count(*) FROM alohub.customer_outbox"), "no batch after the cancel");
    }

    @Test
    void a_cancel_right_after_a_replica_took_over_names_all_rows_that_were_written() throws Exception {
        String id = upload(lines(9_000));
        turn();
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        assertThrows(IllegalStateException.class, () -> turn(killed(1)));
        leasesEnd();
        assertTrue(turn(() -> {
            UPLOADS.cancel(THUY, id);
            return false;
        }));
        assertEquals(3600, UPLOADS.get(id).written());
        assertEquals(
                "cancelled 3600",
                one(
                        "SELECT reason || ' ' || customers FROM alohub.audit WHERE act = 'IMPORT' ORDER BY id DESC LIMIT 1"));
        assertEquals("3600", one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    /** It reads a file whose first lines are imported, for a minute perhaps. */
    @Test
    void a_replica_that_reads_over_imported_lines_stops_at_once() throws Exception {
        String id = upload(lines(9_000));
        turn();
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        assertThrows(IllegalStateException.class, () -> turn(killed(3)));
        leasesEnd();
        AtomicInteger steps = new AtomicInteger();
        assertTrue(turn(() -> steps.incrementAndGet() == 2));
        assertEquals(2, steps.get());
        assertEquals(State.IMPORTING, UPLOADS.get(id).state());
        assertTrue(turn());
        assertEquals(
                "8100|8100",
                one("SELECT concat_ws('|', count(*), count(DISTINCT source_ref)) FROM alohub.customer_outbox"));
    }

    @Test
    void an_import_that_is_cancelled_before_it_begins_writes_nothing() throws Exception {
        String id = upload("SĐT\n0910000001\n");
        turn();
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        UPLOADS.cancel(THUY, id);
        assertFalse(turn());
        assertEquals(State.CANCELLED, UPLOADS.get(id).state());
        assertEquals("0", one("SELECT count(*) FROM alohub.customer_outbox"));
        assertEquals(
                Why.UPLOAD_CHANGED,
                declined(() -> UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false))));
        assertEquals(Why.REPORT_GONE, declined(() -> UPLOADS.report(THUY, id)));
        Transaction.run(LOOPS, UploadJobs::expire);
        assertEquals("0", one("SELECT count(*) FROM alohub.upload_chunk"));
    }

    /** Another person, or another tab, has looked again meanwhile. */
    @Test
    void the_preview_that_was_seen_alone_is_confirmed() throws Exception {
        String id = upload("SĐT\n0910000001\n");
        turn();
        assertEquals(1, UPLOADS.get(id).previewNumber());
        UPLOADS.lookAgain(THUY, id, UploadTerms.of("default", "another", null, Map.of()));
        turn();
        assertEquals(2, UPLOADS.get(id).previewNumber());
        assertEquals(Why.UPLOAD_CHANGED, declined(() -> UPLOADS.confirm(THUY, id, seen(1))));
        assertEquals(State.PREVIEWED, UPLOADS.get(id).state());
        assertEquals(State.CONFIRMED, UPLOADS.confirm(THUY, id, seen(2)).state());
        assertEquals(State.CONFIRMED, UPLOADS.confirm(THUY, id, seen(2)).state());
        assertEquals(Why.UPLOAD_CHANGED, declined(() -> UPLOADS.confirm(THUY, id, seen(1))), "not what it showed");
    }

    private static Confirmation seen(int preview) {
        return new Confirmation(preview, null, false, false);
    }

    @Test
    void a_confirmation_or_an_end_that_is_sent_again_changes_nothing() throws Exception {
        String id = upload("SĐT\n0910000001\n");
        turn();
        for (State state : List.of(State.CONFIRMED, State.CONFIRMED, State.DONE)) {
            if (state == State.DONE) {
                turn();
            }
            assertEquals(
                    state,
                    UPLOADS.confirm(THUY, id, new Confirmation(null, "fair", false, false))
                            .state());
            assertEquals(
                    Why.UPLOAD_CHANGED,
                    declined(() -> UPLOADS.confirm(THUY, id, new Confirmation(null, "fair", true, false))));
        }
        assertEquals(Why.UPLOAD_CHANGED, declined(() -> UPLOADS.cancel(THUY, id)), "it is done");
        String other = upload("SĐT\n0910000002\n");
        assertEquals(State.CANCELLED, UPLOADS.cancel(THUY, other).state());
        assertEquals(State.CANCELLED, UPLOADS.cancel(THUY, other).state());
        assertEquals(
                List.of("cancelled", "fair"),
                DATABASE.column("SELECT reason FROM alohub.audit WHERE act = 'IMPORT' ORDER BY id DESC LIMIT 2"));
        assertEquals("1", one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    @Test
    void a_file_that_was_imported_whole_is_imported_again_only_if_a_person_asks_for_it() throws Exception {
        List<Long> written = new ArrayList<>();
        for (boolean again : new boolean[] {false, false, true}) {
            String id = upload("SĐT\n0910000001\n");
            turn();
            UPLOADS.confirm(THUY, id, new Confirmation(null, null, again, false));
            turn();
            assertEquals(State.DONE, UPLOADS.get(id).state());
            written.add(UPLOADS.get(id).written());
        }
        assertEquals(List.of(1L, 0L, 1L), written);
        assertEquals("2", one("SELECT count(*) FROM alohub.customer_outbox"));
        UploadFigures figures = UPLOADS.recent(1).getFirst().figures();
        assertNotNull(figures);
        assertEquals(new UploadFigures.Before(1, 1, true), figures.before());
    }

    @Test
    void columns_that_are_not_found_can_be_named_for_the_file_that_is_there() throws Exception {
        String id = upload("a,b\nx,y\n");
        turn();
        Upload previewed = UPLOADS.get(id);
        assertEquals(State.PREVIEWED, previewed.state());
        assertEquals(new Upload.Fault("NO_PHONE_COLUMN", 0, ""), previewed.fault());
        assertEquals(
                Why.UPLOAD_CHANGED,
                declined(() -> UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false))));
        UPLOADS.lookAgain(THUY, id, UploadTerms.of("brandb", "fair", "", Map.of("phone", "b")));
        turn();
        Upload again = UPLOADS.get(id);
        assertEquals(null, again.fault());
        UploadFigures figures = again.figures();
        assertNotNull(figures);
        assertEquals("b (B)", figures.columns().getFirst().title());
        assertEquals("brandb", again.terms().account());
    }

    @Test
    void a_sheet_is_of_a_workbook_alone_and_the_preview_names_it_and_the_others(@TempDir Path folder) throws Exception {
        String text = upload("SĐT\n0910000001\n");
        turn();
        UPLOADS.lookAgain(THUY, text, UploadTerms.of("default", null, "Khách", Map.of()));
        turn();
        assertEquals(new Upload.Fault("SHEET_OF_TEXT", 0, ""), UPLOADS.get(text).fault());
        UPLOADS.lookAgain(THUY, text, TERMS);
        turn();
        UploadFigures ofText = Objects.requireNonNull(UPLOADS.get(text).figures());
        assertEquals(null, ofText.sheet());
        Map<String, String> sheets = new LinkedHashMap<>();
        sheets.put("Bìa", "");
        sheets.put("Khách", "<row><c><v>868793800</v></c></row>");
        sheets.put("Ghi chú' state='hidden", "");
        String workbook = upload(Files.readAllBytes(Workbooks.sheets(folder.resolve("a.xlsx"), sheets)));
        turn();
        UploadFigures figures = Objects.requireNonNull(UPLOADS.get(workbook).figures());
        assertEquals("Khách", figures.sheet());
        assertEquals(List.of("Bìa"), figures.otherSheets());
    }

    @Test
    void what_is_no_list_of_customers_is_said_and_deleted() throws Exception {
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0};
        String id = upload(image);
        assertTrue(turn());
        Upload failed = UPLOADS.get(id);
        assertEquals(State.FAILED, failed.state());
        assertEquals(new Upload.Fault("BINARY", 0, ""), failed.fault());
        assertEquals("0", one("SELECT count(*) FROM alohub.upload_chunk"));
    }

    @Test
    void three_uploads_wait_at_most_and_one_that_breaks_off_leaves_nothing() throws Exception {
        upload("SĐT\n0910000001\n");
        upload("SĐT\n0910000002\n");
        Receipt broken = UPLOADS.begin(THUY, "c.csv", TERMS, null);
        broken.add(new byte[Chunks.SIZE * 2], Chunks.SIZE * 2);
        assertEquals(Why.UPLOADS_WAIT, declined(() -> UPLOADS.begin(THUY, "d.csv", TERMS, null)));
        assertEquals(2, UPLOADS.recent(10).size(), "it is shown when it is whole");
        broken.abandon();
        assertEquals(
                "2|2",
                one(
                        "SELECT (SELECT count(*) FROM alohub.upload) || '|' || (SELECT count(*) FROM alohub.upload_chunk)"));
        assertEquals(
                Why.UPLOAD_EMPTY,
                declined(() -> UPLOADS.begin(THUY, "d.csv", TERMS, null).complete()));
    }

    private static String sent(String key, String text) throws Exception {
        Receipt receipt = UPLOADS.begin(THUY, "a.csv", TERMS, key);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            receipt.fill(new ByteArrayInputStream(bytes)::read);
            return receipt.complete();
        } catch (Declined declined) {
            receipt.abandon();
            throw declined;
        }
    }

    @Test
    void a_file_that_is_sent_again_with_its_key_is_the_same_upload_in_every_state() throws Exception {
        String id = sent("k1", "SĐT\n0910000001\n");
        assertEquals(id, sent("k1", "SĐT\n0910000001\n"));
        assertTrue(turn());
        UPLOADS.confirm(THUY, id, new Confirmation(null, null, false, false));
        assertEquals(id, sent("k1", "SĐT\n0910000001\n"));
        assertTrue(turn());
        assertEquals(id, sent("k1", "SĐT\n0910000001\n"));
        assertEquals(State.DONE, UPLOADS.get(id).state());
        assertEquals("1", one("SELECT count(*) FROM alohub.upload"));
        assertNotEquals(id, sent("k2", "SĐT\n0910000001\n"));
    }

    @Test
    void a_key_is_of_one_file_account_and_source() throws Exception {
        String id = sent("k1", "SĐT\n0910000001\n");
        assertEquals(Why.UPLOAD_KEY_REUSED, declined(() -> sent("k1", "SĐT\n0910000002\n")));
        for (UploadTerms other : List.of(
                UploadTerms.of("brandb", null, null, Map.of()), UploadTerms.of("default", "fair", null, Map.of()))) {
            assertEquals(Why.UPLOAD_KEY_REUSED, declined(() -> UPLOADS.begin(THUY, "a.csv", other, "k1")));
        }
        Receipt ofAnother = UPLOADS.begin(new Actor("lan", Way.FILE), "a.csv", TERMS, "k1");
        ofAnother.add(new byte[] {'x'}, 1);
        assertNotEquals(id, ofAnother.complete());
        assertEquals("1", one("SELECT count(*) FROM alohub.upload WHERE person = 'thuy'"));
    }

    @Test
    void a_file_that_was_cut_off_is_sent_again_with_its_key_and_the_first_sending_counts_no_more() throws Exception {
        byte[] piece = new byte[Chunks.SIZE];
        Receipt first = UPLOADS.begin(THUY, "a.csv", TERMS, "k1");
        first.add(piece, piece.length);
        String id = sent("k1", "SĐT\n0910000001\n");
        assertEquals(Why.UPLOAD_CHANGED, declined(() -> first.add(piece, piece.length)));
        first.abandon();
        assertEquals(State.UPLOADED, UPLOADS.get(id).state());
        assertEquals("16", one("SELECT sum(length(bytes)) FROM alohub.upload_chunk"));
    }

    @Test
    void the_list_has_pages_from_the_newest_on() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(upload("SĐT\n091000000" + i + "\n"));
        }
        Page<Upload> first = UPLOADS.list(new PageRequest(2, null));
        Page<Upload> second = UPLOADS.list(new PageRequest(2, first.next()));
        assertEquals(
                ids,
                Stream.concat(first.items().stream(), second.items().stream())
                        .map(Upload::id)
                        .toList());
        assertEquals(null, second.next());
        for (String other : List.of("junk", "00000000-0000-4000-8000-000000000000", ids.getFirst() + "0")) {
            assertEquals(Why.CURSOR, declined(() -> UPLOADS.list(new PageRequest(2, other))), other);
        }
    }

    @Test
    void an_account_that_is_not_there_and_a_file_that_is_too_large_are_declined() throws Exception {
        assertEquals(
                Why.NO_ACCOUNT,
                declined(() -> UPLOADS.begin(THUY, "a.csv", UploadTerms.of("nobody", null, null, Map.of()), null)));
        assertEquals(Why.FIELD_MISSING, declined(() -> UploadTerms.of(" ", null, null, Map.of())));
        assertEquals(Why.NO_UPLOAD, declined(() -> UPLOADS.get("1")));
        Receipt receipt = UPLOADS.begin(THUY, "a.csv", TERMS, null);
        assertEquals(Why.UPLOAD_TOO_LARGE, declined(() -> receipt.add(new byte[0], (int) Receipt.MOST_BYTES + 1)));
    }

    @Test
    void what_nobody_confirms_in_a_day_and_reports_of_yesterday_are_deleted_but_no_import_that_goes_on()
            throws Exception {
        String waiting = upload("SĐT\n0910000001\n");
        String confirmed = upload("SĐT\n0910000002\n");
        turn();
        turn();
        UPLOADS.confirm(THUY, confirmed, new Confirmation(null, null, false, false));
        DATABASE.execute("UPDATE alohub.upload SET created_at = created_at - interval '25 hours'");
        Transaction.run(LOOPS, UploadJobs::expire);
        assertEquals(new Upload.Fault("EXPIRED", 0, ""), UPLOADS.get(waiting).fault());
        assertEquals(State.CONFIRMED, UPLOADS.get(confirmed).state());
        assertEquals("1", one("SELECT count(*) FROM alohub.upload_chunk"));
        String rejected = upload("SĐT\n12\n0910000003\n");
        turn();
        turn();
        UPLOADS.confirm(THUY, rejected, new Confirmation(null, null, false, false));
        turn();
        assertTrue(UPLOADS.get(rejected).hasReport());
        DATABASE.execute(
                "UPDATE alohub.upload SET ended_at = ended_at - interval '25 hours' WHERE ended_at IS NOT NULL");
        Transaction.run(LOOPS, UploadJobs::expire);
        assertEquals(Why.REPORT_GONE, declined(() -> UPLOADS.report(THUY, rejected)));
    }

    @Test
    void work_leaves_no_file_behind() throws Exception {
        upload("SĐT\n0910000001\n");
        turn();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "alohub-sync-upload-" + ProcessHandle.current().pid();
            assertEquals(
                    0,
                    files.filter(file -> file.getFileName().toString().startsWith(own))
                            .count());
        }
    }
}
