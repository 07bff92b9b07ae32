package io.alohubsync.merge;

import io.alohubsync.loop.Loop;
import io.alohubsync.loop.WakeUp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A second thread that merges beside the first where many rows of known customers wait, as another
 * replica would: while the statements of one run, the other reads and folds. It ends when it finds
 * nothing. Only an optimisation: a {@link MergeLoop} without it ends the same.
 */
public final class SecondMerge {

    private static final Duration POLL = Duration.ofSeconds(30);
    private static final long LOCKED_MILLIS = 5;
    private static final int TRIES = 4;

    private final MergeStep step;
    private final IdleWait first;
    private final WakeUp wakeUp = new WakeUp();
    private final Loop loop;
    private int emptySteps; // in succession; of this loop alone
    private volatile boolean needed; // set by the first loop, cleared by this one

    /** @param first what the first thread waits in */
    public SecondMerge(MergeStep step, IdleWait first, LongSupplier nanoTime) {
        this.step = step;
        this.first = first;
        this.loop = new Loop("merge-2", this::round, nanoTime);
    }

    Loop loop() {
        return loop;
    }

    /**
     * It may have rows locked, which a scan of the first thread skips. It wakes the first when it
     * has ended.
     */
    boolean isAtWork() {
        return needed;
    }

    /** A full batch was merged, and there may be many more. */
    void begin() {
        needed = true;
        wakeUp.wake();
    }

    private void round() throws SQLException, InterruptedException {
        if (!needed) {
            wakeUp.await(POLL);
            return;
        }
        Merged merged = step.take(MergeStep.BATCH);
        emptySteps = merged.rows() > merged.stayed() ? 0 : emptySteps + 1;
        needed = emptySteps == 0
                || (merged.stayed() > 0 && emptySteps < TRIES); // the first may have searched while this one had them
        first.wake(); // it may wait for a customer or for rows that this thread had
        if (merged.stayed() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOCKED_MILLIS);
        }
    }

    void stop() {
        loop.stop();
        wakeUp.wake();
    }
}
