package io.alohubsync.worker;

import io.alohubsync.account.Account;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.Fault;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.Delivery;
import io.alohubsync.delivery.Lease;
import io.alohubsync.delivery.Settler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account, so many at a time, all on one event loop: no thread is handed anything between a claim and its
 * settlement, and an answer begins the next call where it arrives.
 */
final class Callers {

    private static final Logger LOG = Logger.getLogger(Callers.class);

    /** A lease's end is a matter of the settler by then: it tries no longer. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MANY_LEASES = 1000;

    /** A turn that was missed by more is given back: called late, it would meet those whose turn it is. */
    private static final long MISSED_NANOS = 40_000_000;

    private final Account account;
    private final Supplier<@Nullable LeadClient> client;
    private final Delivery delivery;
    private final GateKeeper gate;
    private final Settler settler;
    private final Capacity capacity;
    private final Consumer<Settlement> settled;
    private final LongSupplier nanoTime;
    private final EventLoop loop;
    private final Queue<Lease> leases = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile int inFlight; // written on the event loop alone, as the next three
    private final Deque<Work> queue = new ArrayDeque<>();
    private boolean beginning;
    private boolean awaitsSlot;
    private volatile boolean stopping;
    private volatile boolean
            probing; // set by the claiming loop before a probe begins, cleared on the event loop at its end

    /** A customer on its way. Of the event loop alone once it is enqueued. */
    private static final class Work {

        private final Claimed customer;
        private final long slot; // its turn, on the monotonic clock; 0: at once
        private final Lease lease;
        private boolean over;

        Work(Claimed customer, long slot, Lease lease) {
            this.customer = customer;
            this.slot = slot;
            this.lease = lease;
        }
    }

    /** @param client for the key as it is at the moment of a call */
    Callers(
            Account account,
            Supplier<@Nullable LeadClient> client,
            Delivery delivery,
            GateKeeper gate,
            Settler settler,
            Capacity capacity,
            Consumer<Settlement> settled,
            LongSupplier nanoTime,
            EventLoop loop) {
        this.loop = loop;
        this.account = account;
        this.client = client;
        this.delivery = delivery;
        this.gate = gate;
        this.settler = settler;
        this.capacity = capacity;
        this.settled = settled;
        this.nanoTime = nanoTime;
    }

    /** At once. They are taken from the capacity already, as those below. */
    void call(List<Claimed> claimed, Lease lease) {
        enqueue(claimed.stream().map(customer -> new Work(customer, 0, lease)).toList(), lease);
    }

    /** Tries a closed gate. By the claiming loop, which asks {@link #mayProbe} first. */
    void probe(Claimed customer, Lease lease) {
        probing = true;
        enqueue(List.of(new Work(customer, 0, lease)), lease);
    }

    /** Each in its slot. @param now when the slots were told */
    void call(ClaimSql.Slots slots, long now, Lease lease) {
        List<Work> work = new ArrayList<>(slots.customers().size());
        for (int i = 0; i < slots.customers().size(); i++) {
            long slot = slots.interval() == 0 ? 0 : now + (long) (slots.slot(i) * 1e9);
            work.add(new Work(slots.customers().get(i), slot, lease));
        }
        enqueue(work, lease);
    }

    private void enqueue(List<Work> work, Lease lease) {
        if (work.isEmpty()) {
            return;
        }
        lease.hold(work.size());
        watch(lease);
        queued.addAndGet(work.size());
        loop.run(() -> {
            queue.addAll(work);
            begin();
        });
    }

    /** None of this replica's probes is on its way, and one could begin: it takes no place of its own. */
    boolean mayProbe() {
        return !probing && queued.get() == 0 && inFlight < account.concurrency();
    }

    private void watch(Lease lease) {
        leases.add(lease);
        for (Lease first = leases.peek(); first != null && first.isOver(); first = leases.peek()) {
            leases.remove(first);
        }
        if (leases.size() > MANY_LEASES) {
            leases.removeIf(Lease::isOver);
        }
    }

    /** Customers are still on their way long after their lease: no settlement of theirs will come. */
    boolean haveForgotten(long now) {
        return leases.stream().anyMatch(lease -> !lease.isOver() && now - lease.end() > FORGOTTEN_NANOS);
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
        long left = first.slot == 0 || stopping ? 0 : first.slot - nanoTime.getAsLong();
        if (left > 0 && !awaitsSlot) {
            awaitsSlot = true;
            long millis = TimeUnit.NANOSECONDS.toMillis(left + 999_999);
            loop.after(millis, () -> {
                awaitsSlot = false;
                begin();
            });
        }
        return left <= 0;
    }

    /** Whatever is thrown, the work ends, and once: its place is free again and the next one begins. */
    private void call(Work work) {
        try {
            Claimed customer = work.customer;
            long begun = nanoTime.getAsLong();
            LeadClient now = client.get();
            boolean missed = work.slot != 0 && begun - work.slot > MISSED_NANOS;
            if (now != null && !stopping && !missed && gate.mayBegin(customer.probe())) {
                delivery.deliver(customer, now, work.lease.sendBy(), result -> ended(work, now, result, begun));
            } else {
                ended(work, now, delivery.giveBack(customer), begun);
            }
        } catch (RuntimeException | Error fault) {
            complain(work, fault);
            ended(work, null, null, 0);
        }
    }

    /** @param result null: nobody knows; the lease ends by itself, and the next claim takes the customer as Unknown */
    private void ended(Work work, @Nullable LeadClient used, Delivery.@Nullable Result result, long begun) {
        if (work.over) {
            return;
        }
        work.over = true;
        boolean settling = false;
        try {
            if (result != null) {
                settler.settle(result.settlement(), work.lease);
                settling = true;
                told(used, result, begun);
            }
        } catch (RuntimeException | Error fault) {
            complain(work, fault);
        } finally {
            if (!settling) {
                work.lease.over();
                capacity.giveBack(1);
            }
            if (work.customer.probe()) {
                probing = false;
            }
            count(-1);
            begin();
        }
    }

    private static void complain(Work work, Throwable fault) {
        Fault.endIfOutOfMemory(fault);
        LOG.errorf(Fault.withoutMessages(fault), "What follows from the call for %s is lost", work.customer);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread
    private void count(int calls) {
        inFlight += calls;
    }

    private void told(@Nullable LeadClient used, Delivery.Result result, long begun) {
        Settlement settlement = result.settlement();
        if (used != null) {
            delivery.tellGate(used, result, begun);
        }
        settled.accept(settlement);
        if (settlement.called()) {
            capacity.called();
        }
        if (settlement.isDelivered() && used != null) {
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
        loop.run(this::begin);
    }

    /** Ends the calls that are still in flight: they are settled as Unknown. */
    void giveUp() {
        LeadClient last = client.get();
        if (last != null) {
            loop.run(last::giveUp);
        }
    }
}
