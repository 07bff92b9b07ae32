package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.spreadsheet.Workbooks;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        return ended(code, Path.of("/dev/null"), command);
    }

    private static List<String> ended(int code, Path input, String... command) throws Exception {
        try (Daemon process = Daemon.builder()
                .input(input)
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

    /** What somebody may give a command by mistake or on purpose: one sentence, and no row. */
    @Test
    void files_that_are_none_are_refused_by_the_program_too(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path large = folder.resolve("large.csv"); // sparse: it takes no room
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        Path bomb = Workbooks.of(
                folder.resolve("bomb.xlsx"), "<row><c><v>" + " ".repeat(8 << 20) + "</v></c></row>", Map.of());
        byte[] whole = Files.readAllBytes(bomb);
        Path half = Files.write(folder.resolve("half.xlsx"), Arrays.copyOf(whole, whole.length / 2));
        Path line = Files.writeString(folder.resolve("line.csv"), "SĐT\n" + "0".repeat(3 << 20));
        record Case(int code, String says, Path input, String... words) {}
        Path none = Path.of("/dev/null");
        List<Case> cases = List.of(
                new Case(1, "can not be read", none, "import", pipe.toString()),
                new Case(1, "can not be read", none, "import", folder.toString()),
                new Case(1, "too large: split it", none, "import", large.toString()),
                new Case(1, "content that no spreadsheet program writes", none, "import", bomb.toString(), "--yes"),
                new Case(1, "was not written to its end", half, "import", "-", "--yes"),
                new Case(1, "line 2: it is too long", line, "import", "-", "--yes"),
                new Case(1, "the file is empty", none, "import", "-", "--yes"),
                new Case(3, "there is no file a b", none, "import", "a\nb"));
        try (ExecutorService together = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> ends = cases.stream()
                    .map(one -> together.submit(() -> ended(one.code(), one.input(), one.words())))
                    .toList();
            for (int i = 0; i < cases.size(); i++) {
                List<String> said = ends.get(i).get();
                assertEquals(1, said.size(), said.toString());
                assertTrue(said.getFirst().contains(cases.get(i).says()), said.toString());
            }
        }
        assertEquals("0", database.one("SELECT count(*) FROM alohub.customer_outbox"));
    }
}
