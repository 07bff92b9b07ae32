package io.alohubsync.delivery;

import io.alohubsync.loop.WakeUp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many customers may be unsettled (claimed and not settled yet): one for each call at a time,
 * and as many more as can start within half of S at the pace of the last moments. Any thread; the
 * lock guards the measured pace.
 */
final class Capacity {

    private static final int MAX_AHEAD = 4000;
    private static final double NEWEST = 0.3; // its weight in the moving average
    private static final double MIN_SPAN_NANOS = 5e7;
    private static final long FIRST_CALL_ALONE_NANOS = 1_000_000_000;

    private final int concurrency;
    private final Duration sendBy;
    private final WakeUp claiming;
    private volatile boolean awaited; // written by the claiming loop alone
    private final AtomicInteger unsettled = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private long firstTaken;
    private boolean warm;
    private long doneBefore;
    private long measuredAt;
    private double perNano;

    /**
     * @param scheduled calls have slots
     * @param claiming  wakes the claiming loop
     */
    Capacity(int concurrency, Duration sendBy, boolean scheduled, long now, WakeUp claiming) {
        this.claiming = claiming;
        this.warm = !scheduled;
        this.concurrency = concurrency;
        this.sendBy = sendBy;
        this.measuredAt = now;
    }

    /** One more, whether any is left or not. */
    void takeOne() {
        unsettled.incrementAndGet();
    }

    /**
     * The first call of a new process loads the code of all of them: made alone, it holds up no
     * others whose slot has come.
     */
    private boolean isFirstCallAlone(long now) {
        if (!warm && firstTaken == 0 && unsettled.get() > 0) {
            firstTaken = now;
        }
        warm = warm || done.get() > 0 || (firstTaken != 0 && now - firstTaken > FIRST_CALL_ALONE_NANOS);
        return !warm;
    }

    void free(int customers) {
        unsettled.addAndGet(-customers);
        if (awaited) {
            claiming.wake();
        }
    }

    /** A customer may be claimed again, and its lease may have been seen by the last claim. */
    void customersAreDue() {
        claiming.wake();
    }

    /** By the claiming loop: until some is available, or another wake-up. */
    void await(long now, int queued, Duration atMost) throws InterruptedException {
        awaited = true;
        try {
            if (available(now, queued) == 0) {
                claiming.await(atMost);
            }
        } finally {
            awaited = false;
        }
    }

    /** The claiming loop waits for it. */
    boolean isAwaited() {
        return awaited;
    }

    /** A call ended: the pace counts calls, not what was released without one. */
    void called() {
        done.incrementAndGet();
    }

    int concurrency() {
        return concurrency;
    }

    int unsettled() {
        return unsettled.get();
    }

    /**
     * @param queued customers that wait for their call
     * @return how many to claim now; 0 while it is not worth a statement; it is while no customer
     *         waits for its call
     */
    synchronized int available(long now, int queued) {
        measure(now);
        if (isFirstCallAlone(now)) {
            return unsettled.get() == 0 ? 1 : 0;
        }
        int left = most() - unsettled.get();
        return queued == 0 || left >= most() / 4 ? Math.max(0, left) : 0;
    }

    /** The same, taken: what comes to nothing is to be freed. */
    synchronized int take(long now, int queued) {
        int taken = available(now, queued);
        unsettled.addAndGet(taken);
        return taken;
    }

    /**
     * For customers that are leased as they are merged, taken as above.
     *
     * @param ahead whether they may wait for their call; else as many as can begin at once
     */
    synchronized int takeForMerge(long now, boolean ahead) {
        measure(now);
        int most = isFirstCallAlone(now) ? 1 : ahead ? most() : concurrency;
        int taken = Math.max(0, most - unsettled.get());
        unsettled.addAndGet(taken);
        return taken;
    }

    /** What a merge could take; 0 while it is so little that more is worth waiting for. */
    synchronized int availableForMerge(long now) {
        measure(now);
        int left = most() - unsettled.get();
        return left < most() / 4 ? 0 : left;
    }

    private int most() {
        return concurrency + (int) Math.min(MAX_AHEAD, perNano * sendBy.toNanos() / 2);
    }

    private void measure(long now) {
        long span = now - measuredAt;
        if (span >= MIN_SPAN_NANOS) {
            long total = done.get();
            perNano += NEWEST * ((double) (total - doneBefore) / span - perNano);
            doneBefore = total;
            measuredAt = now;
        }
    }
}
