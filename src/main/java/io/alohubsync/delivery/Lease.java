package io.alohubsync.delivery;

import io.alohubsync.loop.Moment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The lease of the customers of one claim or merge, counted from before it. Any thread. */
public final class Lease {

    private final Moment issued;
    private final Duration sendBy;
    private final long end;
    private final AtomicInteger unsettled = new AtomicInteger();

    /**
     * @param issued before the statement that takes the lease
     * @param sendBy S: the latest start of a call, since then
     * @param lasts  L
     */
    public Lease(Moment issued, Duration sendBy, Duration lasts) {
        this.issued = issued;
        this.sendBy = sendBy;
        this.end = issued.monotonic() + lasts.toNanos();
    }

    /**
     * Whether a call may still begin. Of both clocks: the monotonic one stands while the machine is
     * suspended.
     */
    public boolean mayBegin(Moment now) {
        return now.isWithin(sendBy, issued);
    }

    /** On the monotonic clock. */
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
