package io.alohubsync.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.cli.shell.Screen.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line takes for a terminal. */
class ScreenTest {

    @Test
    void colours_stay_away_where_the_environment_says_so() {
        assertTrue(Kind.of(true, true, Map.of()).colour());
        assertTrue(Kind.of(true, true, Map.of("NO_COLOR", "")).colour());
        assertFalse(Kind.of(true, true, Map.of("NO_COLOR", "1")).colour());
        assertFalse(Kind.of(true, true, Map.of("TERM", "dumb")).colour());
        assertFalse(Kind.of(false, true, Map.of()).colour());
    }

    /** Tables of {@code status --watch} would stand one below the other. */
    @Test
    void a_terminal_without_colours_is_cleared_too() {
        assertEquals("\u001b[H\u001b[2J", cleared(Kind.of(true, true, Map.of("NO_COLOR", "1"))));
        assertEquals("\u001b[H\u001b[2J", cleared(Kind.of(true, false, Map.of())));
        assertEquals("", cleared(Kind.of(true, true, Map.of("TERM", "dumb"))));
        assertEquals("", cleared(Kind.of(false, true, Map.of())));
    }

    private static String cleared(Kind kind) {
        StringWriter out = new StringWriter();
        new Screen(new PrintWriter(out), new PrintWriter(new StringWriter()), Words.english(), kind).clear();
        return out.toString();
    }

    @Test
    void words_that_go_to_a_file_are_no_question_and_no_progress(@TempDir Path folder) throws IOException {
        Path link = folder.resolve("2");
        for (String terminal : List.of("/dev/pts/3", "/dev/tty1", "/dev/console")) {
            Files.createSymbolicLink(link, Path.of(terminal));
            assertTrue(Screen.isTerminal(link), terminal);
            Files.delete(link);
        }
        for (String none : List.of("/tmp/err.log", "/dev/null", "pipe:[123]")) {
            Files.createSymbolicLink(link, Path.of(none));
            assertFalse(Screen.isTerminal(link), none);
            Files.delete(link);
        }
        assertTrue(Screen.isTerminal(link), "a system without such a link");
    }
}
