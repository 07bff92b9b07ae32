package io.alohubsync.customer;

import org.jspecify.annotations.Nullable;

/** An outbox row that is not merged yet, as the source wrote it (long values cut to what can matter). */
public record NewRow(
        long id,
        @Nullable String account,
        @Nullable String phone,
        @Nullable String name,
        @Nullable String email,
        short priority) {}
