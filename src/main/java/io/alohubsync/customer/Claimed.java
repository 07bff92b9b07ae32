package io.alohubsync.customer;

import io.alohubsync.contact.Phone;
import org.jspecify.annotations.Nullable;

/**
 * A customer under a lease: what to send, and the token that fences the settle.
 *
 * @param earlier what became of the calls before this lease
 * @param probe   sent as a probe of a tripped breaker
 * @param merge    leased as it was merged: the lease is on the customer's row; null: it is in
 *                 {@code due}
 * @param traceparent the span that this belongs to: its row's, or the call's when that is made;
 *                    null: none is known, or traces are off
 */
public record Claimed(
        long customerId,
        long token,
        Phone phone,
        @Nullable String name,
        @Nullable String email,
        int revision,
        EarlierAttempts earlier,
        boolean probe,
        @Nullable MergeLease merge,
        @Nullable String traceparent) {

    /** By a claim. */
    public Claimed(
            long customerId,
            long token,
            Phone phone,
            @Nullable String name,
            @Nullable String email,
            int revision,
            EarlierAttempts earlier,
            boolean probe) {
        this(customerId, token, phone, name, email, revision, earlier, probe, null, null);
    }

    /** Leased as it was merged, for the first attempt of its wanted revision. */
    public static Claimed merged(CustomerState customer, MergeLease lease) {
        lease.add(1);
        return new Claimed(
                customer.id(),
                lease.token(),
                customer.key().phone(),
                customer.name().value(),
                customer.email().value(),
                customer.wanted(),
                EarlierAttempts.NONE,
                false,
                lease,
                null);
    }

    /** The same, with its lease in {@code due}. */
    public Claimed moved() {
        return new Claimed(customerId, token, phone, name, email, revision, earlier, probe, null, traceparent);
    }

    /** The same, as a part of that trace. */
    public Claimed traced(@Nullable String span) {
        return new Claimed(customerId, token, phone, name, email, revision, earlier, probe, merge, span);
    }

    @Override
    public String toString() {
        return "customer " + customerId + " (" + phone.masked() + ") revision " + revision;
    }
}
