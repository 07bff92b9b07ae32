package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an outbox row carries, normalised.
 *
 * @param number  the higher the newer
 * @param unversioned the account goes by versions, and the row has none: its number ranks it
 * @param version where the source's own version decides which row is the newest; else null
 * @param name    null: it carries none
 * @param email   null: it carries none
 * @param repairs what was repaired or dropped
 */
public record ReadRow(
        long id,
        long number,
        @Nullable Long version,
        boolean unversioned,
        CustomerKey key,
        @Nullable String name,
        @Nullable String email,
        short priority,
        Set<Reason> repairs) {}
