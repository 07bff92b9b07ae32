package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DaemonTest {

    /** As docker/jvm.options has it for the shipped daemon. */
    @Test
    void the_demo_and_its_daemon_write_utf_8_whatever_the_locale() throws Exception {
        assertTrue(Files.readString(Path.of("demo")).contains("-Dstdout.encoding=UTF-8"));
        try (Daemon daemon = Daemon.builder()
                .with("LC_ALL", "C")
                .jvm("-XshowSettings:properties", "-version") // before it looks for the jar
                .start()) {
            daemon.awaitExit(60);
            assertTrue(
                    daemon.output().stream().anyMatch(line -> line.strip().equals("stdout.encoding = UTF-8")),
                    () -> String.join("\n", daemon.output()));
        }
    }

    @Test
    void one_that_can_not_start_is_not_waited_for_although_its_process_takes_long_to_end() throws Exception {
        String sentence = "alohub-sync can't start: alohub.api-key is missing";
        try (Daemon daemon = Daemon.builder()
                .command("sh", "-c", "echo \"" + sentence + "\"; exec sleep 300")
                .start()) {
            IllegalStateException failure = assertTimeout(
                    Duration.ofSeconds(30), () -> assertThrows(IllegalStateException.class, daemon::awaitReady));
            assertTrue(failure.getMessage().contains(sentence), failure.getMessage());
            assertFalse(daemon.isAlive(), "a daemon that nothing refers to any more");
        }
    }
}
