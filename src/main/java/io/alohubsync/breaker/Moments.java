package io.alohubsync.breaker;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times of the database, and seconds between them. */
final class Moments {

    private Moments() {}

    static OffsetDateTime plus(OffsetDateTime time, double seconds) {
        return time.plusNanos(Math.round(seconds * 1e9));
    }

    static double seconds(Duration duration) {
        return duration.toSeconds() + duration.getNano() / 1e9;
    }

    static double seconds(OffsetDateTime from, OffsetDateTime to) {
        return seconds(Duration.between(from, to));
    }

    /** @param other null: never */
    static OffsetDateTime later(OffsetDateTime one, @Nullable OffsetDateTime other) {
        return other == null || one.isAfter(other) ? one : other;
    }
}
