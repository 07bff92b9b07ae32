package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.spreadsheet.Workbooks;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
        return ended(code, program(database, input, command));
    }

    private static Daemon.Builder program(TestDatabase database, Path input, String... command) {
        return Daemon.builder()
                .input(input)
                .database(TestDatabase.Server.get(), database.url())
                .alohub("http://127.0.0.1:1", "K3y-of-nobody")
                .jvm(QuickStart.options())
                .jvm("-Dstdout.encoding=UTF-8")
                .arguments(command);
    }

    private static List<String> ended(int code, Daemon.Builder program) throws Exception {
        try (Daemon process = program.start()) {
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

    @Test
    void each_command_is_there_and_the_environment_decides_on_language_and_colours() throws Exception {
        Required.toBeThere("script (Debian: bsdutils)", Files.isExecutable(Path.of("/usr/bin/script")));
        record Case(int code, String says, Map<String, String> environment, String... words) {}
        Map<String, String> none = Map.of();
        List<Case> cases = List.of(
                new Case(0, "alohub-sync ", none, "--version"),
                new Case(3, "there is no customer and no row for 0868793800.", none, "show", "0868793800"),
                new Case(0, "All hold what it says", none, "verify"),
                new Case(3, "No customer matches that is delivered and at rest.", none, "resync", "--dry-run"),
                new Case(3, "No recipe is installed", none, "backfill", "erp", "--dry-run"),
                new Case(0, "The schema alohub is up to date", none, "migrate", "--plan"),
                new Case(0, "ok ", none, "migrate", "--verify"),
                new Case(0, "TÀI KHOẢN", Map.of("LC_ALL", "", "LC_MESSAGES", "", "LANG", "vi_VN.UTF-8"), "status"),
                new Case(0, "\u001b[", Map.of("TERM", "xterm"), "status"),
                new Case(0, "ACCOUNT", Map.of("TERM", "xterm", "NO_COLOR", "1"), "status"));
        try (ExecutorService together = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> ends = cases.stream()
                    .map(one -> together.submit(() -> {
                        Daemon.Builder program = program(database, Path.of("/dev/null"), one.words());
                        one.environment().forEach(program::with);
                        return ended(
                                one.code(), one.environment().containsKey("TERM") ? program.onTerminal() : program);
                    }))
                    .toList();
            for (int i = 0; i < cases.size(); i++) {
                String said = String.join("\n", ends.get(i).get());
                Case one = cases.get(i);
                assertTrue(said.contains(one.says()), said);
                assertFalse(one.environment().containsKey("NO_COLOR") && said.contains("\u001b["), said);
            }
        }
    }

    private static final int LINES = 5_000;

    /** Every tenth line has no usable phone. */
    private static String customers() {
        StringBuilder text = new StringBuilder("SĐT,Họ tên\n");
        for (int i = 0; i < LINES; i++) {
            text.append(i % 10 == 9 ? "12" : "09" + (10_000_000 + i)).append(",Khách\n");
        }
        return text.toString();
    }

    /** It waits in the transaction of its second batch. */
    private static List<String> cutOff(TestDatabase database, Daemon.Builder program, Consumer<Daemon> end)
            throws Exception {
        List<String> said;
        try (Connection holder = database.dataSource().getConnection();
                Statement lock = holder.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(7)");
            try (Daemon process = program.start()) {
                Await.until(
                        "the second batch waits",
                        () -> "1"
                                .equals(
                                        database.one(
                                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")));
                end.accept(process);
                assertNotEquals(0, process.awaitExit(60), String.join("\n", process.output()));
                said = process.output();
            }
        }
        Await.until(
                "its session has ended",
                () -> "0"
                        .equals(database.one("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'alohub-sync command'")));
        return said;
    }

    @Test
    void an_import_that_is_ended_or_killed_goes_on_and_writes_no_row_twice(@TempDir Path folder) throws Exception {
        TestDatabase own = TestDatabase.migrated();
        own.execute(
                "CREATE FUNCTION wait_for_the_test() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS $$ BEGIN"
                        + " IF (SELECT max(lines) FROM alohub.file_import) >= 4000 THEN PERFORM pg_advisory_xact_lock(7); END IF;"
                        + " RETURN NULL; END $$;"
                        + " CREATE TRIGGER wait_for_the_test BEFORE INSERT ON alohub.customer_outbox FOR EACH STATEMENT EXECUTE FUNCTION wait_for_the_test()");
        Path file = Files.writeString(folder.resolve("customers.csv"), customers());
        Path none = Path.of("/dev/null");

        List<String> said = cutOff(own, program(own, none, "import", file.toString(), "--yes"), Daemon::terminate);
        assertTrue(said.toString().contains("At least 1800 rows of the file are written"), said.toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "no customers are left beside it");
        }
        assertEquals("2000 1800", progress(own));

        Daemon.Builder piped = program(
                        own,
                        file,
                        "import",
                        "-",
                        "--yes",
                        "--rejected",
                        folder.resolve("r.csv").toString())
                .jvm("-Djava.io.tmpdir=" + folder);
        cutOff(own, piped, Daemon::kill);
        assertEquals("2000 1800", progress(own));
        assertFalse(Files.exists(folder.resolve("r.csv")));

        own.execute("DROP TRIGGER wait_for_the_test ON alohub.customer_outbox");
        said = ended(0, program(own, none, "import", file.toString(), "--yes"));
        assertTrue(said.toString().contains("was cut off. Lines done: 2000, rows written: 1800."), said.toString());
        assertEquals("5000 4500", progress(own));
        assertEquals("4500", own.one("SELECT count(DISTINCT source_ref) FROM alohub.customer_outbox"));
        assertEquals(
                1 + LINES / 10,
                Files.readAllLines(folder.resolve("customers.rejected.csv")).size());
        said = ended(0, program(own, file, "import", "-", "--yes"));
        assertTrue(said.toString().contains("This file was imported whole (rows: 4500)."), said.toString());
        assertEquals("5000 4500", progress(own));
    }

    /** Lines done, and rows, which are both there or both not. */
    private static String progress(TestDatabase database) {
        assertEquals(
                database.one("SELECT written FROM alohub.file_import"),
                database.one("SELECT count(*) FROM alohub.customer_outbox"));
        return database.one("SELECT lines || ' ' || written FROM alohub.file_import");
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
