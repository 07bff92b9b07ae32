package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the command line says before any command begins. */
@ResourceLock("System.in") // it is the process's own
class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Words words, String... arguments) {
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), words, false, false);
        return new Commands(screen, new Settings(), arguments).execute(arguments);
    }

    @Test
    void a_word_that_is_no_command_names_the_nearest_one() {
        assertEquals(ExitCode.USAGE, run(Words.english(), "migrat"));
        assertEquals(
                List.of(
                        "alohub-sync: migrat is no command. Did you mean migrate?",
                        "Run alohub-sync --help to see what it takes."),
                err.toString().lines().toList());
        assertEquals("", out.toString());
    }

    @Test
    void an_option_that_is_none_names_the_nearest_one_if_any_is_near() {
        assertEquals(ExitCode.USAGE, run(Words.english(), "completion", "--hepl"));
        assertTrue(
                err.toString().contains("--hepl is no option of this command. Did you mean --help?"), err.toString());
        assertEquals(ExitCode.USAGE, run(Words.english(), "completion", "--colour"));
        assertTrue(err.toString().contains("--colour is no option of this command.\n"), err.toString());
    }

    @Test
    void faults_are_said_in_vietnamese_where_that_was_chosen() {
        assertEquals(ExitCode.USAGE, run(Words.vietnamese(), "--lang", "vi", "migrat"));
        assertTrue(err.toString().startsWith("alohub-sync: không có lệnh migrat."), err.toString());
    }

    @Test
    void an_option_that_is_given_twice_is_named_in_both_languages() {
        assertEquals(ExitCode.USAGE, run(Words.english(), "status", "--json", "--json"));
        assertTrue(err.toString().startsWith("alohub-sync: --json is given twice.\n"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.USAGE, run(Words.vietnamese(), "retry", "--account", "a", "--account", "b"));
        assertTrue(err.toString().startsWith("alohub-sync: --account được ghi hai lần.\n"), err.toString());
    }

    /** A full disk, or an input that breaks off. */
    @Test
    void a_file_that_can_not_be_read_or_written_is_one_sentence_in_both_languages() {
        InputStream before = System.in;
        System.setIn(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }
        });
        try {
            assertEquals(ExitCode.FAILED, run(Words.english(), "import", "-", "--yes"));
            assertTrue(
                    err.toString().startsWith("alohub-sync: a file can't be read or written: No space left on device."),
                    err.toString());
            err.getBuffer().setLength(0);
            assertEquals(ExitCode.FAILED, run(Words.vietnamese(), "import", "-", "--yes"));
            assertTrue(
                    err.toString().startsWith("alohub-sync: không đọc hoặc ghi được tệp: No space left on device."),
                    err.toString());
        } finally {
            System.setIn(before);
        }
    }

    /** It may be one of customers. */
    @Test
    void no_file_is_read_for_arguments(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("customers.csv"), "0868793800\nThủy\n");
        assertEquals(ExitCode.USAGE, run(Words.english(), "completion", "@" + file));
        assertEquals(
                "alohub-sync: @" + file + " is one word too many.",
                err.toString().lines().findFirst().orElseThrow());
        assertFalse(err.toString().contains("Thủy"), err.toString());
    }

    @Test
    void a_language_that_is_none_of_the_two_is_refused() {
        assertEquals(ExitCode.USAGE, run(Words.english(), "completion", "--lang", "fr"));
        assertEquals("alohub-sync: --lang takes en or vi, not fr.\n", err.toString());
        assertEquals("", out.toString());
        assertEquals(0, run(Words.vietnamese(), "completion", "--lang=vi_VN.UTF-8"));
    }

    @Test
    void the_version_is_that_of_the_program_and_of_the_jvm() {
        assertEquals(0, run(Words.english(), "--version"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.getFirst().startsWith("alohub-sync "), out.toString());
        assertTrue(lines.getLast().startsWith("Java " + Runtime.version().feature()), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void the_help_of_all_lists_the_exit_codes_in_both_languages() {
        assertEquals(0, run(Words.english(), "--help"));
        assertTrue(out.toString().contains("  4   it changes many customers and was not confirmed"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run(Words.english(), "status", "--help"));
        assertFalse(out.toString().contains("Exit codes"), out.toString());
        assertEquals(0, run(Words.vietnamese(), "--help", "--lang", "vi"));
        assertTrue(
                out.toString().contains("Mã thoát:") && out.toString().contains("  5   migrate --plan"),
                out.toString());
    }

    @Test
    void every_command_has_a_description_and_examples_in_both_languages() {
        for (Words words : List.of(Words.english(), Words.vietnamese())) {
            for (String command : new Commands(screen(words), new Settings())
                    .line()
                    .getSubcommands()
                    .keySet()) {
                assertTrue(words.has("alohub-sync." + command + ".usage.description"), command);
                assertEquals(0, run(words, command, "--help"), command);
                String example =
                        words.text("alohub-sync." + command + ".usage.footer").replaceAll("%n.*", "");
                assertTrue(out.toString().contains(example), command + "\n" + out);
                out.getBuffer().setLength(0);
            }
        }
    }

    @Test
    void every_option_is_described() {
        for (String command : new Commands(screen(Words.english()), new Settings())
                .line()
                .getSubcommands()
                .keySet()) {
            run(Words.english(), command, "--help");
        }
        for (String line : out.toString().lines().toList()) {
            assertFalse(line.matches(" *(-[a-z], )?--[a-z-]+(=[A-Z|a-z]+)? *"), "it has no description: " + line);
        }
    }

    private Screen screen(Words words) {
        return new Screen(new PrintWriter(out, true), new PrintWriter(err, true), words, false, false);
    }

    @Test
    void the_completion_script_knows_every_command() {
        assertEquals(0, run(Words.english(), "completion"));
        for (String command : new Commands(screen(Words.english()), new Settings())
                .line()
                .getSubcommands()
                .keySet()) {
            assertTrue(out.toString().contains(command), command);
        }
    }

    @Test
    void without_a_command_it_says_which_there_are() {
        assertEquals(ExitCode.USAGE, run(Words.english(), "--lang", "en"));
        assertTrue(err.toString().contains("completion"), err.toString());
        assertEquals("", out.toString());
    }
}
