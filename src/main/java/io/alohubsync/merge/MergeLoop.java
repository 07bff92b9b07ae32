package io.alohubsync.merge;

import io.alohubsync.loop.Loop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges new outbox rows until there are none, then waits for a notification or a poll. The thread
 * {@code merge} alone owns the state here.
 */
public final class MergeLoop {

    /**
     * Below this number of rows sources still notify, so the loop may wait for the next
     * notification instead of scanning at once.
     */
    private static final int FEW = 20;

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final long MAKE_NEW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration TO_STOP = Duration.ofSeconds(10);

    /** So long the {@link WorkPoll} alone looks for rows. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MergeStep step;
    private final IdleWait wait;
    private final @Nullable WorkPoll poll;
    private final @Nullable SecondMerge second;
    private final LongSupplier nanoTime;
    private final Loop loop;
    private boolean mostAreNew; // of the rows of the last batch
    private long madeNewAt;

    /**
     * @param poll   null: at rest each poll is a full scan
     * @param second null: one thread merges
     */
    public MergeLoop(
            MergeStep step,
            IdleWait wait,
            @Nullable WorkPoll poll,
            @Nullable SecondMerge second,
            LongSupplier nanoTime) {
        this.step = step;
        this.wait = wait;
        this.poll = poll;
        this.second = second;
        this.nanoTime = nanoTime;
        this.madeNewAt = nanoTime.getAsLong() - MAKE_NEW_NANOS;
        this.loop = new Loop("merge", this::round, nanoTime);
    }

    public void start() {
        loops().forEach(Loop::start);
    }

    public List<Loop> loops() {
        return second == null ? List.of(loop) : List.of(loop, second.loop());
    }

    /**
     * New customers are merged no faster than their calls can begin, but a batch every 0.25 s at
     * least. Rows of the others, whose newest state alone is sent, are merged as soon as they come.
     */
    void round() throws SQLException, InterruptedException {
        boolean beside =
                second != null && second.isAtWork(); // asked before the scan, which skips what that one has locked
        Merged merged = step.take(mostAreNew ? step.leasing().awaitCapacity(MergeStep.BATCH) : MergeStep.BATCH);
        mostAreNew = merged.newCustomers() > 0.9 * merged.rows();
        if (merged.rows() > 0) {
            wait.found(merged.rows());
        }
        if (second != null && merged.rows() >= MergeStep.BATCH && !mostAreNew) {
            second.begin();
        }
        boolean mayBeMore = merged.rows() > merged.stayed() || merged.skipped() > 0;
        if (mayBeMore && merged.rows() < FEW && wait.isNotified()) {
            wait.forRows(MOMENT); // leaves the processor to the calls of this batch
        }
        step.merge().raiseSequenceIfDue(); // behind the batch, which checks the ids of its rows itself
        if (mayBeMore || makeRejectedNew() > 0) {
            return;
        }
        Duration pause = step.merge().untilNextScan(wait.pollInterval());
        if (merged.stayed() > 0 || beside) {
            wait.forLock(pause);
        } else if (poll == null || pause.compareTo(wait.pollInterval()) < 0) {
            wait.forRows(pause);
        } else {
            rest(poll);
        }
    }

    /** Until a notification comes or the poll finds rows. */
    private void rest(WorkPoll work) throws SQLException, InterruptedException {
        long begun = nanoTime.getAsLong();
        while (nanoTime.getAsLong() - begun < REST_NANOS) {
            if (wait.forRows(wait.pollInterval())) {
                return;
            }
            WorkPoll.Work found = work.poll();
            step.due(found.accounts());
            if (found.rows()) {
                return;
            }
        }
    }

    private int makeRejectedNew() throws SQLException {
        long now = nanoTime.getAsLong();
        if (now - madeNewAt < MAKE_NEW_NANOS) {
            return 0;
        }
        int examined = step.merge().makeRejectedNew(MergeStep.BATCH);
        if (examined == 0) {
            madeNewAt = now;
        }
        return examined;
    }

    public void stop() throws InterruptedException {
        loop.stop();
        if (second != null) {
            second.stop();
        }
        wait.stop();
        for (Loop each : loops()) {
            each.join(TO_STOP);
        }
        wait.close();
    }
}
