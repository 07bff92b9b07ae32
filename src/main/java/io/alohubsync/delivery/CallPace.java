package io.alohubsync.delivery;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast calls end, as a moving average of the last moments. Any thread counts a call; the lock
 * of {@link Capacity} guards the rest.
 */
final class CallPace {

    private static final double NEWEST = 0.3; // its weight in the moving average
    private static final double MIN_SPAN_NANOS = 5e7;

    private final AtomicLong calls = new AtomicLong();
    private long callsBefore;
    private long measuredAt;
    private double perNano;

    CallPace(long now) {
        this.measuredAt = now;
    }

    void called() {
        calls.incrementAndGet();
    }

    boolean hasCalls() {
        return calls.get() > 0;
    }

    double perNano(long now) {
        long span = now - measuredAt;
        if (span >= MIN_SPAN_NANOS) {
            long total = calls.get();
            perNano += NEWEST * ((double) (total - callsBefore) / span - perNano);
            callsBefore = total;
            measuredAt = now;
        }
        return perNano;
    }
}
