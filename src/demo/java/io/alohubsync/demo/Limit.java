package io.alohubsync.demo;

import java.time.Duration;

/**
 * A limit as Alohub has one: so many calls in each window; the windows begin with the first call.
 */
public final class Limit {

    private final int calls;
    private final Duration window;
    private long windowEnd;
    private int taken;

    public Limit(int calls, Duration window) {
        this.calls = calls;
        this.window = window;
        this.windowEnd = System.nanoTime();
    }

    public synchronized boolean allows() {
        long now = System.nanoTime();
        if (now - windowEnd >= 0) {
            long windows = (now - windowEnd) / window.toNanos() + 1;
            windowEnd += windows * window.toNanos();
            taken = 0;
        }
        return ++taken <= calls;
    }

    /** Whole seconds until the next window, at least one. */
    public synchronized String retryAfter() {
        return String.valueOf(Math.max(1, (windowEnd - System.nanoTime() + 999_999_999) / 1_000_000_000));
    }
}
