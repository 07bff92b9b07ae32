package io.alohubsync.operate.customers;

import io.alohubsync.operate.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call.
 *
 * @param error the answer's words; null: accepted
 */
public record AttemptLine(
        long id,
        Instant startedAt,
        int revision,
        int attempt,
        String outcome,
        @Nullable Integer httpStatus,
        @Personal @Nullable String error,
        @Nullable Integer durationMs,
        @Nullable String replica) {}
