package io.alohubsync.operate.lines;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer as a line of a list: a row of the view {@code sync_status}.
 *
 * @param name          null: no row has carried one
 * @param status        PENDING, SENDING, RETRYING, DELIVERED, DEAD or HELD
 * @param nextAttemptAt null: at rest, dead or held
 * @param error         of the last call, in plain words; null: accepted
 */
public record CustomerLine(
        long id,
        String account,
        @Personal(Kind.PHONE) String phone,
        @Personal @Nullable String name,
        @Personal @Nullable String email,
        String status,
        int wantedRevision,
        int deliveredRevision,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Personal @Nullable String holdReason,
        @Nullable String lastOutcome,
        @Nullable Integer httpStatus,
        @Personal @Nullable String error,
        @Nullable Instant deliveredAt,
        Instant createdAt,
        Instant updatedAt) {}
