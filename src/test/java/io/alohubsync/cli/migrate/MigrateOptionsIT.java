package io.alohubsync.cli.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.TestDatabase;
import io.alohubsync.cli.CommandRun;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** migrate --plan and --verify. */
class MigrateOptionsIT {

    private static Map<String, JsonNode> verified(CommandRun command, int code) throws Exception {
        assertEquals(code, command.run("migrate", "--verify", "--json"), command.out() + command.err());
        Map<String, JsonNode> findings = new HashMap<>();
        command.json().forEach(finding -> findings.put(finding.get("check").asText(), finding));
        return findings;
    }

    @Test
    void a_plan_of_an_empty_database_names_every_file_and_changes_nothing() throws Exception {
        TestDatabase database = TestDatabase.empty();
        CommandRun command = CommandRun.on(database);
        assertEquals(5, command.run("migrate", "--plan"), command.err());
        assertTrue(command.out().contains("V1__outbox.sql"), command.out());
        assertTrue(command.out().contains("new   What sources write."), command.out());
        assertTrue(command.err().contains("Nothing was changed"), command.err());
        assertNull(database.one("SELECT to_regnamespace('alohub')"));
        assertEquals(1, command.run("migrate", "--verify"), "nothing is there");
    }

    @Test
    void a_plan_tells_what_is_new_from_what_has_changed() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        CommandRun command = CommandRun.on(database);
        assertEquals(0, command.run("migrate", "--plan"), command.out());
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 0 WHERE script = 'R__2_views.sql';"
                + " DELETE FROM alohub.flyway_schema_history WHERE script = 'R__8_rights.sql'");
        assertEquals(5, command.run("migrate", "--plan", "--json"), command.err());
        Map<String, String> kinds = new HashMap<>();
        command.json()
                .get("planned")
                .forEach(file ->
                        kinds.put(file.get("file").asText(), file.get("kind").asText()));
        assertEquals(Map.of("R__2_views.sql", "CHANGED", "R__8_rights.sql", "NEW"), kinds);
        assertEquals(1, command.run("doctor", "--json"), "the doctor knows too");
        assertTrue(command.out().contains("Migrations that were not applied: 2."), command.out());
        assertEquals(
                "FAILED", verified(command, 1).get("migrations").get("result").asText());
        database.execute(
                "INSERT INTO alohub.flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) VALUES (900, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");
        assertEquals(1, command.run("migrate", "--plan"));
        assertTrue(command.err().contains("V99__later.sql"), command.err());
    }

    /** Its own R__2 differs from the one that was run, as a file of an older version does. */
    @Test
    void over_the_schema_of_a_newer_version_every_option_says_so_and_nothing_runs() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        CommandRun command = CommandRun.on(database);
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 7 WHERE script LIKE '%R\\_\\_2%';"
                + " CREATE OR REPLACE FUNCTION alohub.schema_number() RETURNS int LANGUAGE sql AS 'SELECT 1000000'");
        assertEquals(0, command.run("migrate"), command.err());
        assertTrue(command.err().contains("A newer version"), command.err());
        assertEquals(0, command.run("migrate", "--json"), command.err());
        assertTrue(command.json().get("newer").asBoolean(), command.out());
        assertFalse(command.json().get("up_to_date").asBoolean(), command.out());
        assertEquals(0, command.run("migrate", "--plan", "--json"), command.err());
        assertTrue(command.json().get("newer").asBoolean(), command.out());
        assertTrue(command.json().get("planned").isEmpty(), command.out());
        JsonNode migrations = verified(command, 0).get("migrations");
        assertEquals("WARNING", migrations.get("result").asText(), migrations.toString());
        command.run("doctor");
        assertTrue(command.out().contains("A newer version"), command.out());
        assertEquals(
                "7", database.one("SELECT checksum FROM alohub.flyway_schema_history WHERE script LIKE '%R\\_\\_2%'"));
    }

    @Test
    void a_sound_schema_passes_every_check() throws Exception {
        Map<String, JsonNode> findings = verified(CommandRun.on(TestDatabase.migrated()), 0);
        for (String check : new String[] {"migrations", "checksums", "objects", "rights"}) {
            assertEquals("OK", findings.get(check).get("result").asText(), check);
        }
    }

    /** The daemon's Flyway writes the folder into its history, that of the command does not. */
    @Test
    void a_schema_that_the_daemon_has_migrated_is_checked_as_well() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        database.execute(
                "UPDATE alohub.flyway_schema_history SET script = 'db/migration/' || script WHERE script LIKE '%.sql'"
                        + " AND script NOT LIKE '%/%'; DROP VIEW alohub.customer_inbox");
        CommandRun command = CommandRun.on(database);
        String missing = verified(command, 1).get("objects").get("detail").asText();
        assertTrue(missing.contains("view customer_inbox"), missing);
        database.execute("UPDATE alohub.flyway_schema_history SET checksum = 0 WHERE script LIKE '%R__2_views.sql'");
        assertEquals(5, command.run("migrate", "--plan", "--json"), command.err());
        JsonNode planned = command.json().get("planned").get(0);
        assertEquals(
                "R__2_views.sql CHANGED",
                planned.get("file").asText() + " " + planned.get("kind").asText());
    }

    @Test
    void what_somebody_has_removed_switched_off_or_altered_is_named_with_its_remedy() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        database.execute("DROP INDEX alohub.due_trouble; DROP VIEW alohub.customer_inbox;"
                + " ALTER TABLE alohub.customer_outbox DISABLE TRIGGER notify_idle_listener;"
                + " UPDATE alohub.flyway_schema_history SET checksum = 1 WHERE script = 'V2__customers.sql'");
        Map<String, JsonNode> findings = verified(CommandRun.on(database), 1);
        String missing = findings.get("objects").get("detail").asText();
        for (String one : new String[] {"index due_trouble", "view customer_inbox", "trigger notify_idle_listener"}) {
            assertTrue(missing.contains(one), missing);
        }
        assertTrue(findings.get("objects").get("remedy").asText().contains("psql"));
        assertTrue(findings.get("checksums").get("detail").asText().contains("V2__customers.sql"));
    }

    @Test
    void rights_that_were_taken_or_given_are_named() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        database.execute("REVOKE INSERT ON alohub.customer_inbox FROM alohub_writer;"
                + " GRANT SELECT ON alohub.customer TO alohub_writer");
        JsonNode rights = verified(CommandRun.on(database), 1).get("rights");
        assertTrue(
                rights.get("detail").asText().contains("alohub_writer: INSERT alohub.customer_inbox"),
                rights.toString());
        assertTrue(
                rights.get("detail").asText().contains("alohub_writer: no SELECT alohub.customer"), rights.toString());
        assertTrue(rights.get("remedy").asText().contains("alohub.grant_rights()"), rights.toString());
    }

    @Test
    void a_user_who_may_not_read_the_history_and_both_options_at_once_are_refused() throws Exception {
        TestDatabase database = TestDatabase.migrated();
        database.login("worker", "alohub_worker").close();
        CommandRun command = CommandRun.on(database)
                .with("quarkus.datasource.jdbc.url", database.urlWithoutLogin())
                .with("quarkus.datasource.username", database.name() + "_worker")
                .with("quarkus.datasource.password", "secret");
        assertEquals(1, command.run("migrate", "--plan"));
        assertTrue(command.err().contains("member of alohub_owner"), command.err());
        assertEquals(2, command.run("migrate", "--plan", "--verify"));
    }
}
