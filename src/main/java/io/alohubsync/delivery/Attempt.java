package io.alohubsync.delivery;

import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One customer on its way through the delivery: begin, send, classify, decide, settle. Each step
 * adds what it finds out. Made by a claim or a merge; of the event loop alone once it is queued.
 */
public final class Attempt {

    private static final long AT_ONCE = 0;

    final Lease lease;
    private final long slot;
    Claimed customer; // the trace of the call replaces that of the row

    @Nullable
    LeadClient client; // null: the account has no key

    long begun; // on the monotonic clock
    CallTraces.@Nullable CallTrace trace;

    @Nullable
    Lead lead; // as it was sent

    @Nullable
    Outcome outcome;

    @Nullable
    Settlement settlement;

    private boolean ended;

    private Attempt(Claimed customer, Lease lease, long slot) {
        this.customer = customer;
        this.lease = lease;
        this.slot = slot;
    }

    public static Attempt atOnce(Claimed customer, Lease lease) {
        return new Attempt(customer, lease, AT_ONCE);
    }

    /** Customers of one lease. */
    static List<Attempt> atOnce(List<Claimed> customers, Lease lease) {
        return customers.stream().map(customer -> atOnce(customer, lease)).toList();
    }

    /** @param slot the customer's place in the rate schedule, on the monotonic clock */
    public static Attempt inSlot(Claimed customer, Lease lease, long slot) {
        return new Attempt(customer, lease, slot == AT_ONCE ? 1 : slot);
    }

    public Claimed customer() {
        return customer;
    }

    public Lease lease() {
        return lease;
    }

    /** How long until it may begin; negative: its time has passed. */
    public long untilSlot(long now) {
        return slot == AT_ONCE ? 0 : slot - now;
    }

    /** Null: it came to nothing that could be settled. */
    public @Nullable Settlement settlement() {
        return settlement;
    }

    /** @return whether this call ended it; false from the second on */
    public boolean markEnded() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    public String toString() {
        return "the attempt for " + customer;
    }
}
