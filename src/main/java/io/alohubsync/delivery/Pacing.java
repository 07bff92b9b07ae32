package io.alohubsync.delivery;

import io.alohubsync.breaker.BreakerView;
import io.alohubsync.config.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When calls need slots, and how: slots on the schedule that all replicas of an account share. */
final class Pacing {

    /**
     * Slots are taken so far ahead, with one claim for each half of it. A replica that ends loses
     * no more slots than these.
     */
    private static final Duration HORIZON = Duration.ofMillis(50);

    private static final double LEAST_WAIT_SECONDS = 0.002;

    private final @Nullable Rate rate;
    private final ClaimSql.Pace pace;

    Pacing(@Nullable Rate rate, Duration sendBy, Duration ramp) {
        this.rate = rate;
        double horizon = Math.min(HORIZON.toNanos(), sendBy.toNanos() / 4.0) / 1e9;
        this.pace = new ClaimSql.Pace(
                rate == null ? null : rate.intervalSeconds(),
                rate == null ? 1 : rate.burst(),
                horizon,
                ramp.toNanos() / 1e9);
    }

    boolean needsSlots(BreakerView breaker) {
        return rate != null || breaker.needsSlots();
    }

    ClaimSql.Pace pace() {
        return pace;
    }

    Duration untilNextClaim(ClaimSql.Slots slots) {
        double seconds = Math.max(LEAST_WAIT_SECONDS, slots.nextSlot() - pace.horizon() / 2);
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
