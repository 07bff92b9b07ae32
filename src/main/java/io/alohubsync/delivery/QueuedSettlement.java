package io.alohubsync.delivery;

import io.alohubsync.customer.Settlement;

/**
 * A settlement that is not written yet.
 *
 * @param since        when it was queued, on the monotonic clock
 * @param maybeWritten the connection broke during its commit: whether that was made is not known
 * @param locked       another transaction has its customer locked
 */
record QueuedSettlement(Settlement settlement, long since, Lease lease, boolean maybeWritten, boolean locked) {

    long customerId() {
        return settlement.customer().customerId();
    }

    QueuedSettlement thatMayBeWritten() {
        return new QueuedSettlement(settlement, since, lease, true, locked);
    }

    QueuedSettlement thatIsLocked() {
        return locked ? this : new QueuedSettlement(settlement, since, lease, maybeWritten, true);
    }
}
