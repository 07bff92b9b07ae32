package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One loop that hangs in its first round and one that goes on; the clock is the test's. */
class StalledLoopsTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<String> exits = new ArrayList<>();
    private final StalledLoops stalled = new StalledLoops(Duration.ofSeconds(1), clock::get, exits::add);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Loop hanging = new Loop(
            "claim-default",
            () -> {
                hangs.countDown();
                end.await();
            },
            clock::get);
    private final Loop turning = new Loop("merge", () -> TimeUnit.MILLISECONDS.sleep(1), clock::get);
    private final List<Loop> loops = List.of(turning, hanging);

    @BeforeEach
    void start() throws InterruptedException {
        hanging.start();
        turning.start();
        hangs.await();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loops.forEach(Loop::stop);
        end.countDown();
        for (Loop loop : loops) {
            loop.join(Duration.ofSeconds(10));
        }
    }

    private void pass(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        Await.until("the other has begun another round", () -> turning.ageSeconds() == 0);
    }

    @Test
    void a_loop_that_hangs_is_named_after_a_while_and_ends_the_process_when_nothing_helps_it() {
        pass(92);
        assertEquals(List.of(), stalled.names(loops));
        pass(1);
        assertEquals(List.of("claim-default"), stalled.names(loops));
        pass(93);
        assertFalse(stalled.endIfStuck(loops));
        pass(92);
        assertFalse(stalled.endIfStuck(loops));
        assertEquals(List.of(), exits);
        pass(1);
        assertTrue(stalled.endIfStuck(loops));
        assertEquals(
                List.of(
                        "the loop or job claim-default has not begun a round for 279 s. The process ends, so that it is restarted."),
                exits);
    }

    @Test
    void a_job_of_a_room_above_that_hangs_is_named_and_ends_the_process() {
        Job notify = new Job("notify", () -> {}, clock::get);
        stalled.watch(notify);
        List<Loop> sound = List.of(turning);
        pass(92);
        assertEquals(List.of(), stalled.names(sound));
        pass(1);
        assertEquals(List.of("notify"), stalled.names(sound));
        pass(93);
        assertFalse(stalled.endIfStuck(sound));
        pass(93);
        assertTrue(stalled.endIfStuck(sound));
        assertTrue(exits.getFirst().startsWith("the loop or job notify "), exits.getFirst());
    }

    /**
     * The frozen loop is the one whose thread has not yet come to its next round. The timer that
     * looks makes up for all the times that it missed, at once.
     */
    @Test
    void a_process_that_was_frozen_goes_on() {
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 360; i++) {
            assertFalse(stalled.endIfStuck(loops));
        }
        end.countDown(); // it goes on
        Await.until("both have begun another round", () -> stalled.names(loops).isEmpty());
        assertFalse(stalled.endIfStuck(loops));
        assertEquals(List.of(), exits);
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertFalse(stalled.endIfStuck(loops), "frozen once more");
    }

    @Test
    void a_loop_whose_thread_has_ended_makes_no_progress_either() throws InterruptedException {
        turning.stop();
        turning.join(Duration.ofSeconds(10));
        assertEquals(List.of("merge"), stalled.names(loops));
        assertFalse(stalled.endIfStuck(loops));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(93));
        assertTrue(stalled.endIfStuck(List.of(turning)));
        assertTrue(exits.getFirst().startsWith("the loop or job merge "), exits.getFirst());
    }
}
