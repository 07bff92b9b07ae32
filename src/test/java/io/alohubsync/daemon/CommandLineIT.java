package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands of the packaged program, as processes: what they do is tested in {@code cli}. */
@Execution(ExecutionMode.CONCURRENT)
class CommandLineIT {

    private static TestDatabase database;

    @BeforeAll
    static void account() {
        database = TestDatabase.migrated();
        database.execute("INSERT INTO alohub.account (name, seen_at) VALUES ('default', now())"
                + " ON CONFLICT (name) DO UPDATE SET seen_at = now()");
    }

    private static List<String> ended(int code, String... command) throws Exception {
        try (Daemon process = Daemon.builder()
                .database(TestDatabase.Server.get(), database.url())
                .alohub("http://127.0.0.1:1", "K3y-of-nobody")
                .jvm(QuickStart.options())
                .jvm("-Dstdout.encoding=UTF-8")
                .arguments(command)
                .start()) {
            assertEquals(code, process.awaitExit(60), String.join("\n", process.output()));
            assertFalse(process.output().toString().contains("K3y-of-nobody"), "it prints no key");
            return process.output();
        }
    }

    @Test
    void data_are_one_line_of_json() throws Exception {
        List<String> lines = ended(0, "status", "--json");
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("{\"accounts\":[{\"account\":\"default\","), lines.toString());
    }

    @Test
    void the_settings_of_the_daemon_are_checked_and_said_in_vietnamese() throws Exception {
        List<String> lines = ended(1, "doctor", "--lang", "vi");
        assertTrue(lines.toString().contains("Các cài đặt hợp lệ."), lines.toString());
        assertTrue(lines.toString().contains("Cơ sở dữ liệu trả lời."), lines.toString());
    }

    @Test
    void nothing_found_and_a_misspelt_option_have_exit_codes_of_their_own() throws Exception {
        ended(3, "retry", "--reason", "REFUSED", "--yes");
        ended(2, "status", "--wathc");
    }

    @Test
    void the_daemon_loads_none_of_it(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes");
        try (Daemon daemon = Daemon.builder()
                .jvm("-Xlog:class+load:file=" + log)
                .with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:nothing")
                .start()) {
            assertEquals(1, daemon.awaitExit(60), String.join("\n", daemon.output()));
        }
        String classes = Files.readString(log);
        assertTrue(classes.contains("io.alohubsync.config.SettingsGuard"), "it began to start");
        assertFalse(classes.contains(" picocli."), "picocli");
        assertFalse(classes.contains(" io.alohubsync.cli."), "commands");
    }
}
