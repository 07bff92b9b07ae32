package io.alohubsync.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lease of the customers of one claim or merge: times on the monotonic clock, counted from
 * before it. Any thread.
 */
public final class Lease {

    private final long sendBy;
    private final long end;
    private final AtomicInteger unsettled = new AtomicInteger();

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

    /** So many customers are unsettled under it. */
    public void add(int customers) {
        unsettled.addAndGet(customers);
    }

    /** One is settled, or given up. */
    public void settledOne() {
        unsettled.decrementAndGet();
    }

    /** All of them are. */
    public boolean isSettled() {
        return unsettled.get() == 0;
    }
}
