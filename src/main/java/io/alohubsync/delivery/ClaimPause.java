package io.alohubsync.delivery;

import io.alohubsync.breaker.BreakerView;
import io.alohubsync.loop.WakeUp;
import java.time.Duration;

/**
 * How long the claiming loop of an account waits, and for what. The claiming loop alone waits here;
 * a wake-up ends each wait.
 *
 * @param capacity wakes the loop when some is free again
 */
record ClaimPause(WakeUp wakeUp, Duration pollInterval, Capacity capacity) {

    /**
     * How old what is known of the breaker may be while calls are made: another replica may have
     * tripped it.
     */
    static final Duration FRESHNESS = Duration.ofMillis(200);

    /**
     * The longest time without a claim: what the poll of a whole replica overlooks waits no longer.
     */
    static final Duration IDLE = Duration.ofSeconds(10);

    /** No key was found yet. */
    void forKey() throws InterruptedException {
        wakeUp.await(pollInterval);
    }

    void forCapacity(long now, int queued) throws InterruptedException {
        capacity.await(now, queued, whileAtWork());
    }

    /** @param atMost zero: the next claim comes at once */
    void forNextClaim(Duration atMost) throws InterruptedException {
        if (!atMost.isZero()) {
            Duration pause = whileAtWork();
            wakeUp.await(atMost.compareTo(pause) < 0 ? atMost : pause);
        }
    }

    /**
     * The breaker is tripped: waits for the end of a pause or for the next probe, a poll interval
     * at most.
     */
    void forChange(BreakerView seen) throws InterruptedException {
        wakeUp.await(untilChange(seen));
    }

    Duration untilChange(BreakerView seen) {
        Double seconds = seen.changesIn();
        if (seconds == null || seconds <= 0 || seconds > pollInterval.toNanos() / 1e9) {
            return pollInterval;
        }
        return Duration.ofNanos((long) (seconds * 1e9)).plusMillis(1);
    }

    /**
     * While customers are in flight the breaker is read more often than new customers are searched
     * for.
     */
    Duration whileAtWork() {
        if (capacity.busy() == 0) {
            return whileIdle();
        }
        return FRESHNESS.compareTo(pollInterval) < 0 ? FRESHNESS : pollInterval;
    }

    /** The poll of the whole replica ({@code merge/WorkPoll}) wakes the loop where it has work. */
    private Duration whileIdle() {
        return pollInterval.compareTo(IDLE) < 0 ? IDLE : pollInterval;
    }
}
