package io.alohubsync.customer;

import io.alohubsync.contact.Phone;
import org.jspecify.annotations.Nullable;

/**
 * A customer under a lease: what to send, and the token that fences the settle.
 *
 * @param attempts spent on this revision before this lease, one whose replica ended without an answer included
 * @param lost     the lease before this one ended without a settlement
 * @param probe    sent as a probe of a tripped breaker
 * @param suspect  refused as if the account were, when another customer then was accepted: if it is again, it is refused for
 *                 itself
 * @param throttled times that a 503 about this revision was taken for a limit of the account's
 * @param throttlings consecutive calls for this customer that Alohub throttled, up to the last one
 * @param merge    leased as it was merged: the lease is on the customer's row; null: it is in {@code due}
 * @param traceparent the span that this belongs to: its row's, or the call's when that is made; null: none is known, or traces are
 *                    off
 */
public record Claimed(
        long customerId,
        long token,
        Phone phone,
        @Nullable String name,
        @Nullable String email,
        int revision,
        int attempts,
        boolean lost,
        boolean probe,
        boolean suspect,
        int throttled,
        int throttlings,
        @Nullable MergeLease merge,
        @Nullable String traceparent) {

    public Claimed(
            long customerId,
            long token,
            Phone phone,
            @Nullable String name,
            @Nullable String email,
            int revision,
            int attempts,
            boolean lost,
            boolean probe,
            boolean suspect) {
        this(customerId, token, phone, name, email, revision, attempts, lost, probe, suspect, 0, 0, null, null);
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
                0,
                false,
                false,
                false,
                0,
                0,
                lease,
                null);
    }

    /** The same, with its lease in {@code due}. */
    public Claimed moved() {
        return new Claimed(
                customerId,
                token,
                phone,
                name,
                email,
                revision,
                attempts,
                lost,
                probe,
                suspect,
                throttled,
                throttlings,
                null,
                traceparent);
    }

    /** The same, as a part of that trace. */
    public Claimed traced(@Nullable String span) {
        return new Claimed(
                customerId,
                token,
                phone,
                name,
                email,
                revision,
                attempts,
                lost,
                probe,
                suspect,
                throttled,
                throttlings,
                merge,
                span);
    }

    @Override
    public String toString() {
        return "customer " + customerId + " (" + phone.masked() + ") revision " + revision;
    }
}
