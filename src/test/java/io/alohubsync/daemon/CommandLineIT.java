package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    void nothing_found_and_a_word_that_is_no_command_have_exit_codes_of_their_own() throws Exception {
        ended(3, "retry", "--reason", "REFUSED", "--yes");
        List<String> lines = ended(2, "migrat");
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains("migrat is no command. Did you mean migrate?"), lines.toString());
    }
}
