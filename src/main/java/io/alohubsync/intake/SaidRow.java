package io.alohubsync.intake;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.phone.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an outbox row says, normalised.
 *
 * @param name    null: it says none
 * @param email   null: it says none
 * @param repairs what was repaired or dropped
 */
public record SaidRow(
        long id,
        CustomerKey key,
        @Nullable String name,
        @Nullable String email,
        short priority,
        Set<Reason> repairs) {}
