package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to the ids, a value that is written later is newer, and the next insert works.
 */
class RestartedIdsIT {

    private static final String PHONE = "0868793800";
    private static final String KEY = "+84868793800";
    private static final int OLD = 20;

    private final HotPath path = new HotPath();
    private final AtomicLong now = new AtomicLong(1);
    private OutboxMerge intake = path.newIntake(false, now::get);

    private void merge() throws SQLException {
        while (intake.mergeBatch(7, Map.of()).rows() > 0) {
            now.incrementAndGet();
        }
    }

    private void tend() throws SQLException {
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        intake.raiseSequenceIfDue();
    }

    private void newReplica() {
        intake = path.newIntake(false, now::get);
    }

    private void insertMany(int rows, String name) {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, name) SELECT '" + PHONE + "', '" + name
                + " ' || i FROM generate_series(1, " + rows + ") i");
    }

    private String name() {
        return path.database.one("SELECT name FROM alohub.customer WHERE phone = '" + KEY + "'");
    }

    private String restarts() {
        return path.database.one("SELECT restarts FROM alohub.outbox_numbers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRUNCATE alohub.customer_outbox RESTART IDENTITY
            TRUNCATE alohub.customer_outbox; SELECT setval('alohub.customer_outbox_id_seq', 1, false)
            TRUNCATE alohub.customer_outbox; ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART
            DELETE FROM alohub.customer_outbox; ALTER TABLE alohub.customer_outbox ALTER COLUMN id RESTART WITH 3
            DELETE FROM alohub.customer_outbox; SELECT setval('alohub.customer_outbox_id_seq', 1)
            """)
    void a_value_after_a_restart_is_the_newest(String restart) throws SQLException {
        for (int newRows : new int[] {1, OLD - 1, OLD, 3 * OLD}) {
            for (boolean stopped : new boolean[] {false, true}) {
                insertMany(OLD, "Old");
                merge();
                path.deliver();
                path.database.execute(restart);
                insertMany(newRows, "New");
                if (stopped) {
                    newReplica();
                }
                merge();
                String what = restart + ", " + newRows + " new rows, " + (stopped ? "stopped" : "running");
                assertEquals("New " + newRows, name(), what);
                assertEquals(
                        "PENDING",
                        path.database.one(
                                "SELECT status FROM alohub.outbox_status WHERE id = (SELECT max(id) FROM alohub.customer_outbox)"),
                        what);
                long next = path.insert(PHONE, "Newer", null);
                merge();
                assertEquals("Newer", name(), what);
                assertEquals("PENDING", path.database.rowStatus(next), what);
                path.deliver();
            }
        }
    }

    /** The trigger stands for a source whose bulk insert draws ids while the check is at work. */
    @Test
    void values_of_a_bulk_insert_that_draws_ids_while_the_restart_is_found_are_the_newest() throws SQLException {
        insertMany(3 * OLD, "Old");
        merge();
        path.deliver();
        path.database.execute("TRUNCATE alohub.customer_outbox RESTART IDENTITY");
        insertMany(1, "First");
        path.database.execute(
                "CREATE FUNCTION alohub.draw() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
                        + " PERFORM nextval('alohub.customer_outbox_id_seq') FROM generate_series(1, 5000); RETURN NEW; END $$;"
                        + " CREATE TRIGGER draw BEFORE UPDATE ON alohub.outbox_numbers FOR EACH ROW EXECUTE FUNCTION alohub.draw()");
        merge();
        path.database.execute("DROP TRIGGER draw ON alohub.outbox_numbers");
        assertEquals("1", restarts());
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES (4999, '" + PHONE
                        + "', 'Of the bulk insert')");
        merge();
        assertEquals("Of the bulk insert", name());
        insertMany(1, "Later");
        merge();
        assertEquals("Later 1", name());
    }

    /** The first of all ids is a number as any other. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRUNCATE alohub.customer_outbox RESTART IDENTITY
            TRUNCATE alohub.customer_outbox; SELECT setval('alohub.customer_outbox_id_seq', 1, false)
            TRUNCATE alohub.customer_outbox; ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART
            """)
    void a_value_after_a_restart_is_the_newest_where_there_was_one_row(String restart) throws SQLException {
        for (int looks = 0; looks < 3; looks++) {
            HotPath own = new HotPath();
            OutboxMerge before = own.newIntake(false, now::get);
            own.insert(PHONE, "Old", null);
            before.mergeBatch(7, Map.of());
            own.deliver();
            if (looks > 0) {
                now.addAndGet(TimeUnit.SECONDS.toNanos(10));
                before.raiseSequenceIfDue();
            }
            own.database.execute(restart);
            own.insert(PHONE, "New", null);
            (looks == 2 ? own.newIntake(false, now::get) : before).mergeBatch(7, Map.of());
            assertEquals("New", own.database.one("SELECT name FROM alohub.customer"), restart + ", " + looks);
        }
    }

    @Test
    void rows_of_before_that_are_not_merged_yet_stay_older() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        path.database.execute("DELETE FROM alohub.customer_outbox");
        insertMany(1, "Old, and late");
        path.database.execute("ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART");
        insertMany(2, "New");
        merge();
        assertEquals("New 2", name());
        assertEquals("SUPERSEDED", path.database.rowStatus(OLD + 1));
        assertEquals("PENDING", path.database.rowStatus(2));
    }

    /** A person deletes the row of a test; a source's transaction was open meanwhile. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void a_row_of_an_open_transaction_stays_older_though_the_newest_row_is_deleted(boolean checked, boolean stopped)
            throws SQLException {
        if (checked) {
            insertMany(OLD, "Old");
            merge();
            tend();
        }
        try (Connection open = path.database.dataSource().getConnection();
                Statement source = open.createStatement()) {
            open.setAutoCommit(false);
            source.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('" + PHONE + "', 'Older')");
            path.insert(PHONE, "Newer", null);
            long newest = path.insert("0912345678", "A test", null);
            merge();
            path.database.execute("DELETE FROM alohub.customer_outbox WHERE id = " + newest);
            open.commit();
        }
        if (stopped) {
            newReplica();
        }
        merge();
        assertEquals("Newer", name());
        assertEquals("0", restarts());
        path.insert(PHONE, "Newest", null);
        merge();
        assertEquals("Newest", name());
    }

    /** As a clean-up by hand does, while others wait behind more urgent ones. */
    @Test
    void a_row_that_waited_stays_older_though_all_merged_rows_are_deleted() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        tend();
        long waits = path.insert(PHONE, "Older", null);
        path.insert(PHONE, "Newer", null);
        path.database.execute("UPDATE alohub.customer_outbox SET priority = 9 WHERE id > " + waits);
        intake.mergeBatch(1, Map.of());
        tend();
        path.database.execute("DELETE FROM alohub.customer_outbox WHERE merge_status IS NOT NULL");
        merge();
        assertEquals("Newer", name());
        assertEquals("0", restarts());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1L << 62, 1L << 61, 0, -5})
    void a_row_with_an_id_that_was_never_drawn_is_the_oldest_and_stops_no_source(long id) throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + id + ", '" + PHONE + "', 'Odd')");
        merge();
        assertEquals("Odd", name());
        tend();
        path.insert("0912345678", "Another", null);
        path.insert(PHONE, "Newer", null);
        merge();
        assertEquals("Newer", name());
        tend();
        newReplica();
        path.insert(PHONE, "Newest", null);
        merge();
        assertEquals("Newest", name());
        assertEquals("0", restarts());
    }

    /** A program's id near the end of all ids must not leave the sequence no room, nor make later rows the oldest. */
    @ParameterizedTest
    @ValueSource(longs = {(1L << 62) - 1, 1L << 61, (1L << 61) - 1, (1L << 61) - 3})
    void rows_after_a_very_high_id_stay_the_newer_ones(long id) throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + id + ", '0912345678', 'Odd')");
        merge();
        tend();
        for (int i = 1; i <= 5; i++) {
            path.insert(PHONE, "Name " + i, null);
            merge();
            assertEquals("Name " + i, name());
            tend();
            newReplica();
        }
        assertEquals("0", restarts());
    }

    /** The sequence is above it, so each later scan may begin near the newest row again. */
    @Test
    void scans_do_not_begin_at_the_first_row_for_ever_after_a_very_high_id() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + OutboxNumbers.HIGHEST_SET + ", '0912345678', 'Odd')");
        merge();
        tend();
        long next = path.insert(PHONE, "Next", null);
        assertTrue(next > OutboxNumbers.HIGHEST_SET);
        LowWaterMark mark = new LowWaterMark(now::get);
        BatchMerge.Batch batch = new BatchMerge(
                        new RowReader(new PhoneNormalizer(PhoneRules.standard())), new Unregistered())
                .begin(Map.of(), false, OutboxNumbers.Highest.NONE, false);
        BatchEnd end = Transaction.run(
                path.database.dataSource(),
                connection -> batch.merge(
                        connection,
                        NewRowsSql.lock(connection, new NewRowsSql.Scan(1, null, OutboxNumbers.Highest.NONE), mark)));
        assertEquals(Map.of(), mark.marks());
        path.insert(PHONE, "Last", null);
        Transaction.run(
                path.database.dataSource(),
                connection -> NewRowsSql.lock(connection, new NewRowsSql.Scan(1, null, end.highest()), mark));
        assertEquals(Map.of((short) 0, next - 5000), mark.marks());
    }

    @Test
    void a_row_that_was_never_drawn_stops_no_merge_where_the_sequence_is_very_high() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + OutboxNumbers.HIGHEST_SET + ", '0912345678', 'Odd')");
        merge();
        tend();
        path.insert(PHONE, "Name", null);
        merge();
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + (OutboxNumbers.HIGHEST_SET + 1_000_000) + ", '" + PHONE + "', 'Set')");
        path.insert(PHONE, "Newer", null);
        merge();
        assertEquals("Newer", name());
        assertEquals("0", restarts());
    }

    @Test
    void two_replicas_see_one_restart() throws SQLException {
        OutboxMerge other = path.newIntake(false, now::get);
        insertMany(OLD, "Old");
        merge();
        path.insert(PHONE, null, null);
        other.mergeBatch(100, Map.of());
        path.database.execute("TRUNCATE alohub.customer_outbox RESTART IDENTITY");
        insertMany(10, "New");
        intake.mergeBatch(5, Map.of());
        other.mergeBatch(5, Map.of());
        assertEquals("1", restarts());
        assertEquals("New 10", name());
        insertMany(10, "Newer");
        other.mergeBatch(5, Map.of());
        intake.mergeBatch(5, Map.of());
        assertEquals("1", restarts());
        assertEquals("Newer 10", name());
    }

    @Test
    void rows_that_are_replicated_keep_their_order_and_the_next_insert_gets_a_free_id() throws SQLException {
        for (int batch = 0; batch < 3; batch++) {
            path.database.execute(
                    "INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE SELECT i, '" + PHONE
                            + "', 'Name ' || i FROM generate_series(" + (1 + 10 * batch) + ", " + (10 + 10 * batch)
                            + ") i");
            merge();
            assertEquals("Name " + (10 + 10 * batch), name());
        }
        assertEquals("0", restarts());
        long own = path.insert(PHONE, "Own", null);
        assertEquals(31, own);
        merge();
        assertEquals("Own", name());
    }

    @Test
    void a_whole_schema_that_was_replicated_is_found_before_its_first_insert() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        path.database.execute("ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART");
        newReplica();
        tend();
        assertTrue(path.insert(PHONE, "New", null) > OLD);
        merge();
        assertEquals("New", name());
    }

    @Test
    void a_dump_that_was_restored_with_its_sequence_is_no_restart() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        path.database.execute("ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART WITH " + (OLD + 1));
        newReplica();
        tend();
        insertMany(1, "New");
        merge();
        assertEquals("0", restarts());
        assertEquals("New 1", name());
    }

    @Test
    void a_purge_of_all_rows_is_no_restart() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        path.database.execute("DELETE FROM alohub.customer_outbox");
        insertMany(1, "New");
        merge();
        tend();
        assertEquals("0", restarts());
        assertEquals("New 1", name());
        assertEquals(
                String.valueOf(OLD + 1), path.database.one("SELECT highest FROM alohub.outbox_numbers"), "written");
    }

    /** Its account was registered, or the rules of phones were changed. */
    @Test
    void a_rejected_row_that_is_new_again_is_no_restart() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, name, priority) SELECT '" + PHONE
                + "', 'Imported ' || i, -1 FROM generate_series(1, 20) i");
        path.insert(PHONE, "Form, newer", null);
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (account, phone, name) VALUES ('b', '0912345678', 'B')");
        intake.mergeBatch(2, Map.of());
        assertEquals("Form, newer", name());
        path.register("b", "id", "auto");
        path.database.execute("UPDATE alohub.customer_outbox SET merge_status = NULL, reasons = NULL, merged_at = NULL,"
                + " carries_name = false WHERE account = 'b'");
        merge();
        assertEquals("0", restarts());
        assertEquals("Form, newer", name());
        assertEquals("B", path.database.one("SELECT name FROM alohub.customer WHERE account = 'b'"));
    }

    /** PostgreSQL replicates the rows of the tables, and none of their sequences. */
    @Test
    void new_customers_of_a_replicated_schema_get_free_ids() throws SQLException {
        insertMany(2, "Old");
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, name)"
                + " SELECT '0912' || lpad(i::text, 6, '0'), 'K' FROM generate_series(1, 30) i");
        merge();
        path.deliverAll();
        String token = path.database.one("SELECT last_value FROM alohub.lease_token");
        path.database.execute(
                "ALTER SEQUENCE alohub.customer_outbox_id_seq RESTART; ALTER SEQUENCE alohub.customer_id_seq RESTART;"
                        + " ALTER SEQUENCE alohub.delivery_attempt_id_seq RESTART; ALTER SEQUENCE alohub.status_delta_id_seq RESTART;"
                        + " ALTER SEQUENCE alohub.audit_id_seq RESTART");
        newReplica();
        tend();
        long row = path.insert("0933000001", "New", null);
        merge();
        assertEquals("PENDING", path.database.rowStatus(row));
        path.deliverAll();
        assertEquals("DELIVERED", path.database.rowStatus(row));
        assertTrue(Long.parseLong(path.database.one("SELECT last_value FROM alohub.lease_token"))
                >= Long.parseLong(token));
    }

    /** The ids of customers alone: the row stays NEW, and is merged once they are raised. */
    @Test
    void a_row_is_not_rejected_because_an_id_is_taken() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, name)"
                + " SELECT '0912' || lpad(i::text, 6, '0'), 'K' FROM generate_series(1, 30) i");
        merge();
        path.database.execute("ALTER SEQUENCE alohub.customer_id_seq RESTART");
        long row = path.insert("0933000001", "New", null);
        merge();
        assertEquals("NEW", path.database.rowStatus(row));
        tend();
        newReplica();
        merge();
        assertEquals("PENDING", path.database.rowStatus(row));
    }

    @Test
    void the_daemons_role_suffices() throws SQLException {
        insertMany(OLD, "Old");
        merge();
        path.database.execute("TRUNCATE alohub.customer_outbox RESTART IDENTITY");
        try (var connection = path.database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE alohub_worker");
            statement.execute("SELECT * FROM alohub.outbox_row_numbers(0, 0, 1)");
            statement.execute("SELECT * FROM alohub.check_outbox_numbers(0, 0)");
        }
        assertEquals("1", restarts());
    }
}
