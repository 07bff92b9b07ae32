package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.account.Account;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.Unregistered;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.delivery.HotPath;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A person's transaction that stays open delays the customers that it locks, and no others. */
class OpenTransactionIT {

    private static final String PHONE = "0868793800";
    private static final Duration AT_ONCE = Duration.ofSeconds(10); // who waits for a lock, waits for ever

    private final HotPath path = new HotPath();
    private final AtomicLong now = new AtomicLong(1);
    private final OutboxMerge intake = path.newIntake(false, now::get);

    private Connection open(String sql) throws SQLException {
        Connection person = path.database.dataSource().getConnection();
        person.setAutoCommit(false);
        try (Statement statement = person.createStatement()) {
            statement.execute(sql);
        }
        return person;
    }

    private Merged merge(int limit) {
        return assertTimeoutPreemptively(AT_ONCE, () -> intake.mergeBatch(limit, Map.of()));
    }

    @Test
    void a_retry_of_a_delivered_customer_stops_no_merge() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.deliver();
        try (Connection person = open("SELECT alohub.retry('" + PHONE + "')")) {
            long kept = path.insert(PHONE, "B", null);
            long other = path.insert("0912345678", "C", null);
            assertEquals(1, merge(100).stayed());
            assertEquals("NEW", path.database.rowStatus(kept));
            assertEquals("PENDING", path.database.rowStatus(other));
            person.commit();
        }
    }

    @Test
    void twenty_thousand_rows_of_a_locked_customer_hold_up_nobody_and_are_merged_when_it_is_free() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, name, priority) SELECT '" + PHONE
                + "', 'Name ' || i, i % 2 FROM generate_series(1, 20000) i");
        long other = path.insert("0912345678", "C", null);
        try (Connection person = open("SELECT alohub.retry('" + PHONE + "')")) {
            int batches = 0;
            while (merge(500).rows() > 0) {
                assertTrue(++batches <= 4, "two batches of one priority, one of the other, the rest by their spelling");
                later(Duration.ofMillis(20));
            }
            assertEquals("PENDING", path.database.rowStatus(other));
            assertEquals(Duration.ofMillis(60), intake.untilNextScan(Duration.ofSeconds(1)));
            later(Duration.ofMillis(60));
            assertEquals(0, merge(500).rows(), "locked still");
            long another = path.insert("0912345679", "D", null);
            assertEquals(1, merge(500).rows());
            assertEquals("PENDING", path.database.rowStatus(another));
            person.commit();
        }
        later(Duration.ofMillis(500));
        while (merge(500).rows() > 0) {
            later(Duration.ofMillis(1));
        }
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.customer_outbox WHERE merge_status IS NULL"));
        assertEquals("Name 20000", path.database.one("SELECT name FROM alohub.customer WHERE phone = '+84868793800'"));
    }

    @Test
    void rows_among_those_of_locked_customers_are_merged_whoever_spells_alike() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (account, phone, name) SELECT CASE WHEN i = 1900 THEN 'unknown' ELSE 'default' END,"
                        + " CASE i WHEN 1700 THEN '+84868793800' WHEN 1800 THEN '0912345678' WHEN 1850 THEN repeat('0868793800 ', 90000) ELSE '"
                        + PHONE
                        + "' END, 'Name ' || i FROM generate_series(1, 2000) i ORDER BY i");
        try (Connection person = open("SELECT alohub.retry('" + PHONE + "')")) {
            assertEquals(500, merge(500).skipped());
            later(Duration.ofMillis(20));
            assertEquals(500, merge(500).skipped());
            Merged merged = merge(500);
            assertEquals(4, merged.rows(), "the others are skipped by their spelling");
            assertEquals(1, merged.stayed(), "of the locked customer, spelled in another way");
            assertEquals(
                    "MERGED,REJECTED,REJECTED",
                    path.database.one("SELECT string_agg(merge_status, ',' ORDER BY merge_status)"
                            + " FROM alohub.customer_outbox WHERE id > (SELECT min(id) FROM alohub.customer_outbox)"));
            person.commit();
        }
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void more_locked_customers_than_a_batch_hold_up_nobody() throws SQLException {
        String customers = "FROM generate_series(1000, 2199) i";
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '091234' || i, 'A' " + customers);
        path.merge();
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '091234' || i, 'B' " + customers);
        long other = path.insert(PHONE, "C", null);
        try (Connection person = open("SELECT count(alohub.retry(phone, account)) FROM alohub.sync_status")) {
            for (int i = 0; i < 3; i++) {
                merge(500);
            }
            assertEquals("PENDING", path.database.rowStatus(other));
            person.rollback();
        }
        for (int i = 0; i < 10; i++) {
            later(Duration.ofMillis(500));
            merge(500);
        }
        assertEquals("1200", path.database.one("SELECT count(*) FROM alohub.customer WHERE name = 'B'"));
    }

    @Test
    void few_rows_that_stay_are_found_by_the_next_look() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.insert(PHONE, "B", null);
        path.insert("0912345678", "C", null);
        path.insert("0912345679", "D", null);
        try (Connection person = open("SELECT alohub.hold('" + PHONE + "')")) {
            Merged merged = merge(100);
            assertEquals(1, merged.stayed());
            assertEquals(0, merged.skipped());
            person.rollback();
        }
        assertEquals(1, merge(100).rows());
    }

    @Test
    void a_table_that_stays_locked_leaves_the_rows_for_later() throws SQLException {
        long row = path.insert(PHONE, "A", null);
        try (AgroalDataSource pool = path.database.daemonPool()) {
            OutboxMerge daemon = new OutboxMerge(
                    pool,
                    new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                    new Unregistered(),
                    false,
                    System::nanoTime);
            try (Connection person = open("LOCK TABLE alohub.customer IN ACCESS EXCLUSIVE MODE")) {
                SQLException waited = assertThrows(SQLException.class, () -> daemon.mergeBatch(100, Map.of()));
                assertEquals("55P03", waited.getSQLState());
                person.rollback();
            }
            assertEquals("NEW", path.database.rowStatus(row));
            assertEquals(1, daemon.mergeBatch(100, Map.of()).rows());
            assertEquals("PENDING", path.database.rowStatus(row));
        }
    }

    @Test
    void a_table_that_no_merge_needs_delays_none_though_ids_have_started_again() throws SQLException {
        path.insert(PHONE, "Old", null);
        merge(10);
        try (Connection other = open("LOCK TABLE alohub.audit, alohub.api_token IN ACCESS EXCLUSIVE MODE")) {
            path.database.execute("TRUNCATE alohub.customer_outbox RESTART IDENTITY");
            long row = path.insert(PHONE, "New", null);
            merge(10);
            assertEquals("PENDING", path.database.rowStatus(row));
            other.rollback();
        }
    }

    @Test
    void a_row_of_due_that_stays_locked_delays_its_customer_alone() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        try (AgroalDataSource pool = path.database.daemonPool()) {
            OutboxMerge daemon = new OutboxMerge(
                    pool,
                    new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                    new Unregistered(),
                    false,
                    now::get);
            try (Connection person = open("SELECT FROM alohub.due FOR UPDATE")) {
                long kept = path.insert(PHONE, "B", null);
                long other = path.insert("0912345678", "C", null);
                SQLException waited = assertThrows(SQLException.class, () -> daemon.mergeBatch(100, Map.of()));
                assertEquals("55P03", waited.getSQLState());
                assertEquals(1, daemon.mergeBatch(100, Map.of()).stayed());
                assertEquals("NEW", path.database.rowStatus(kept));
                assertEquals("PENDING", path.database.rowStatus(other));
                later(Duration.ofMillis(20));
                assertEquals(0, daemon.mergeBatch(100, Map.of()).rows(), "locked still");
                person.rollback();
            }
            later(Duration.ofSeconds(1));
            assertEquals(1, daemon.mergeBatch(100, Map.of()).rows());
            assertEquals("B", path.database.one("SELECT name FROM alohub.customer WHERE phone = '+84868793800'"));
        }
    }

    @Test
    void a_retry_of_many_customers_and_merges_meet_without_a_deadlock() throws Exception {
        String customers = "FROM generate_series(100, 399) i";
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '0912345' || i, 'A' " + customers);
        path.merge();
        path.deliver();
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            Future<?> retries =
                    people.submit(() -> path.database.execute("SELECT alohub.retry(phone, account), pg_sleep(0.002)"
                            + " FROM (SELECT phone, account FROM alohub.sync_status ORDER BY phone DESC) s"));
            int round = 0;
            while (!retries.isDone()) {
                path.database.execute("INSERT INTO alohub.customer_outbox (phone, name) SELECT '0912345' || i, 'B"
                        + round++ + "' " + customers);
                people.submit(() -> path.intake().mergeBatch(500, Map.of())).get(10, TimeUnit.SECONDS);
            }
            retries.get();
        }
    }

    @Test
    void a_pause_that_is_not_committed_keeps_no_replica_from_registering_and_no_row_from_its_merge()
            throws SQLException {
        path.insert(PHONE, "A", null);
        try (Connection person = open("SELECT alohub.pause(reason => 'test')")) {
            assertTimeoutPreemptively(AT_ONCE, () -> Register.register(path.database.dataSource(), account("default")));
            merge(100);
            assertEquals("PENDING", path.database.status("+84868793800"));
            person.rollback();
        }
        assertFalse(path.database.one("SELECT seen_at FROM alohub.account").isEmpty());
    }

    private static Account account(String name) {
        return new Account(
                name,
                URI.create("http://127.0.0.1"),
                KeySource.fixed("key"),
                "Authorization",
                AlohubSettings.PhoneFormat.NATIONAL,
                64,
                null,
                RowOrder.BY_ID);
    }
}
