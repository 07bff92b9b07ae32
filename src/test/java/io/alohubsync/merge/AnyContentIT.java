package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Whatever text can hold goes in, and comes to a status. */
class AnyContentIT {

    private final HotPath path = new HotPath();

    @Test
    void content_never_fails_an_insert_and_never_stays_new() throws SQLException {
        String columns =
                "INSERT INTO alohub.customer_outbox (account, phone, name, email, source, source_ref, priority, created_at) VALUES ";
        path.database.execute(columns + "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
        path.database.execute(columns + "('', '', '', '', '', '', -32768, '-infinity')");
        path.database.execute(columns
                + "(repeat('x', 1000000), repeat('0', 1000000), repeat('ễ', 1000000), repeat('@', 1000000), repeat('s', 1000000),"
                + " repeat('r', 1000000), 32767, 'infinity')");
        path.database.execute(
                columns
                        + "('default', '0868793800', repeat('Nguyễn ', 200000), repeat('a', 300) || '@x.vn', NULL, NULL, 0, now())");
        path.database.execute(columns
                + "('default', E'0868793801\\x01\\x7f', U&'\\200b\\202e\\feff', E'\\n\\r\\t', NULL, NULL, 0, now())");
        path.database.execute(
                columns + "('default', '0868793802', '''; DROP TABLE x; --', '{\"a\":1}', NULL, NULL, 0, now())");
        path.insert("0868793803", "Deep", "a@" + "ấ.".repeat(700) + "vn");
        path.merge();
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.outbox_status WHERE status = 'NEW'"));
        assertEquals("3", path.database.one("SELECT count(*) FROM alohub.outbox_status WHERE status = 'REJECTED'"));
        assertEquals("4", path.database.one("SELECT count(*) FROM alohub.sync_status"));
        assertEquals(
                "255", path.database.one("SELECT length(name) FROM alohub.sync_status WHERE phone = '+84868793800'"));
    }

    @Test
    void the_insert_is_there_as_a_function_with_names() throws SQLException {
        long row = Long.parseLong(path.database.one(
                "SELECT alohub.enqueue_customer(phone => '0868793800', name => 'Bằng', priority => 7)"));
        long other = Long.parseLong(
                path.database.one("SELECT alohub.enqueue_customer('0868793801', 'Đỗ', 'do@example.vn')"));
        assertTrue(other > row);
        path.merge();
        assertEquals("PENDING", path.database.rowStatus(row));
        assertEquals(
                "7",
                path.database.one(
                        "SELECT priority FROM alohub.due WHERE customer_id = (SELECT customer_id FROM alohub.customer_outbox WHERE id = "
                                + row + ")"));
    }

    @Test
    void an_uncommitted_row_blocks_nobody_and_is_found_when_it_commits() throws Exception {
        try (var slow = path.database.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            try (var statement = slow.createStatement()) {
                statement.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0868793800', 'Slow')");
            }
            long quick = path.insert("0868793801", "Quick", null);
            path.merge();
            assertEquals("PENDING", path.database.rowStatus(quick));
            slow.commit();
        }
        path.merge();
        assertEquals("2", path.database.one("SELECT count(*) FROM alohub.sync_status"));
    }

    @Test
    void a_row_that_only_the_database_finds_fault_with_is_rejected_alone() throws SQLException {
        path.database.execute("ALTER TABLE alohub.customer ADD CHECK (name <> 'Poison')");
        long before = path.insert("0868793800", "Before", null);
        long poison = path.insert("0868793801", "Poison", null);
        long after = path.insert("0868793802", "After", null);
        path.merge();
        assertEquals("PENDING", path.database.rowStatus(before));
        assertEquals("REJECTED", path.database.rowStatus(poison));
        assertEquals(
                "{row.unreadable}",
                path.database.one("SELECT reason_codes FROM alohub.outbox_status WHERE id = " + poison));
        assertEquals("PENDING", path.database.rowStatus(after));
    }

    @Test
    void a_writer_may_insert_and_read_statuses_and_nothing_else() throws SQLException {
        path.insert("0868793800", "Replaced", null);
        path.merge();
        path.insert("0868793800", "Newer", null);
        path.merge();
        try (var connection = path.database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE alohub_writer");
            statement.execute(
                    "INSERT INTO alohub.customer_outbox (phone, name, email) VALUES ('0868793800', 'Bằng', NULL) RETURNING id");
            statement.execute("SELECT alohub.enqueue_customer('0868793800')");
            statement.execute("SELECT alohub.enqueue_customer('0868793800', traceparent => 'none')");
            statement.execute("SELECT id, status, reason FROM alohub.outbox_status");
            assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM alohub.customer"));
            assertThrows(
                    SQLException.class,
                    () -> statement.execute("UPDATE alohub.customer_outbox SET merge_status = 'UNCHANGED'"));
            assertThrows(SQLException.class, () -> statement.execute("SELECT alohub.retry('0868793800')"));
        }
    }

    @Test
    void a_reader_sees_masked_phones_only() throws SQLException {
        path.insert("0868793800", "Bằng", null);
        path.merge();
        try (var connection = path.database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE alohub_reader");
            try (var row = statement.executeQuery("SELECT phone FROM alohub.sync_status_masked")) {
                row.next();
                assertEquals("***800", row.getString(1));
            }
            statement.execute("SELECT * FROM alohub.outbox_status_masked");
            assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM alohub.sync_status"));
        }
    }
}
