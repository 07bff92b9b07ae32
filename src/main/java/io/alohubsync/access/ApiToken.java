package io.alohubsync.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of the API, without what is presented.
 *
 * @param lastUsedAt null: never
 * @param revokedAt  null: it is not
 */
public record ApiToken(
        long id,
        String name,
        String role,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {

    /** That are valid at a time. */
    public static final int MOST = 1000;

    public boolean isValid(Instant now) {
        return revokedAt == null && expiresAt.isAfter(now);
    }
}
