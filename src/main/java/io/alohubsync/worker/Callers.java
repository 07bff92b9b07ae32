package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Settler;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account, so many at a time, all on one event loop: no thread is handed anything between a claim and its
 * settlement, and an answer begins the next call where it arrives.
 */
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
    private final Context loop;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile int inFlight; // written on the event loop alone, as the next three
    private final Deque<Work> queue = new ArrayDeque<>();
    private boolean beginning;
    private boolean awaitsSlot;
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
            LongSupplier nanoTime,
            Context loop) {
        this.loop = loop;
        this.account = account;
        this.client = client;
        this.delivery = delivery;
        this.gate = gate;
        this.settler = settler;
        this.capacity = capacity;
        this.journal = journal;
        this.nanoTime = nanoTime;
    }

    /** At once. They are taken from the capacity already, as those below. */
    void call(List<Claimed> claimed, Lease lease) {
        enqueue(claimed.stream().map(customer -> new Work(customer, 0, lease)).toList());
    }

    /** Each in its slot. @param now when the slots were told */
    void call(ClaimSql.Slots slots, long now, Lease lease) {
        List<Work> work = new ArrayList<>(slots.customers().size());
        for (int i = 0; i < slots.customers().size(); i++) {
            long slot = slots.interval() == 0 ? 0 : now + (long) (slots.slot(i) * 1e9);
            work.add(new Work(slots.customers().get(i), slot, lease));
        }
        enqueue(work);
    }

    private void enqueue(List<Work> work) {
        if (work.isEmpty()) {
            return;
        }
        queued.addAndGet(work.size());
        probing = probing || work.getFirst().customer().probe(); // it is claimed alone
        loop.runOnContext(nothing -> {
            queue.addAll(work);
            begin();
        });
    }

    /** A probe of this replica has not come back yet. */
    boolean isProbing() {
        return probing;
    }

    /** On the event loop: begins what may begin now. An answer goes on from here, with the next customer. */
    private void begin() {
        if (beginning) {
            return; // a call that ended at once; the loop below goes on with the next
        }
        beginning = true;
        try {
            while (inFlight < account.concurrency() && !queue.isEmpty() && isTimeFor(queue.peek())) {
                count(1); // first, so that it never looks idle in between
                queued.decrementAndGet();
                call(queue.poll());
            }
        } finally {
            beginning = false;
        }
    }

    /** Turns come in their order: where the first has not come, nobody's has. */
    private boolean isTimeFor(Work first) {
        long left = first.slot() == 0 || stopping ? 0 : first.slot() - nanoTime.getAsLong();
        if (left > 0 && !awaitsSlot) {
            awaitsSlot = true;
            long millis = TimeUnit.NANOSECONDS.toMillis(left + 999_999);
            loop.owner().setTimer(millis, timer -> {
                awaitsSlot = false;
                begin();
            });
        }
        return left <= 0;
    }

    private void call(Work work) {
        Claimed customer = work.customer();
        long begun = nanoTime.getAsLong();
        LeadClient now = Objects.requireNonNull(client.get()); // nothing is claimed before there is one
        boolean missed = work.slot() != 0 && begun - work.slot() > MISSED_NANOS;
        if (!stopping && !missed && gate.mayBegin(customer.probe())) {
            delivery.deliver(customer, now, work.lease().sendBy(), result -> ended(work, now, result, begun));
        } else {
            ended(work, now, delivery.giveBack(customer), begun);
        }
    }

    private void ended(Work work, LeadClient used, Delivery.Result result, long begun) {
        try {
            settler.settle(result.settlement(), work.lease().end());
            delivery.tellGate(used, result, begun);
            told(result.settlement(), used, begun);
        } finally {
            if (work.customer().probe()) {
                probing = false;
            }
            count(-1);
            begin();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread
    private void count(int calls) {
        inFlight += calls;
    }

    private void told(Settlement settlement, LeadClient used, long begun) {
        journal.settled(settlement);
        if (settlement.called()) {
            capacity.called();
        }
        if (settlement.isDelivered()) {
            gate.accepted(settlement.customer().customerId(), used.key().fingerprint(), begun);
        }
    }

    /** Customers that wait for a caller. */
    int queued() {
        return queued.get();
    }

    /** No call is in flight, and none waits. */
    boolean areIdle() {
        return queued.get() == 0 && inFlight == 0;
    }

    /** What has not begun is given back from now on. */
    void stop() {
        stopping = true;
        loop.runOnContext(nothing -> begin());
    }

    /** Ends the calls that are still in flight: they are settled as Unknown. */
    void giveUp() {
        LeadClient last = client.get();
        if (last != null) {
            loop.runOnContext(nothing -> last.giveUp());
        }
    }
}
