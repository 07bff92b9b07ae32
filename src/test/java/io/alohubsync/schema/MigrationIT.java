package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration beside an ERP that writes, on the real database: no source waits for more than 2 s.
 */
class MigrationIT {

    /**
     * What a source may lose to a migration, in milliseconds, and a quarter of a second for the
     * machine.
     */
    private static final long AT_MOST = 2_250;

    private final TestDatabase database = TestDatabase.empty();

    private static FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure().dataSource(database.dataSource()).schemas("alohub");
    }

    private String newest() {
        return database.one("SELECT script FROM alohub.flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
    }

    /**
     * An ERP: a row every 50 ms, each in a transaction of its own. Keeps the longest that one took.
     */
    private final class Erp implements AutoCloseable {
        private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        private final Connection connection = database.dataSource().getConnection();
        private final AtomicLong longest = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();
        private final String table;

        Erp() throws SQLException {
            this("customer_outbox");
        }

        Erp(String table) throws SQLException {
            this.table = table;
            writer.scheduleWithFixedDelay(this::write, 0, 50, TimeUnit.MILLISECONDS);
        }

        private void write() {
            long begun = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO alohub." + table + " (phone, name) VALUES ('0912300001', 'Erp')");
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
        database.migrateWithOlderTriggers();
        try (Connection report = database.dataSource().getConnection();
                Erp erp = new Erp()) {
            report.setAutoCommit(false);
            report.createStatement().execute("LOCK TABLE alohub.customer_outbox IN ROW EXCLUSIVE MODE");
            Migration migration = new Migration(flyway(database));
            long begun = System.nanoTime();
            assertThrows(Migration.Refused.class, migration::tryOnce);
            long tried = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            assertTrue(tried < AT_MOST + 5_000, "one try took " + tried + " ms");
            assertFalse(database.triggersAreReplaced(), "it was rolled back whole");
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
        assertTrue(database.triggersAreReplaced());
    }

    private boolean waiting() {
        return "t"
                .equals(
                        database.one(
                                "SELECT count(*) > 0 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted"
                                        + " AND a.application_name = 'alohub-sync migrate' AND a.datname = current_database()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer_outbox", "customer_inbox"})
    void a_migration_that_holds_its_locks_too_long_lets_the_erp_go_first(String table) throws Exception {
        flyway(database).load().migrate();
        String before = newest();
        database.execute("DROP ROLE IF EXISTS test_greedy");
        database.execute("CREATE ROLE test_greedy LOGIN PASSWORD 'greedy' IN ROLE alohub_owner");
        Migration greedy = new Migration(Flyway.configure()
                .dataSource(database.url().replaceFirst("user=[^&]+", "ApplicationName=test"), "test_greedy", "greedy")
                .schemas("alohub")
                .placeholders(Map.of("table", table))
                .locations("db/migration", "filesystem:src/test/resources/migrations/greedy"));
        try (Erp erp = new Erp(table)) {
            assertThrows(Migration.Refused.class, greedy::tryOnce);
            long longest = erp.finish();
            assertTrue(longest >= 1_000 && longest <= AT_MOST, "an insert took " + longest + " ms");
        }
        assertEquals(before, newest(), "it was rolled back whole");
    }

    @Test
    void what_a_file_makes_has_its_owner_and_its_rights_when_others_see_it() throws Exception {
        new Migration(flyway(database).locations("db/migration", "filesystem:src/test/resources/migrations/table"))
                .tryOnce();
        assertEquals("alohub_owner", database.one("SELECT tableowner FROM pg_tables WHERE tablename = 'late'"));
        assertEquals("t", database.one("SELECT has_table_privilege('alohub_worker', 'alohub.late', 'INSERT')"));
        assertEquals(
                "f",
                database.one("SELECT has_function_privilege('alohub_reader', 'alohub.late_function()', 'EXECUTE')"));
    }

    @Test
    void every_file_that_is_repeated_can_be_on_a_database_that_has_it() throws Exception {
        flyway(database).load().migrate();
        String schema = shape();
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 0 WHERE script LIKE 'R%'");
        new Migration(flyway(database)).tryOnce();
        assertEquals(
                "9",
                database.one(
                        "SELECT count(*) FROM alohub.flyway_schema_history WHERE script LIKE 'R%' AND checksum <> 0"));
        assertEquals(schema, shape());
    }

    private static final String SHAPE = """
            SELECT string_agg(line, chr(10) ORDER BY line) FROM (
              SELECT concat_ws(' ', oid::regprocedure, prosrc, proconfig, proacl, proowner) AS line
              FROM pg_proc WHERE pronamespace = 'alohub'::regnamespace
              UNION ALL
              SELECT concat_ws(' ', oid::regclass, relacl, relowner, CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END)
              FROM pg_class WHERE relnamespace = 'alohub'::regnamespace
              UNION ALL
              SELECT pg_get_triggerdef(oid) FROM pg_trigger) lines""";

    /** Functions, views and triggers, and who may do what. */
    private String shape() {
        return database.one(SHAPE);
    }

    @Test
    void a_schema_from_before_the_first_release_ends_it_with_the_remedy() throws Exception {
        flyway(database).load().migrate();
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 1 WHERE version = '1'");
        assertTrue(unusable().contains("run the version of alohub-sync that migrated this database"));
        database.execute("UPDATE alohub.flyway_schema_history SET script = 'V1__outbox_customers_and_history.sql'"
                + " WHERE version = '1'");
        String sentence = unusable();
        assertTrue(sentence.contains("from before the first release"), sentence);
        assertTrue(sentence.contains("run DROP SCHEMA alohub CASCADE and start again"), sentence);
    }

    @Test
    void a_schema_that_somebody_else_made_ends_it() {
        database.execute("CREATE SCHEMA alohub; CREATE TABLE alohub.theirs ()");
        String sentence = unusable();
        assertTrue(sentence.contains("no schema history table"), sentence);
    }

    private String unusable() {
        Migration migration = new Migration(flyway(database));
        return assertThrows(Migration.Unusable.class, migration::tryOnce).getMessage();
    }

    private Migration after(String place) {
        flyway(database).load().migrate();
        return new Migration(
                flyway(database).locations("db/migration", "filesystem:src/test/resources/migrations/" + place));
    }

    /** A server may not know all of them yet. */
    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout", "transaction_timeout", "idle_session_timeout"})
    void a_limit_of_the_servers_ends_no_migration(String limit) throws Exception {
        if (database.one("SELECT 1 FROM pg_settings WHERE name = '" + limit + "'") == null) {
            return; // older servers have no such limit
        }
        Migration slow = after("slow");
        database.execute("ALTER DATABASE " + database.name() + " SET " + limit
                + " = '1500ms'"); // a busy machine has pauses of less
        slow.tryOnce();
        assertEquals("t", database.one("SELECT success FROM alohub.flyway_schema_history WHERE version = '900'"));
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

    private static final String NEWER_FUNCTION =
            "CREATE OR REPLACE FUNCTION alohub.schema_number() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1000000'";

    /** As a newer program leaves it: its own R__6 has run, and a V file that this one lacks. */
    private void migrateByANewerProgram() {
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 7 WHERE script LIKE '%R\\_\\_6%'");
        database.execute(
                "INSERT INTO alohub.flyway_schema_history SELECT max(installed_rank) + 1, '1000', 'newer', 'SQL',"
                        + " 'V1000__newer.sql', 7, 'test', now(), 1, true FROM alohub.flyway_schema_history");
        database.execute(NEWER_FUNCTION);
    }

    private String history() {
        return database.one("SELECT count(*) || ' ' || sum(checksum) FROM alohub.flyway_schema_history");
    }

    @Test
    void an_older_program_runs_nothing_over_the_files_of_a_newer_one() throws Exception {
        assertTrue(new Migration(flyway(database)).tryOnce());
        migrateByANewerProgram();
        String history = history();
        assertFalse(new Migration(flyway(database)).tryOnce());
        assertEquals(history, history());
    }

    /** The older one has looked already, and waits for Flyway's lock. */
    @Test
    void nor_does_it_where_the_newer_one_migrates_in_between() throws Exception {
        assertTrue(new Migration(flyway(database)).tryOnce());
        AtomicLong opened = new AtomicLong();
        DataSource real = database.dataSource();
        DataSource between = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (opened.getAndIncrement() == 1) {
                        migrateByANewerProgram();
                    }
                    return method.invoke(real, arguments);
                });
        assertFalse(new Migration(flyway(database).dataSource(between)).tryOnce());
        assertTrue(opened.get() > 2, "it came to Flyway");
        assertEquals("1000000", database.one("SELECT alohub.schema_number()"));
        assertEquals(
                "1",
                database.one("SELECT count(*) FROM alohub.flyway_schema_history WHERE script LIKE '%R\\_\\_6%'"),
                "its own R__6 was not run");
    }

    @Test
    void the_same_and_a_newer_program_run_what_has_changed() throws Exception {
        assertTrue(new Migration(flyway(database)).tryOnce());
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 7 WHERE script LIKE '%R\\_\\_6%'");
        database.execute(NEWER_FUNCTION.replace("1000000", "0"));
        assertTrue(new Migration(flyway(database)).tryOnce());
        assertEquals("R__6_operator_functions.sql", newest());
    }
}
