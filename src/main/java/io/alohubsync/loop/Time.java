package io.alohubsync.loop;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks of the program; tests bring their own. What replicas must agree on is timed by the
 * database's clock instead.
 *
 * @param wall      for dates in answers that have none of their own, and to see that the machine was
 *                  suspended
 * @param monotonic nanoseconds that never step: for S and D
 */
public record Time(InstantSource wall, LongSupplier monotonic) {

    public static Time system() {
        return new Time(InstantSource.system(), System::nanoTime);
    }

    public Moment now() {
        return new Moment(monotonic.getAsLong(), wall.millis());
    }
}
