package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DaemonTest {

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
