package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/**
 * An outbox row that is not merged yet, as the source wrote it (long values cut to what can matter).
 *
 * @param account trimmed; default where the source named none
 */
public record NewRow(
        long id,
        String account,
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        short priority,
        @Nullable Long sourceVersion) {}
