package io.alohubsync.intake.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.TestDatabase;
import io.alohubsync.retention.ExpiredRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntryWriterIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final EntryWriter writer = new EntryWriter(DATABASE.dataSource());

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM alohub.customer_outbox; DELETE FROM alohub.intake_key");
    }

    private static OutboxEntry entry(String name, IdempotencyKey key) {
        return new OutboxEntry("default", "form", "0868793800", name, "a@b.vn", "ref", 7L, (short) 10, null, key);
    }

    private static IdempotencyKey key(String key, String said) {
        return IdempotencyKey.of("form", key, null, said);
    }

    private static long row(Written written) {
        return assertInstanceOf(Written.Row.class, written).id();
    }

    private static String count(String table) {
        return DATABASE.one("SELECT count(*) FROM alohub." + table);
    }

    @Test
    void a_row_is_what_a_source_would_write() throws SQLException {
        long id = row(writer.write(List.of(entry("Thủy", null))).getFirst());
        assertEquals(
                "default|form|0868793800|Thủy|a@b.vn|ref|7|10|t",
                DATABASE.one(
                        "SELECT concat_ws('|', account, source, phone, name, email, source_ref, source_version, priority, ranks_by_id)"
                                + " FROM alohub.customer_outbox WHERE id = " + id));
    }

    @Test
    void ids_come_in_the_order_of_the_entries() throws SQLException {
        List<OutboxEntry> entries =
                IntStream.range(0, 700).mapToObj(i -> entry("n" + i, null)).toList();
        List<Written> written = writer.write(entries);
        for (int i = 0; i < entries.size(); i += 99) {
            assertEquals(
                    "n" + i, DATABASE.one("SELECT name FROM alohub.customer_outbox WHERE id = " + row(written.get(i))));
        }
    }

    @Test
    void an_entry_that_cannot_be_stored_costs_no_other() throws SQLException {
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(entry(i == 13 ? "n\u0000" : "n" + i, null));
        }
        List<Written> written = writer.write(entries);
        assertEquals("19", count("customer_outbox"));
        assertEquals(new Written.NotStorable("name"), written.get(13));
        assertEquals("n12", DATABASE.one("SELECT name FROM alohub.customer_outbox WHERE id = " + row(written.get(12))));
    }

    @Test
    void the_field_that_cannot_be_stored_is_named_and_the_others_are_not() throws SQLException {
        assertEquals(
                List.of(
                        new Written.NotStorable("phone"),
                        new Written.NotStorable("email"),
                        new Written.NotStorable("source_ref"),
                        new Written.NotStorable(null)),
                writer.write(List.of(
                        said("\u0000", "n", "e", "r"),
                        said("0868793800", "n", "e\u0000", "r"),
                        said("0868793800", "n", "e", "\u0000"),
                        said("0868793800", "n\u0000", "e\u0000", "r"))));
        assertEquals("0", count("customer_outbox"));
    }

    private static OutboxEntry said(String phone, String name, String email, String reference) {
        return new OutboxEntry("default", "form", phone, name, email, reference, 7L, (short) 10, null, null);
    }

    @Test
    void a_repeated_request_gets_the_first_answer_and_another_payload_none() throws SQLException {
        long first = row(writer.write(List.of(entry("A", key("k", "A")))).getFirst());
        assertEquals(first, row(writer.write(List.of(entry("A", key("k", "A")))).getFirst()));
        assertInstanceOf(
                Written.KeyReused.class,
                writer.write(List.of(entry("B", key("k", "B")))).getFirst());
        assertEquals("1", count("customer_outbox"));
    }

    @Test
    void a_key_belongs_to_its_source_and_its_line() throws SQLException {
        List<IdempotencyKey> keys = List.of(
                IdempotencyKey.of("form", "k", null, "A"),
                IdempotencyKey.of("bot", "k", null, "A"),
                IdempotencyKey.of("form", "k", 1, "A"),
                IdempotencyKey.of("form", "k", 2, "A"));
        writer.write(keys.stream().map(key -> entry("A", key)).toList());
        assertEquals("4", count("customer_outbox"));
    }

    @Test
    void while_the_first_request_runs_the_second_learns_so() throws SQLException {
        List<Written> together = writer.write(List.of(entry("A", key("k", "A")), entry("A", key("k", "A"))));
        row(together.get(0));
        assertInstanceOf(Written.KeyInUse.class, together.get(1));
        try (Connection running = DATABASE.dataSource().getConnection();
                Statement statement = running.createStatement()) {
            running.setAutoCommit(false);
            statement.execute("SELECT pg_try_advisory_xact_lock(1768843595, hashtext('"
                    + key("other", "A").digest() + "'))");
            assertInstanceOf(
                    Written.KeyInUse.class,
                    writer.write(List.of(entry("A", key("other", "A")))).getFirst());
            running.rollback();
        }
        row(writer.write(List.of(entry("A", key("other", "A")))).getFirst());
    }

    @Test
    void a_request_that_has_ended_gives_its_answer_also_while_it_is_repeated() throws SQLException {
        long first = row(writer.write(List.of(entry("A", key("k", "A")))).getFirst());
        List<Written> together = writer.write(List.of(entry("A", key("k", "A")), entry("A", key("k", "A"))));
        assertEquals(
                List.of(first, first), together.stream().map(EntryWriterIT::row).toList());
        try (Connection repeated = DATABASE.dataSource().getConnection()) {
            repeated.setAutoCommit(false);
            EntrySql.lockKeys(repeated, List.of(entry("A", key("k", "A"))));
            assertEquals(
                    first, row(writer.write(List.of(entry("A", key("k", "A")))).getFirst()));
            assertInstanceOf(
                    Written.KeyReused.class,
                    writer.write(List.of(entry("B", key("k", "B")))).getFirst());
            repeated.rollback();
        }
    }

    /**
     * The server has one table of locks for all: one that is full fails the transactions of the
     * ERP.
     */
    @Test
    void a_request_takes_one_lock_however_many_customers_it_has() throws SQLException {
        List<OutboxEntry> customers = IntStream.range(0, 1_000)
                .mapToObj(part -> entry("n" + part, IdempotencyKey.of("form", "k", part, "A")))
                .toList();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            EntrySql.lockKeys(connection, customers);
            try (ResultSet locks = statement.executeQuery(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")) {
                locks.next();
                assertEquals(1, locks.getInt(1));
            }
            assertInstanceOf(
                    Written.KeyInUse.class,
                    writer.write(customers.subList(7, 8)).getFirst());
            connection.rollback();
        }
        row(writer.write(customers).getLast());
    }

    @Test
    void a_key_whose_row_was_not_committed_is_free() {
        OutboxEntry unreadable = entry("n\u0000", key("k", "A"));
        org.junit.jupiter.api.Assertions.assertDoesNotThrow(() -> writer.write(List.of(unreadable)));
        assertEquals("0", count("intake_key"));
    }

    @Test
    void after_a_day_a_key_is_free_and_is_deleted() throws SQLException {
        long first = row(writer.write(List.of(entry("A", key("k", "A")))).getFirst());
        writer.write(List.of(entry("A", key("young", "A"))));
        DATABASE.execute(
                "UPDATE alohub.intake_key SET created_at = created_at - interval '24 hours 1 second' WHERE row_id = "
                        + first);
        row(writer.write(List.of(entry("B", key("k", "B")))).getFirst());
        assertEquals("3", count("customer_outbox"));
        DATABASE.execute(
                "UPDATE alohub.intake_key SET created_at = created_at - interval '24 hours 1 second' WHERE key = '"
                        + key("k", "B").digest() + "'");
        new ExpiredRows(DATABASE.dataSource()).purge();
        assertEquals(key("young", "A").digest(), DATABASE.one("SELECT key FROM alohub.intake_key"));
        assertEquals("1", count("intake_key"));
    }

    @Test
    void a_lost_database_is_the_callers_to_say() {
        TestDatabase away = TestDatabase.migrated();
        away.cutOff(true);
        assertThrows(SQLException.class, () -> new EntryWriter(away.dataSource()).write(List.of(entry("A", null))));
    }

    @Test
    void requests_of_many_threads_are_committed_together() throws Exception {
        GroupCommit commits = new GroupCommit(writer, Duration.ofSeconds(10), System::nanoTime);
        List<CompletableFuture<Written>> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            OutboxEntry entry = entry("n" + i, null);
            CompletableFuture<Written> request = new CompletableFuture<>();
            requests.add(request);
            Thread.ofVirtual().start(() -> {
                try {
                    request.complete(commits.write(entry));
                } catch (InterruptedException stopped) {
                    request.completeExceptionally(stopped);
                }
            });
        }
        commits.start();
        requests.forEach(request -> row(request.join()));
        commits.stop();
        assertEquals("300", count("customer_outbox"));
        String transactions = DATABASE.one("SELECT count(DISTINCT xmin::text) FROM alohub.customer_outbox");
        assertEquals(true, Integer.parseInt(transactions) < 100, transactions);
    }

    @Test
    void what_waits_is_bounded() throws Exception {
        GroupCommit commits = new GroupCommit(writer, Duration.ofMillis(1), System::nanoTime); // nobody writes
        OutboxEntry large = entry("n".repeat(1 << 20), null);
        for (int i = 0; i < 7; i++) {
            assertInstanceOf(Written.Unavailable.class, commits.write(large));
        }
        assertInstanceOf(Written.Busy.class, commits.write(large));
    }
}
