package io.alohubsync.intake;

import io.alohubsync.config.Rate;
import java.util.function.LongSupplier;

/**
 * Requests of one source: those of a whole window at once, and evenly after that. Used by any
 * thread; its lock guards its state.
 */
final class TokenBucket {

    private final double most;
    private final double perNano;
    private final LongSupplier nanoTime;
    private double left;
    private long at;

    TokenBucket(Rate rate, LongSupplier nanoTime) {
        this.most = rate.calls();
        this.perNano = rate.calls() / rate.window().toNanos();
        this.nanoTime = nanoTime;
        this.left = most;
        this.at = nanoTime.getAsLong();
    }

    /** @return 0: the request may go on; else seconds until one may */
    synchronized long take() {
        long now = nanoTime.getAsLong();
        left = Math.min(most, left + (now - at) * perNano);
        at = now;
        if (left >= 1) {
            left--;
            return 0;
        }
        return (long) Math.ceil((1 - left) / perNano / 1e9);
    }
}
