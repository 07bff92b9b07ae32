package io.alohubsync.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The leases of one account whose customers are not settled yet: shows customers that are stuck.
 * Any thread.
 */
final class UnsettledLeases {

    /** After the end of a lease the settler tries no longer, so no settlement comes. */
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MANY = 1000;

    private final Queue<Lease> leases = new ConcurrentLinkedQueue<>();

    void add(Lease lease) {
        leases.add(lease);
        for (Lease first = leases.peek(); first != null && first.isSettled(); first = leases.peek()) {
            leases.remove(first);
        }
        if (leases.size() > MANY) {
            leases.removeIf(Lease::isSettled);
        }
    }

    /** Customers are not settled long after the end of their lease. */
    boolean haveStuckCustomers(long now) {
        return leases.stream().anyMatch(lease -> !lease.isSettled() && now - lease.end() > STUCK_NANOS);
    }
}
