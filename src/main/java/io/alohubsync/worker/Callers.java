package io.alohubsync.worker;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Settler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of one account: a virtual thread for each at a time, which takes customers one after the other. */
final class Callers {

    private final String account;
    private final int concurrency;
    private final Duration sendBy;
    private final Duration lease;
    private final Delivery delivery;
    private final GateKeeper gate;
    private final Settler settler;
    private final Capacity capacity;
    private final Journal journal;
    private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean stopping;
    private volatile boolean probing;

    /** A customer on its way, with the times that bind its call. */
    private record Work(Claimed customer, LeadClient client, long sendBy, long leaseEnd) {}

    Callers(
            String account,
            int concurrency,
            Duration sendBy,
            Duration lease,
            Delivery delivery,
            GateKeeper gate,
            Settler settler,
            Capacity capacity,
            Journal journal) {
        this.account = account;
        this.concurrency = concurrency;
        this.sendBy = sendBy;
        this.lease = lease;
        this.delivery = delivery;
        this.gate = gate;
        this.settler = settler;
        this.capacity = capacity;
        this.journal = journal;
    }

    void start() {
        for (int i = 0; i < concurrency; i++) {
            threads.add(Thread.ofVirtual().name("call-" + account + "-" + i).start(this::callOneAfterTheOther));
        }
    }

    /** @param claimIssued on the monotonic clock, from before the claim: S and the lease are counted from there */
    void call(List<Claimed> claimed, LeadClient client, long claimIssued) {
        capacity.take(claimed.size());
        for (Claimed customer : claimed) {
            if (customer.probe()) {
                probing = true;
            }
            queue.add(new Work(customer, client, claimIssued + sendBy.toNanos(), claimIssued + lease.toNanos()));
        }
    }

    /** A probe of this replica has not come back yet. */
    boolean isProbing() {
        return probing;
    }

    private void callOneAfterTheOther() {
        while (true) {
            try {
                call(queue.take());
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void call(Work work) {
        Claimed customer = work.customer();
        inFlight.incrementAndGet();
        try {
            Settlement settlement = !stopping && gate.mayBegin(customer.probe())
                    ? delivery.deliver(customer, work.client(), work.sendBy())
                    : delivery.giveBack(customer, work.client());
            settler.settle(settlement, work.leaseEnd());
            told(settlement);
        } finally {
            inFlight.decrementAndGet();
            if (customer.probe()) {
                probing = false;
            }
        }
    }

    private void told(Settlement settlement) {
        journal.settled(settlement);
        if (settlement.called()) {
            capacity.called();
        }
        if (settlement.isDelivered()) {
            gate.accepted();
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
