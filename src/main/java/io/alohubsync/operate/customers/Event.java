package io.alohubsync.operate.customers;

import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.lines.RowLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a customer: exactly one of {@code row}, {@code attempt} and {@code act}. */
public record Event(
        Instant at,
        Kind kind,
        @Nullable RowLine row,
        @Nullable AttemptLine attempt,
        @Nullable ActLine act) {

    public enum Kind {
        ROW,
        ATTEMPT,
        ACT
    }

    static Event of(RowLine row) {
        Instant at = row.at() != null ? row.at() : row.mergedAt() != null ? row.mergedAt() : Instant.EPOCH;
        return new Event(at, Kind.ROW, row, null, null);
    }

    static Event of(AttemptLine attempt) {
        return new Event(attempt.startedAt(), Kind.ATTEMPT, null, attempt, null);
    }

    static Event of(ActLine act) {
        return new Event(act.at(), Kind.ACT, null, null, act);
    }
}
