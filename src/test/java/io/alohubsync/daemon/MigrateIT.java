package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The command migrate of the packaged program, and the daemon behind it without the right to change
 * the schema.
 */
@Execution(ExecutionMode.CONCURRENT)
class MigrateIT {

    private final Rig rig = new Rig(TestDatabase.empty());

    @AfterEach
    void stop() {
        rig.close();
    }

    private Daemon.Builder migrate() {
        return Daemon.builder()
                .database(TestDatabase.Server.get(), rig.database.url())
                .jvm(QuickStart.options())
                .arguments("migrate");
    }

    private static List<String> ended(Daemon.Builder command, int code) throws Exception {
        try (Daemon process = command.start()) {
            assertEquals(code, process.awaitExit(60), String.join("\n", process.output()));
            return process.output();
        }
    }

    @Test
    void two_at_once_wait_for_each_other_with_the_datasources_settings_alone_and_end() throws Exception {
        List<String> done = List.of("The schema alohub is up to date.");
        try (Daemon one = migrate().start();
                Daemon other = migrate().start()) {
            assertEquals(0, one.awaitExit(60), String.join("\n", one.output()));
            assertEquals(0, other.awaitExit(60), String.join("\n", other.output()));
            assertEquals(done.getLast(), one.output().getLast());
            assertEquals(done.getLast(), other.output().getLast());
        }
        assertEquals("t", rig.database.one("SELECT bool_and(success) FROM alohub.flyway_schema_history"));
        assertEquals(done, ended(migrate(), 0), "nothing is left to do");
    }

    @Test
    void an_owner_migrates_and_a_worker_without_ddl_delivers() throws Exception {
        String name = rig.database.one("SELECT current_database()");
        for (String role : List.of("alohub_owner", "alohub_worker", "alohub_writer", "alohub_reader")) {
            rig.database.execute(
                    "DO $$ BEGIN CREATE ROLE " + role + " NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        }
        rig.database.execute("DROP ROLE IF EXISTS test_migrate, test_sync");
        rig.database.execute("CREATE ROLE test_migrate LOGIN PASSWORD 'migrate' IN ROLE alohub_owner");
        rig.database.execute("CREATE ROLE test_sync LOGIN PASSWORD 'sync' IN ROLE alohub_worker");
        rig.database.execute("GRANT CREATE ON DATABASE " + name + " TO alohub_owner");
        String url = rig.database.url().replaceFirst("user=[^&]+", "ApplicationName=test");
        ended(
                migrate()
                        .with("QUARKUS_DATASOURCE_JDBC_URL", url)
                        .with("QUARKUS_DATASOURCE_USERNAME", "test_migrate")
                        .with("QUARKUS_DATASOURCE_PASSWORD", "migrate"),
                0);
        assertEquals(
                "alohub_owner",
                rig.database.one("SELECT tableowner FROM pg_tables WHERE tablename = 'customer_outbox'"));
        rig.start(rig.daemon()
                .with("QUARKUS_DATASOURCE_JDBC_URL", url)
                .with("QUARKUS_DATASOURCE_USERNAME", "test_sync")
                .with("QUARKUS_DATASOURCE_PASSWORD", "sync")
                .with("ALOHUB_DATABASE_MIGRATE", "false"));
        rig.insertMany(5);
        Await.until(
                "all are delivered",
                () -> "5"
                        .equals(rig.database.one(
                                "SELECT count(*) FROM alohub.sync_status WHERE status = 'DELIVERED'")));
    }

    @Test
    void a_daemon_that_migrates_itself_gives_the_rights_and_keeps_no_connection_of_the_migration() throws Exception {
        rig.start();
        assertEquals(
                "t",
                rig.database.one("SELECT has_table_privilege('alohub_writer', 'alohub.outbox_status', 'SELECT')"),
                "it has given the rights");
        assertEquals(
                "0",
                rig.database.one("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alohub-sync migrate'"
                        + " AND datname = current_database()"));
    }

    @Test
    void a_table_in_use_is_waited_for() throws Exception {
        rig.database.migrateWithOlderTriggers();
        try (Connection report = rig.database.dataSource().getConnection();
                Daemon process = migrate().start()) {
            report.setAutoCommit(false);
            report.createStatement().execute("INSERT INTO alohub.customer_outbox (phone) VALUES ('0912300001')");
            Await.until(
                    "it was refused",
                    () -> process.output().stream()
                            .anyMatch(line -> line.contains("use a table that the migration changes")));
            report.rollback();
            assertEquals(0, process.awaitExit(60));
            assertEquals(2, process.output().size(), process.output().toString());
        }
        assertTrue(rig.database.triggersAreReplaced());
    }

    /** Flyway's lock on the history of the schema. */
    @Test
    void another_migration_is_waited_for_and_said() throws Exception {
        long lock = (0x466CL << 32) + 0x79776179L + "\"alohub\".\"flyway_schema_history\"".hashCode();
        rig.database.migrateWithOlderTriggers();
        try (Connection other = rig.database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT pg_advisory_xact_lock(" + lock + ")");
            try (Daemon process = migrate().arguments("--lang", "vi").start()) {
                Await.until("it says so", () -> !process.output().isEmpty());
                other.rollback();
                assertEquals(0, process.awaitExit(60));
                assertEquals(
                        List.of(
                                "một tiến trình khác đang cập nhật schema alohub; sẽ thử lại",
                                "Schema alohub đã ở phiên bản mới nhất."),
                        process.output());
            }
        }
    }

    @Test
    void it_needs_a_database_and_says_so() throws Exception {
        List<String> lines = ended(Daemon.builder().jvm(QuickStart.options()).arguments("migrate"), 1);
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.getFirst().startsWith("alohub-sync can't migrate: quarkus.datasource.jdbc.url is missing"),
                lines.toString());
    }

    @Test
    void a_user_who_may_not_change_the_schema_ends_it_with_one_line() throws Exception {
        rig.database.execute("DROP ROLE IF EXISTS test_nobody");
        rig.database.execute("CREATE ROLE test_nobody LOGIN PASSWORD 'nobody'");
        List<String> lines = ended(
                migrate()
                        .with(
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                rig.database.url().replaceFirst("user=[^&]+", "ApplicationName=test"))
                        .with("QUARKUS_DATASOURCE_USERNAME", "test_nobody")
                        .with("QUARKUS_DATASOURCE_PASSWORD", "nobody"),
                1);
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains("give the user the right to create the schema"), lines.toString());
    }
}
