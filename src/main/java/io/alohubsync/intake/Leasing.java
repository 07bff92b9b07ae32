package io.alohubsync.intake;

import io.alohubsync.customer.ClaimSql;
import org.jspecify.annotations.Nullable;

/**
 * What a merge may lease at once. A customer that nothing else is known of, or that was at rest, needs no claim then: it goes from
 * the outbox to its call in one transaction.
 */
@FunctionalInterface
public interface Leasing {

    /** Everybody waits for a claim. */
    Leasing NONE = account -> null;

    /**
     * Asked in the merge's transaction, at most once for an account.
     *
     * @return whose they are then and how many may be leased; null: they wait for a claim
     */
    ClaimSql.@Nullable Request offer(String account);
}
