package io.alohubsync.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: drawn evenly from zero to a bound, so that customers that
 * failed together do not return together.
 *
 * @param min the first bound; it doubles with every attempt
 * @param max any bound at most
 */
public record Backoff(Duration min, Duration max, RandomGenerator jitter) {

    /** @param attempts that were spent before this one */
    Duration after(int attempts) {
        int doublings = Math.min(attempts, 40);
        double bound = Math.min(max.toNanos(), min.toNanos() * Math.pow(2, doublings));
        return Duration.ofNanos((long) (jitter.nextDouble() * bound));
    }
}
