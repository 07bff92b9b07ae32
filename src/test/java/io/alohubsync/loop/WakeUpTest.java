package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WakeUpTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final WakeUp wakeUp = new WakeUp();

    @Test
    void without_a_wake_up_a_wait_ends_with_its_time() throws InterruptedException {
        assertFalse(wakeUp.await(Duration.ZERO));
    }

    @Test
    void one_that_comes_while_the_loop_works_ends_its_next_wait() {
        wakeUp.wake();
        assertTrue(assertTimeoutPreemptively(SOON, () -> wakeUp.await(LONG)));
    }

    @Test
    void several_count_as_one() throws InterruptedException {
        wakeUp.wake();
        wakeUp.wake();
        assertTrue(wakeUp.await(Duration.ZERO));
        assertFalse(wakeUp.await(Duration.ZERO));
    }

    @Test
    void one_that_comes_while_the_loop_waits_ends_that_wait() {
        CompletableFuture<Boolean> woken = new CompletableFuture<>();
        Thread loop = Thread.ofPlatform().daemon().start(() -> {
            try {
                woken.complete(wakeUp.await(LONG));
            } catch (InterruptedException stopped) {
                woken.completeExceptionally(stopped);
            }
        });
        Await.until("it waits", () -> loop.getState() == Thread.State.TIMED_WAITING);
        wakeUp.wake();
        assertEquals(true, woken.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join());
    }
}
