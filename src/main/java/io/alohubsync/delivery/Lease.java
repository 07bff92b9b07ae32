package io.alohubsync.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lease of the customers of one claim or merge: times on the monotonic clock, counted from
 * before it. Any thread.
 */
public final class Lease {

    private final long sendBy;
    private final long end;
    private final AtomicInteger held = new AtomicInteger();

    /**
     * @param sendBy the latest start of a call
     * @param end    of the lease
     */
    public Lease(long sendBy, long end) {
        this.sendBy = sendBy;
        this.end = end;
    }

    public long sendBy() {
        return sendBy;
    }

    public long end() {
        return end;
    }

    /** So many customers are held under it. */
    public void hold(int customers) {
        held.addAndGet(customers);
    }

    /** One is settled, or given up. */
    public void letGo() {
        held.decrementAndGet();
    }

    /** All of them are. */
    public boolean holdsNone() {
        return held.get() == 0;
    }
}
