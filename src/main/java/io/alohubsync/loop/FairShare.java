package io.alohubsync.loop;

import java.util.function.LongSupplier;

/**
 * Decides when a scan (or a claim) is for the oldest, so that the most urgent go first and nothing
 * waits for ever. After nineteen scans that were full, the twentieth takes the oldest of those that
 * are less urgent than what the last one took. Where such a scan takes long, it gets at most a
 * twentieth of the time. Any thread; the lock guards all state.
 */
public final class FairShare {

    private static final int SHARE = 20;

    private final LongSupplier nanoTime;
    private int full; // scans in succession
    private short lowest = Short.MAX_VALUE;
    private long lastAt;
    private long took;

    /** @param nanoTime the monotonic clock */
    public FairShare(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAt = nanoTime.getAsLong();
    }

    public long now() {
        return nanoTime.getAsLong();
    }

    public synchronized boolean isForOldest() {
        return full >= SHARE - 1 && nanoTime.getAsLong() - lastAt >= SHARE * took;
    }

    /** The oldest below this priority are meant. */
    public synchronized short below() {
        return lowest;
    }

    /**
     * A scan for the most urgent took as many as it was allowed to.
     *
     * @param lowestTaken the least urgent of them
     */
    public synchronized void full(short lowestTaken) {
        full++;
        lowest = lowestTaken;
    }

    /** A scan for the oldest came back, or failed. */
    public synchronized void oldestTaken(long begun) {
        full = 0;
        lastAt = nanoTime.getAsLong();
        took = lastAt - begun;
    }
}
