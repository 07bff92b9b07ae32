package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FaultTest {

    @Test
    void its_stack_and_causes_are_shown_and_no_message() {
        Exception cause = new IllegalArgumentException("0868793800");
        StringWriter shown = new StringWriter();
        Fault.withoutMessages(new IllegalStateException("bang@gmail.com", cause))
                .printStackTrace(new PrintWriter(shown, true));
        String text = shown.toString();
        assertTrue(text.startsWith("java.lang.IllegalStateException"), text);
        assertTrue(text.contains("Caused by: java.lang.IllegalArgumentException"), text);
        assertTrue(text.contains("FaultTest.its_stack_and_causes_are_shown_and_no_message"), text);
        assertFalse(text.contains("0868793800") || text.contains("bang@gmail.com"), text);
    }

    @Test
    void a_lack_of_memory_is_found_below_what_wraps_it() {
        assertTrue(Fault.isOutOfMemory(new OutOfMemoryError()));
        assertTrue(Fault.isOutOfMemory(new RuntimeException(new RuntimeException(new OutOfMemoryError()))));
        assertFalse(Fault.isOutOfMemory(new RuntimeException(new StackOverflowError())));
    }

    /** A program that has no byte left when it asks. */
    static final class Full {

        private Full() {}

        static void main() {
            Fault.prepareForOutOfMemory();
            Object[] all = null;
            OutOfMemoryError last = new OutOfMemoryError();
            for (int size = 1 << 16; size > 0; size /= 2) {
                try {
                    while (true) {
                        Object[] next = new Object[size];
                        next[0] = all;
                        all = next;
                    }
                } catch (OutOfMemoryError full) {
                    last = full;
                }
            }
            Fault.endIfOutOfMemory(last);
        }
    }

    @Test
    void a_process_without_any_memory_ends_as_the_jvm_would_end_it() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx8m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Full.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, process.waitFor(), said);
        assertEquals("alohub-sync ends: it is out of memory. Give the JVM more (-Xmx).\n", said);
    }
}
