package io.alohubsync.operate.bulk;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of a bulk action.
 *
 * @param n     in which place it was acted on, from 1
 * @param state SENT (its answer is awaited), DELIVERED, FAILED, UNANSWERED (the action ended
 *              before its answer), HELD, RELEASED or SKIPPED (another transaction held
 *              it)
 * @param error the answer's words, of one that failed
 */
public record BulkItem(
        long n,
        long customerId,
        String account,
        @Personal(Kind.PHONE) String phone,
        String state,
        @Personal @Nullable String error,
        Instant at) {}
