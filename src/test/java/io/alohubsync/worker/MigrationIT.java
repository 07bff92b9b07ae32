package io.alohubsync.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** A migration beside an ERP that writes, on the real database: nobody is kept waiting for more than 2 s. */
class MigrationIT {

    /** What a source may lose to a migration, in milliseconds, and a quarter of a second for the machine. */
    private static final long AT_MOST = 2_250;

    private final TestDatabase database = TestDatabase.empty();

    private Migration migration(String... places) {
        return new Migration(Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("alohub")
                .locations(places));
    }

    /** Up to the version before the bell's trigger, which needs the outbox's lock. */
    private void migrateUpTo(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .schemas("alohub")
                .target(MigrationVersion.fromVersion(version))
                .load()
                .migrate();
    }

    private String version() {
        return database.one("SELECT max(version::int) FROM alohub.flyway_schema_history");
    }

    /** An ERP: a row every 50 ms, each in a transaction of its own. Keeps the longest that one took. */
    private final class Erp implements AutoCloseable {
        private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        private final Connection connection = database.dataSource().getConnection();
        private final AtomicLong longest = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();

        Erp() throws SQLException {
            writer.scheduleWithFixedDelay(this::write, 0, 50, TimeUnit.MILLISECONDS);
        }

        private void write() {
            long begun = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0912300001', 'Erp')");
                rows.incrementAndGet();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            } finally {
                longest.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun), Math::max);
            }
        }

        /** @return the longest insert, in milliseconds */
        long finish() throws Exception {
            writer.shutdown();
            assertTrue(writer.awaitTermination(20, TimeUnit.SECONDS));
            assertTrue(rows.get() > 0, "it wrote");
            return longest.get();
        }

        @Override
        public void close() throws SQLException {
            writer.shutdownNow();
            connection.close();
        }
    }

    /** As the daemon and the command do it: after a refusal a pause, then again. */
    private static int migrate(Migration migration, int refusalsAllowed) throws Exception {
        for (int refusals = 0; ; refusals++) {
            try {
                migration.tryOnce();
                return refusals;
            } catch (Migration.Refused refused) {
                assertTrue(refusals < refusalsAllowed, "refused too often");
                TimeUnit.MILLISECONDS.sleep(refused.pause().toMillis());
            }
        }
    }

    @Test
    void a_long_transaction_holds_the_migration_up_and_not_the_erp() throws Exception {
        migrateUpTo("7");
        try (Connection report = database.dataSource().getConnection();
                Erp erp = new Erp()) {
            report.setAutoCommit(false);
            report.createStatement().execute("LOCK TABLE alohub.customer_outbox IN ROW EXCLUSIVE MODE");
            Migration migration = migration("db/migration");
            long begun = System.nanoTime();
            assertThrows(Migration.Refused.class, migration::tryOnce);
            long tried = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            assertTrue(tried < AT_MOST + 1_000, "one try took " + tried + " ms");
            assertEquals("7", version(), "it was rolled back whole");
            CompletableFuture<Integer> going = CompletableFuture.supplyAsync(() -> {
                try {
                    return migrate(migration, 3);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
            Await.until("it waits again", () -> waiting());
            report.commit();
            going.get(30, TimeUnit.SECONDS);
            long longest = erp.finish();
            assertTrue(longest <= AT_MOST, "an insert took " + longest + " ms");
        }
        assertNotNull(database.one("SELECT 1 FROM pg_trigger WHERE tgname = 'ring_for_a_sleeper'"));
    }

    private boolean waiting() {
        return "t"
                .equals(
                        database.one(
                                "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted"
                                        + " AND a.application_name = 'alohub-sync migrate' AND a.datname = current_database()"));
    }

    @Test
    void a_migration_that_holds_its_locks_too_long_lets_the_erp_go_first() throws Exception {
        migrateUpTo("latest");
        String before = version();
        database.execute("DROP ROLE IF EXISTS test_greedy");
        database.execute("CREATE ROLE test_greedy LOGIN PASSWORD 'greedy' IN ROLE alohub_owner");
        Migration greedy = new Migration(Flyway.configure()
                .dataSource(database.url().replaceFirst("user=[^&]+", "ApplicationName=test"), "test_greedy", "greedy")
                .schemas("alohub")
                .target("900")
                .locations("db/migration", "filesystem:src/test/resources/migrations/greedy"));
        try (Erp erp = new Erp()) {
            assertThrows(Migration.Refused.class, greedy::tryOnce);
            long longest = erp.finish();
            assertTrue(longest >= 1_000 && longest <= AT_MOST, "an insert took " + longest + " ms");
        }
        assertEquals(before, version(), "it was rolled back whole");
    }

    private Migration after(String place) {
        migrateUpTo("latest");
        return migration("db/migration", "filesystem:src/test/resources/migrations/" + place);
    }

    @Test
    void a_limit_of_the_servers_for_statements_ends_no_migration() throws Exception {
        Migration slow = after("slow");
        database.execute("ALTER DATABASE " + database.name() + " SET statement_timeout = '400ms'");
        slow.tryOnce();
        assertEquals("900", version());
    }

    @Test
    void a_migration_that_fails_for_a_reason_of_its_own_names_that_one() {
        Migration broken = after("broken");
        String sentence =
                assertThrows(Migration.Unusable.class, broken::tryOnce).getMessage();
        assertTrue(sentence.contains("relation \"customer\" already exists"), sentence);
        assertTrue(sentence.contains("mend what the server says"), sentence);
    }

    @Test
    void pauses_grow_to_half_a_minute() {
        assertEquals(Duration.ofSeconds(3), Migration.pause(0));
        assertEquals(Duration.ofSeconds(12), Migration.pause(2));
        assertEquals(Duration.ofSeconds(30), Migration.pause(4));
        assertEquals(Duration.ofSeconds(30), Migration.pause(1_000));
    }
}
