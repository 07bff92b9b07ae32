package io.alohubsync.delivery;

import io.alohubsync.customer.Settlement;

/**
 * A settlement that is not written yet.
 *
 * @param since        when it was queued, on the monotonic clock
 * @param maybeWritten the connection broke during its commit: whether that was made is not known
 */
record QueuedSettlement(Settlement settlement, long since, Lease lease, boolean maybeWritten) {

    long customerId() {
        return settlement.customer().customerId();
    }

    QueuedSettlement thatMayBeWritten() {
        return new QueuedSettlement(settlement, since, lease, true);
    }
}
