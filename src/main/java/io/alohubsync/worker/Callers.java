package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Settler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls of one account: a virtual thread for each at a time, which takes customers one after the other. */
final class Callers {

    /** A turn that was missed by more is given back: called late, it would meet those whose turn it is. */
    private static final long MISSED_NANOS = 40_000_000;

    private final Account account;
    private final Supplier<@Nullable LeadClient> client;
    private final Delivery delivery;
    private final GateKeeper gate;
    private final Settler settler;
    private final Capacity capacity;
    private final Journal journal;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean probing;

    /**
     * The times that bind a call, on the monotonic clock, counted from before the claim.
     *
     * @param sendBy the latest start
     * @param end    of the lease
     */
    record Lease(long sendBy, long end) {}

    /** A customer on its way. @param slot its turn, on the monotonic clock; 0: at once */
    private record Work(Claimed customer, long slot, Lease lease) {}

    /** @param client for the key as it is at the moment of a call */
    Callers(
            Account account,
            Supplier<@Nullable LeadClient> client,
            Delivery delivery,
            GateKeeper gate,
            Settler settler,
            Capacity capacity,
            Journal journal,
            LongSupplier nanoTime) {
        this.account = account;
        this.client = client;
        this.delivery = delivery;
        this.gate = gate;
        this.settler = settler;
        this.capacity = capacity;
        this.journal = journal;
        this.nanoTime = nanoTime;
    }

    void start() {
        for (int i = 0; i < account.concurrency(); i++) {
            threads.add(
                    Thread.ofVirtual().name("call-" + account.name() + "-" + i).start(this::callOneAfterTheOther));
        }
    }

    /** At once. */
    void call(List<Claimed> claimed, Lease lease) {
        capacity.take(claimed.size());
        for (Claimed customer : claimed) {
            if (customer.probe()) {
                probing = true;
            }
            queue.add(new Work(customer, 0, lease));
        }
    }

    /** Each in its slot. @param now when the slots were told */
    void call(ClaimSql.Slots slots, long now, Lease lease) {
        capacity.take(slots.customers().size());
        for (int i = 0; i < slots.customers().size(); i++) {
            long slot = slots.interval() == 0 ? 0 : now + (long) (slots.slot(i) * 1e9);
            queue.add(new Work(slots.customers().get(i), slot, lease));
        }
    }

    /** A probe of this replica has not come back yet. */
    boolean isProbing() {
        return probing;
    }

    private void callOneAfterTheOther() {
        while (true) {
            try {
                Work work = queue.take();
                inFlight.incrementAndGet();
                try {
                    call(work);
                } finally {
                    inFlight.decrementAndGet();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void call(Work work) throws InterruptedException {
        Claimed customer = work.customer();
        long begun = awaitSlot(work);
        LeadClient now = Objects.requireNonNull(client.get()); // nothing is claimed before there is one
        try {
            boolean missed = work.slot() != 0 && begun - work.slot() > MISSED_NANOS;
            Delivery.Result result = !stopping && !missed && gate.mayBegin(customer.probe())
                    ? delivery.deliver(customer, now, work.lease().sendBy())
                    : delivery.giveBack(customer);
            settler.settle(result.settlement(), work.lease().end());
            delivery.tellGate(now, result, begun);
            told(result.settlement(), now, begun);
        } finally {
            if (customer.probe()) {
                probing = false;
            }
        }
    }

    /** @return now */
    private long awaitSlot(Work work) throws InterruptedException {
        long now = nanoTime.getAsLong();
        while (work.slot() != 0 && work.slot() - now > 0 && !stopping) {
            TimeUnit.NANOSECONDS.sleep(work.slot() - now);
            now = nanoTime.getAsLong();
        }
        return now;
    }

    private void told(Settlement settlement, LeadClient used, long begun) {
        journal.settled(settlement);
        if (settlement.called()) {
            capacity.called();
        }
        if (settlement.isDelivered()) {
            gate.accepted(used.key().fingerprint(), begun);
        }
    }

    /** Customers that wait for a caller. */
    int queued() {
        return queue.size();
    }

    /** No call is in flight, and none waits. */
    boolean areIdle() {
        return queue.isEmpty() && inFlight.get() == 0;
    }

    /** What has not begun is given back from now on. */
    void stop() {
        stopping = true;
    }

    /** Ends the calls that are still in flight: they are settled as Unknown. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }
}
