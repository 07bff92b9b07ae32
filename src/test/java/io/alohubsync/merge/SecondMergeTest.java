package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.Await;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread of the second merge, round by round: each round begins when the test lets it. */
class SecondMergeTest {

    private static final Duration SOON = Duration.ofSeconds(10); // the thread looks by itself after 30 s

    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private final Semaphore mayBegin = new Semaphore(0);
    private final IdleWait first = new IdleWait(null, Duration.ofSeconds(1));
    private final SecondMerge second =
            new SecondMerge(new MergeStep(outbox.merge(), Leasing.none(), merged -> {}), first, this::clock);
    private volatile Thread thread;

    /** The loop reads the clock at the beginning of each round. */
    private long clock() {
        if (Thread.currentThread().getName().equals("merge-2")) {
            thread = Thread.currentThread();
            mayBegin.acquireUninterruptibly();
        }
        return 0;
    }

    @BeforeEach
    void start() {
        second.loop().start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        second.stop();
        mayBegin.release(1000);
        second.loop().join(Duration.ofSeconds(10));
    }

    /** A round has begun and ended: the loop waits for the next, or for help. */
    private void round() {
        mayBegin.release();
        Await.until("the round is over", SOON, () -> isHeld() || isWaiting());
    }

    private boolean isHeld() {
        return mayBegin.availablePermits() == 0 && mayBegin.hasQueuedThreads();
    }

    private boolean isWaiting() {
        return mayBegin.availablePermits() == 0 && thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void it_merges_only_once_it_is_needed_and_until_it_finds_nothing() {
        outbox.batch(500).batch(7);
        round();
        assertEquals(0, outbox.merges(), "nobody needs it");
        second.begin(); // ends the wait
        round();
        assertEquals(1, outbox.merges());
        round();
        assertEquals(2, outbox.merges());
        round();
        assertEquals(3, outbox.merges(), "it finds nothing");
        round();
        assertEquals(3, outbox.merges(), "and waits until it is needed again");
    }
}
