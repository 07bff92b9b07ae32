package io.alohubsync.cli.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
        assertTrue(Screen.mayColour(Map.of()));
        assertTrue(Screen.mayColour(Map.of("NO_COLOR", "")));
        assertFalse(Screen.mayColour(Map.of("NO_COLOR", "1")));
        assertFalse(Screen.mayColour(Map.of("TERM", "dumb")));
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
