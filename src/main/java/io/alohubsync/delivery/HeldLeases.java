package io.alohubsync.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The leases of one account whose customers are not settled yet: shows customers that were
 * forgotten. Any thread.
 */
final class HeldLeases {

    /** After the end of a lease the settler tries no longer, so no settlement comes. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MANY = 1000;

    private final Queue<Lease> leases = new ConcurrentLinkedQueue<>();

    void add(Lease lease) {
        leases.add(lease);
        for (Lease first = leases.peek(); first != null && first.holdsNone(); first = leases.peek()) {
            leases.remove(first);
        }
        if (leases.size() > MANY) {
            leases.removeIf(Lease::holdsNone);
        }
    }

    /** Customers are held long after the end of their lease. */
    boolean haveForgotten(long now) {
        return leases.stream().anyMatch(lease -> !lease.holdsNone() && now - lease.end() > FORGOTTEN_NANOS);
    }
}
