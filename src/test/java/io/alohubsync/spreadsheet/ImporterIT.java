package io.alohubsync.spreadsheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.contact.SourceVersion;
import io.alohubsync.spreadsheet.read.FileFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports on a database: previews, batches, and what is left of a run that was cut off. */
class ImporterIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final Judge judge = new Judge(
            new Judge.Rules(
                    new PhoneNormalizer(PhoneRules.standard()),
                    new NameNormalizer(List.of()),
                    new EmailNormalizer(List.of())),
            ZoneId.of("Asia/Ho_Chi_Minh"));

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "DELETE FROM alohub.customer_outbox; DELETE FROM alohub.customer; DELETE FROM alohub.file_import");
    }

    private ImportJob job(String text) throws Exception {
        return RejectedReportTest.job(Files.writeString(folder.resolve("a.csv"), text));
    }

    /** Every tenth line has no usable phone. */
    private ImportJob large(int lines) throws Exception {
        StringBuilder text = new StringBuilder("SĐT,Họ tên,Mã KH\n");
        for (int i = 0; i < lines; i++) {
            text.append(i % 10 == 9 ? "12" : "09" + (10_000_000 + i))
                    .append(",Khách ")
                    .append(i)
                    .append(",K")
                    .append(i)
                    .append('\n');
        }
        return job(text.toString());
    }

    private static Connection connection() throws SQLException {
        return DATABASE.daemonConnection();
    }

    private static String one(String sql) {
        return DATABASE.one(sql);
    }

    private static int acts() {
        return Integer.parseInt(one("SELECT count(*) FROM alohub.audit WHERE act = 'IMPORT'"));
    }

    private ImportState whole(Connection connection, ImportJob job, boolean again) throws Exception {
        ImportStore store = new ImportStore(connection);
        try (Importer importer = new Importer(store, job, judge, store.begin(job, again, "test"), null)) {
            while (importer.step()) {}
            return importer.state();
        }
    }

    @Test
    void a_row_is_what_the_file_says_and_names_where_it_came_from() throws Exception {
        ImportJob job = job("SĐT,Họ tên,Email\n'868793800,Nguyễn Thị Thủy,a@b.vn\n0868-CALL,X,\n");
        try (Connection connection = connection()) {
            assertEquals(new ImportState(2, 1, false), whole(connection, job, false));
        }
        assertEquals(
                "default|import|'868793800|Nguyễn Thị Thủy|a@b.vn|"
                        + job.file().digest().substring(0, 8) + ":2|-1",
                one("SELECT concat_ws('|', account, source, phone, name, email, source_ref, priority)"
                        + " FROM alohub.customer_outbox"));
        assertEquals(
                "IMPORT|default|test",
                one("SELECT concat_ws('|', act, account, reason) FROM alohub.audit ORDER BY id DESC LIMIT 1"));
        assertEquals("t", one("SELECT finished_at IS NOT NULL FROM alohub.file_import"));
    }

    /** The newer value wins, whichever way it came in. */
    @Test
    void a_time_counts_as_a_version_as_in_triggers_and_webhooks() throws Exception {
        long trigger = 1_767_323_045_000_000L; // the recipe's, of 2 January 2026
        ImportJob job = job("""
                SĐT,Họ tên,Ngày cập nhật
                0868793800,Nguyễn Văn An,2026-03-01
                0868793801,Lê Nam,2026-01-02 10:04:05
                """);
        try (Connection connection = connection()) {
            whole(connection, job, false);
        }
        assertEquals(
                "1772298000000000,1767323045000000",
                one("SELECT string_agg(source_version::text, ',' ORDER BY id) FROM alohub.customer_outbox"));
        assertTrue(1_772_298_000_000_000L > trigger);
        assertEquals(SourceVersion.of("2026-01-02T03:04:05Z"), trigger);
    }

    /** As the merge would: nothing would ever replace its values. */
    @Test
    void a_version_too_far_ahead_rejects_a_line_where_versions_decide() throws Exception {
        ImportJob job = job("SĐT,Họ tên,Ngày cập nhật\n0868793800,An,31/12/2099\n0868793801,Nam,2026-03-01\n");
        RowOrder byVersion = new RowOrder(true, VersionUnit.AUTO);
        Judge strict = judge.of(byVersion, Instant.parse("2026-11-28T00:00:00Z"));
        try (Connection connection = connection();
                Preview preview = new Preview(connection, job, strict);
                Preview byId = new Preview(connection, job, judge)) {
            assertFalse(preview.step());
            assertEquals(List.of(1L, 1L), List.of(preview.usable(), preview.rejected()));
            assertEquals(1, preview.rejections().get(Reason.VERSION_AHEAD).count());
            assertFalse(byId.step());
            assertEquals(2, byId.usable());
            ImportStore store = new ImportStore(connection);
            try (Importer importer = new Importer(store, job, strict, store.begin(job, false, "test"), null)) {
                assertFalse(importer.step());
                assertEquals(new ImportState(2, 1, false), importer.state());
            }
            assertEquals(RowOrder.BY_ID, store.order("nobody"));
            DATABASE.execute(
                    "INSERT INTO alohub.account (name, row_order, seen_at) VALUES ('versions', 'source-version', now())");
            assertEquals(byVersion, store.order("versions"));
        }
    }

    @Test
    void a_file_that_changes_while_it_is_written_is_written_no_further() throws Exception {
        ImportJob job = large(5_000);
        try (Connection connection = connection()) {
            ImportStore store = new ImportStore(connection);
            try (Importer importer = new Importer(store, job, judge, store.begin(job, false, "test"), null)) {
                assertTrue(importer.step());
                Files.writeString(job.file().path(), "0912345678,Khác\n", StandardOpenOption.APPEND);
                assertEquals(
                        FileFault.Kind.CHANGED,
                        assertThrows(FileFault.class, importer::step).kind());
            }
        }
        assertEquals("1800", one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    @Test
    void a_run_that_is_cut_off_between_batches_or_inside_one_goes_on_without_a_row_twice() throws Exception {
        ImportJob job = large(5_000);
        int acts = acts();
        Connection killed = connection();
        ImportStore store = new ImportStore(killed);
        Importer importer = new Importer(store, job, judge, store.begin(job, false, "test"), null);
        assertTrue(importer.step());
        killed.close();
        assertThrows(SQLException.class, importer::step);
        assertEquals("1800", one("SELECT count(*) FROM alohub.customer_outbox"));
        DATABASE.execute("CREATE FUNCTION alohub.fail() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''disk full'' USING ERRCODE = ''53100''; END';"
                + " CREATE TRIGGER fail AFTER INSERT ON alohub.customer_outbox FOR EACH ROW WHEN (NEW.name = 'Khách 3000')"
                + " EXECUTE FUNCTION alohub.fail()");
        try (Connection connection = connection()) {
            assertThrows(SQLException.class, () -> whole(connection, job, false));
            assertEquals(
                    "1800|2000",
                    one("SELECT concat_ws('|', (SELECT count(*) FROM alohub.customer_outbox), lines)"
                            + " FROM alohub.file_import"));
        } finally {
            DATABASE.execute("DROP TRIGGER fail ON alohub.customer_outbox; DROP FUNCTION alohub.fail()");
        }
        try (Connection connection = connection()) {
            assertEquals(new ImportState(5_000, 4_500, false), whole(connection, job, false));
        }
        assertEquals(
                "4500|4500",
                one("SELECT concat_ws('|', count(*), count(DISTINCT source_ref)) FROM alohub.customer_outbox"));
        assertEquals(acts + 3, acts());
    }

    @Test
    void two_runs_of_a_file_at_once_are_refused_and_cannot_write_a_batch_twice() throws Exception {
        ImportJob job = large(3_000);
        try (Connection first = connection();
                Connection second = connection()) {
            ImportStore one = new ImportStore(first);
            ImportStore other = new ImportStore(second);
            assertTrue(one.lock(job));
            assertFalse(other.lock(job));
            // A session that lost its lock, and does not know it
            ImportState begun = one.begin(job, false, "test");
            try (Importer importer = new Importer(one, job, judge, begun, null);
                    Importer stale = new Importer(other, job, judge, begun, null)) {
                assertTrue(importer.step());
                assertThrows(ImportStore.Overtaken.class, stale::step);
            }
        }
        assertEquals("1800", one("SELECT count(*) FROM alohub.customer_outbox"));
        try (Connection third = connection()) {
            assertTrue(new ImportStore(third).lock(job), "the lock went with its session");
        }
    }

    @Test
    void a_finished_import_begins_anew_only_when_it_is_asked_to() throws Exception {
        ImportJob job = large(20);
        try (Connection connection = connection()) {
            whole(connection, job, false);
            assertTrue(new ImportStore(connection).state(job).finished());
            whole(connection, job, false);
            assertEquals("18", one("SELECT count(*) FROM alohub.customer_outbox"));
            whole(connection, job, true);
            assertEquals("36", one("SELECT count(*) FROM alohub.customer_outbox"));
        }
    }

    @Test
    void another_account_source_or_column_is_another_import_but_another_name_of_the_file_is_not() throws Exception {
        ImportJob job = large(20);
        Path copy = Files.copy(job.file().path(), folder.resolve("b.csv"));
        assertEquals(job.key(), RejectedReportTest.job(copy).key());
        assertFalse(job.key()
                .equals(new ImportJob(job.file(), "", job.layout(), new Target("brandb", "import", (short) -1)).key()));
        assertFalse(job.key()
                .equals(new ImportJob(job.file(), "", job.layout(), new Target("default", "fair", (short) -1)).key()));
        assertEquals(
                job.key(),
                new ImportJob(job.file(), "", job.layout(), new Target("default", "import", (short) 5)).key());
    }

    @Test
    void a_preview_counts_what_would_come_of_each_line_and_writes_nothing() throws Exception {
        DATABASE.execute(
                "INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, email, email_row, email_revision)"
                        + " VALUES ('default', '+84910000001', 'Thủy', 1, 1, 'a@b.vn', 1, 1), ('other', '+84910000002', 'Bằng', 1, 1, NULL, NULL, NULL)");
        ImportJob job = job("""
                SĐT,Họ tên,Email
                0910000001,Thủy,A@B.vn
                84910000001,,
                0910000002,Bằng,
                910000003,Khách,x
                0910000003,Khách,
                0910000001,Thủy Tiên,
                8.49123E+10,Hỏng,
                ,Không số,
                """);
        try (Connection connection = connection();
                Preview preview = new Preview(connection, job, judge)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_read_only = on");
            }
            assertFalse(preview.step());
            assertEquals(
                    List.of(8L, 6L, 1L, 2L, 3L, 2L, 3L),
                    List.of(
                            preview.rows(),
                            preview.usable(),
                            preview.repaired(),
                            preview.rejected(),
                            preview.duplicates(),
                            preview.unchanged(),
                            preview.toSend()));
            assertEquals(1, preview.repairs().get(Reason.PHONE_LEADING_ZERO).count());
            assertEquals(1, preview.repairs().get(Reason.EMAIL_DROPPED).count());
            assertEquals(
                    List.of(new Tally.Example(8, "***310")),
                    preview.rejections().get(Reason.PHONE_NUMBER_FORMAT).examples());
            assertEquals(1, preview.rejections().get(Reason.PHONE_MISSING).count());
        }
        assertEquals("0", one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    @Test
    void text_that_postgresql_does_not_store_stops_no_import() throws Exception {
        assertEquals("ab\uFFFDc", Judge.text("a\u0000b\uD800c"));
        assertEquals("𝐍", Judge.text("𝐍"));
    }

    @Test
    void a_file_that_changes_meanwhile_is_not_imported_whole() throws Exception {
        ImportJob job = large(20);
        Files.writeString(job.file().path(), "SĐT,Họ tên\n0910000001,A\n");
        try (Connection connection = connection()) {
            assertThrows(io.alohubsync.spreadsheet.read.FileFault.class, () -> whole(connection, job, false));
        }
        assertEquals(null, one("SELECT finished_at FROM alohub.file_import"));
    }
}
