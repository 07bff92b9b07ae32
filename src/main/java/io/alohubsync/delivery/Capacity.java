package io.alohubsync.delivery;

import io.alohubsync.loop.WakeUp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many customers may be unsettled (claimed and not settled yet): one for each call at a time,
 * and as many more as can start within half of S at the pace of the last moments. Those whose
 * settlement another transaction keeps back are not counted. Any thread; the lock guards the pace
 * and the first call.
 */
final class Capacity {

    private static final int MAX_AHEAD = 4000;
    private static final int MAX_KEPT_BACK = 4000;

    private final int concurrency;
    private final Duration sendBy;
    private final WakeUp claiming;
    private final CallPace pace;
    private final FirstCall first;
    private final AtomicInteger unsettled = new AtomicInteger();
    private volatile int keptBack; // written by the settling thread alone
    private volatile boolean awaited; // written by the claiming loop alone

    /**
     * @param scheduled calls have slots
     * @param claiming  wakes the claiming loop
     */
    Capacity(int concurrency, Duration sendBy, boolean scheduled, long now, WakeUp claiming) {
        this.concurrency = concurrency;
        this.sendBy = sendBy;
        this.claiming = claiming;
        this.pace = new CallPace(now);
        this.first = new FirstCall(scheduled);
    }

    int concurrency() {
        return concurrency;
    }

    int unsettled() {
        return unsettled.get();
    }

    /** Of these, those in whose place no other customer may be called. */
    int busy() {
        return Math.max(0, unsettled.get() - keptBack);
    }

    /**
     * Their calls are over, but another transaction has the customers locked: others may be called
     * in their place. Not of more than {@link #MAX_KEPT_BACK}, which stay in memory.
     */
    void keepBack(int settlements) {
        int before = keptBack;
        keptBack = Math.min(settlements, MAX_KEPT_BACK);
        if (keptBack > before && awaited) {
            claiming.wake();
        }
    }

    /** A call ended: the pace counts calls, not what was released without one. */
    void called() {
        pace.called();
    }

    /**
     * @param queued customers that wait for their call
     * @return how many to claim now; 0 while it is not worth a statement; it is while no customer
     *         waits for its call
     */
    synchronized int claimable(long now, int queued) {
        int most = most(now);
        if (isFirstCallAlone(now)) {
            return busy() == 0 ? 1 : 0;
        }
        int left = most - busy();
        return queued == 0 || left >= most / 4 ? Math.max(0, left) : 0;
    }

    /** As many as can be claimed now. The caller frees what it does not use. */
    synchronized int takeForClaim(long now, int queued) {
        int taken = claimable(now, queued);
        unsettled.addAndGet(taken);
        return taken;
    }

    /**
     * For customers that are leased as they are merged, taken as above.
     *
     * @param ahead whether they may wait for their call; else as many as can begin at once
     */
    synchronized int takeForMerge(long now, boolean ahead) {
        int all = most(now);
        int most = isFirstCallAlone(now) ? 1 : ahead ? all : concurrency;
        int taken = Math.max(0, most - busy());
        unsettled.addAndGet(taken);
        return taken;
    }

    /** One more, whether any is left or not. */
    void takeForProbe() {
        unsettled.incrementAndGet();
    }

    /** What a merge could take; 0 while it is so little that more is worth waiting for. */
    synchronized int leasable(long now) {
        int most = most(now);
        int left = most - busy();
        return left < most / 4 ? 0 : left;
    }

    private int most(long now) {
        return concurrency + (int) Math.min(MAX_AHEAD, pace.perNano(now) * sendBy.toNanos() / 2);
    }

    private boolean isFirstCallAlone(long now) {
        return first.isAlone(now, busy(), pace.hasCalls());
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
            if (claimable(now, queued) == 0) {
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
}
