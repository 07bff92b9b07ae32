package io.alohubsync.loop;

import java.util.function.LongSupplier;

/**
 * The most urgent go first, but nothing waits for ever: after nineteen scans (or claims) that took as many as they were allowed to,
 * the twentieth is for the oldest of those that are less urgent than what the last one took. Where such a scan takes long, at most a
 * twentieth of the time is spent on it. Any thread; the lock guards all of it.
 */
public final class FairShare {

    private static final int SHARE = 20;

    private final LongSupplier nanoTime;
    private int full; // one after the other
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

    /** A scan for the most urgent took as many as it was allowed to. @param lowestTaken the least urgent of them */
    public synchronized void full(short lowestTaken) {
        full++;
        lowest = lowestTaken;
    }

    /** A scan for the oldest came back. */
    public synchronized void oldestTaken(long begun) {
        full = 0;
        lastAt = nanoTime.getAsLong();
        took = lastAt - begun;
    }
}
