package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alohubsync.loop.WakeUp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClaimPauseTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final WakeUp wakeUp = new WakeUp();
    private final Capacity capacity = new Capacity(1, Duration.ofSeconds(2), false, 0, wakeUp);

    private ClaimPause every(Duration pollInterval) {
        return new ClaimPause(wakeUp, pollInterval, capacity);
    }

    @Test
    void while_idle_it_leaves_the_polls_to_the_question_of_the_replica() {
        assertEquals(ClaimPause.IDLE, every(Duration.ofSeconds(1)).whileAtWork());
        assertEquals(Duration.ofSeconds(30), every(Duration.ofSeconds(30)).whileAtWork());
    }

    @Test
    void while_customers_are_in_flight_the_breaker_is_read_more_often() {
        capacity.takeForProbe();
        assertEquals(ClaimPause.FRESHNESS, every(Duration.ofSeconds(1)).whileAtWork());
        assertEquals(Duration.ofMillis(100), every(Duration.ofMillis(100)).whileAtWork());
    }

    @Test
    void a_claim_that_comes_at_once_waits_for_nothing() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> every(LONG).forNextClaim(Duration.ZERO));
    }

    @Test
    void a_wake_up_before_the_wait_ends_it() {
        wakeUp.wake();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> every(LONG).forNextClaim(LONG));
    }

    @Test
    void room_that_is_free_again_ends_the_wait_for_it() throws Exception {
        capacity.takeForProbe();
        Thread waiting = Thread.ofPlatform().daemon().start(() -> {
            try {
                every(LONG).forCapacity(0, 0);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        while (!capacity.isAwaited()) {
            Thread.onSpinWait();
        }
        capacity.free(1);
        waiting.join(Duration.ofSeconds(10));
        assertEquals(Thread.State.TERMINATED, waiting.getState());
    }
}
