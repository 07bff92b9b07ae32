package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without a listener. */
class IdleWaitTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final IdleWait wait = new IdleWait(null, LONG);

    @Test
    void a_wake_up_ends_the_wait_for_rows() {
        wait.wake();
        assertTimeoutPreemptively(SOON, () -> wait.forRows(LONG));
    }

    @Test
    void a_stop_ends_the_wait_for_rows() {
        wait.stop();
        assertTimeoutPreemptively(SOON, () -> wait.forRows(LONG));
    }

    @Test
    void a_locked_customer_is_waited_for_in_short_pauses() {
        assertTimeoutPreemptively(SOON, () -> {
            for (int i = 0; i < 3; i++) {
                wait.forLock(LONG);
            }
        });
    }
}
