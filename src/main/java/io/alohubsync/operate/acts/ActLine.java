package io.alohubsync.operate.acts;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import io.alohubsync.operate.Way;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit.
 *
 * @param who       the user of the console or the API, or the database's user
 * @param way       by which that user came in; null: {@code who} is the database's user
 * @param viaSql    {@code who} is the database's user
 * @param customers how many it was about; null: the one, or the account
 * @param bulkAction the action on a group that it belongs to; null: none
 */
public record ActLine(
        long id,
        Instant at,
        String who,
        @Nullable Way way,
        boolean viaSql,
        String act,
        @Personal(Kind.SYSTEM) @Nullable String account,
        @Nullable Long customerId,
        @Personal(Kind.PHONE) @Nullable String phone,
        @Nullable Long customers,
        @Personal @Nullable String reason,
        @Nullable String bulkAction) {}
