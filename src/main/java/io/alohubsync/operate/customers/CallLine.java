package io.alohubsync.operate.customers;

import io.alohubsync.operate.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call, in a list of those of many customers.
 *
 * @param phone E.164
 * @param error the answer's words; null: accepted
 */
public record CallLine(
        long id,
        Instant startedAt,
        String account,
        long customerId,
        @Personal(Personal.Kind.PHONE) String phone,
        int revision,
        int attempt,
        String outcome,
        @Nullable Integer httpStatus,
        @Personal @Nullable String error,
        @Nullable Integer durationMs,
        @Nullable String replica) {}
