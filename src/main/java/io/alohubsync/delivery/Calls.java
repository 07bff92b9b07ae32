package io.alohubsync.delivery;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Reply;
import io.alohubsync.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account, so many at a time, all on one event loop: an attempt changes no thread
 * between its begin and the queueing of its settlement, and an answer begins the next call where it
 * arrives. Any thread may add attempts; the event loop alone takes them.
 */
final class Calls {

    private final int concurrency;
    private final Supplier<@Nullable LeadClient> client;
    private final Delivery delivery;
    private final Capacity capacity;
    private final AttemptEnd ending;
    private final EventLoop loop;
    private final UnsettledLeases leases = new UnsettledLeases();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile int inFlight; // written on the event loop alone, as the next three
    private final Deque<Attempt> queue = new ArrayDeque<>();
    private boolean beginning;
    private boolean awaitsSlot;
    private volatile boolean stopping; // written by the thread that stops
    private volatile boolean probing; // set by the claiming loop, cleared on the event loop at the probe's end

    /**
     * @param capacity of which each attempt takes one
     * @param client   for the key as it is at the moment of a call; null: there is none
     */
    Calls(
            Capacity capacity,
            Supplier<@Nullable LeadClient> client,
            Delivery delivery,
            AttemptEnd ending,
            EventLoop loop) {
        this.capacity = capacity;
        this.concurrency = capacity.concurrency();
        this.client = client;
        this.delivery = delivery;
        this.ending = ending;
        this.loop = loop;
    }

    /** Capacity for so many customers, taken; 0 while it is not worth a claim. */
    int takeCapacity() {
        return capacity.takeForClaim(now(), queued.get());
    }

    void freeCapacity(int customers) {
        capacity.free(customers);
    }

    /** Calls customers of one lease, each as soon as it may begin. Their capacity is taken already. */
    void call(List<Attempt> attempts) {
        if (!attempts.isEmpty()) {
            enqueue(attempts);
        }
    }

    /**
     * Tests an account whose breaker is tripped. By the claiming loop, which asks {@link #mayProbe}
     * first.
     */
    void probe(Attempt attempt) {
        capacity.takeForProbe();
        probing = true;
        enqueue(List.of(attempt));
    }

    private void enqueue(List<Attempt> attempts) {
        Lease lease = attempts.getFirst().lease();
        lease.add(attempts.size());
        leases.add(lease);
        queued.addAndGet(attempts.size());
        loop.run(() -> {
            queue.addAll(attempts);
            beginWaiting();
        });
    }

    /** No probe of this replica is in flight, and one could begin at once. */
    boolean mayProbe() {
        return !probing && queued.get() == 0 && inFlight < concurrency;
    }

    /**
     * Customers are unsettled long after the end of their lease: no settlement of theirs will come.
     */
    boolean haveStuckCustomers(long now) {
        return leases.haveStuckCustomers(now);
    }

    /**
     * On the event loop: begins what may begin now. An answer goes on from here, with the next
     * customer.
     */
    private void beginWaiting() {
        if (beginning) {
            return; // a call that ended at once; the loop below goes on with the next
        }
        beginning = true;
        try {
            while (inFlight < concurrency && !queue.isEmpty() && isTimeFor(queue.peek())) {
                count(1); // first, so that it never looks idle in between
                queued.decrementAndGet();
                run(queue.poll());
            }
        } finally {
            beginning = false;
        }
    }

    /** Slots are in order: where the first has not come, none has. */
    private boolean isTimeFor(Attempt first) {
        long left = stopping ? 0 : first.untilSlot(now());
        if (left > 0 && !awaitsSlot) {
            awaitsSlot = true;
            long millis = TimeUnit.NANOSECONDS.toMillis(left + 999_999);
            loop.after(millis, () -> {
                awaitsSlot = false;
                beginWaiting();
            });
        }
        return left <= 0;
    }

    /**
     * The delivery of one customer: begin, send, classify, decide, settle. Each step that throws
     * ends it as Unknown.
     */
    private void run(Attempt attempt) {
        try {
            if (delivery.begin(attempt, client.get(), stopping)) {
                delivery.send(attempt, reply -> answered(attempt, reply));
            } else {
                end(attempt);
            }
        } catch (RuntimeException | Error fault) {
            fail(attempt, fault);
        }
    }

    /** The only continuation: on the event loop, with the reply. */
    void answered(Attempt attempt, Reply reply) {
        try {
            delivery.classify(attempt, reply);
            delivery.decide(attempt);
        } catch (RuntimeException | Error fault) {
            fail(attempt, fault);
            return;
        }
        end(attempt);
    }

    private void fail(Attempt attempt, Throwable fault) {
        try {
            delivery.decideFaulty(attempt, fault);
        } catch (RuntimeException | Error again) {
            AttemptEnd.lost(attempt, again);
        }
        end(attempt);
    }

    /**
     * The one end of every attempt, whatever was thrown: it is settled, its capacity is free again
     * and the next one begins.
     */
    private void end(Attempt attempt) {
        if (!attempt.markEnded()) {
            return;
        }
        try {
            ending.settle(attempt);
        } finally {
            if (attempt.customer().probe()) {
                probing = false;
            }
            count(-1);
            beginWaiting();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread
    private void count(int calls) {
        inFlight += calls;
    }

    /** The monotonic clock. */
    long now() {
        return delivery.now();
    }

    /** Customers that wait for their call. */
    int queued() {
        return queued.get();
    }

    /** No call is in flight, and none waits. */
    boolean areIdle() {
        return queued.get() == 0 && inFlight == 0;
    }

    /** What has not begun is released from now on. */
    void stop() {
        stopping = true;
        loop.run(this::beginWaiting);
    }

    /** Ends the calls that are still in flight: they are settled as Unknown. */
    void giveUp() {
        LeadClient last = client.get();
        if (last != null) {
            loop.run(last::giveUp);
        }
    }
}
