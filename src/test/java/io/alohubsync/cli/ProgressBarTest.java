package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Words;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final StringWriter shown = new StringWriter();

    private ProgressBar bar(boolean terminal) {
        PrintWriter to = new PrintWriter(shown);
        return new ProgressBar(new Screen(to, to, Words.english(), false, terminal));
    }

    /** Blanks up to its longest form would go on in the next line of a narrow terminal. */
    @Test
    void its_line_is_cleared_without_a_character_that_could_wrap() {
        ProgressBar bar = bar(true);
        bar.paint(5, 0);
        bar.clear();
        bar.clear();
        assertEquals("\r5 …\r\u001b[K", shown.toString());
    }

    @Test
    void without_a_terminal_it_says_nothing() {
        ProgressBar bar = bar(false);
        bar.paint(5, 10);
        bar.clear();
        assertEquals("", shown.toString());
    }
}
