package io.alohubsync.loop;

import java.time.Duration;

/**
 * Both clocks at one moment. A machine that is suspended stops its monotonic clock; the wall clock
 * shows afterwards how long it was.
 *
 * @param monotonic nanoseconds
 * @param wall      milliseconds since 1970
 */
public record Moment(long monotonic, long wall) {

    private static final long TOLERANCE_MILLIS = 1000; // of a wall clock that is corrected

    /**
     * Of both clocks, since the earlier one: by the monotonic clock, or by the wall clock with a
     * second's tolerance.
     */
    public boolean isWithin(Duration time, Moment earlier) {
        return monotonic - earlier.monotonic <= time.toNanos()
                && wall - earlier.wall <= time.toMillis() + TOLERANCE_MILLIS;
    }
}
