package io.alohubsync.delivery;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.Fault;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account, so many at a time, all on one event loop: no thread is handed anything between a claim and its
 * settlement, and an answer begins the next call where it arrives.
 */
final class Calls {

    private static final Logger LOG = Logger.getLogger(Calls.class);

    /** A lease's end is a matter of the settler by then: it tries no longer. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int MANY_LEASES = 1000;

    private final int concurrency;
    private final Supplier<@Nullable LeadClient> client;
    private final Delivery delivery;
    private final Ending ending;
    private final EventLoop loop;
    private final Queue<Lease> leases = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile int inFlight; // written on the event loop alone, as the next three
    private final Deque<Attempt> queue = new ArrayDeque<>();
    private boolean beginning;
    private boolean awaitsSlot;
    private volatile boolean stopping;
    private volatile boolean
            probing; // set by the claiming loop before a probe begins, cleared on the event loop at its end

    /**
     * Where an attempt goes at its end.
     *
     * @param settler   writes what came of it
     * @param capacity  has room again where nothing is to be written
     * @param listeners receive each; what they throw is logged and changes nothing
     */
    record Ending(Settler settler, Capacity capacity, List<Consumer<AttemptFinished>> listeners) {}

    /**
     * @param concurrency calls at a time
     * @param client      for the key as it is at the moment of a call; null: there is none
     */
    Calls(int concurrency, Supplier<@Nullable LeadClient> client, Delivery delivery, Ending ending, EventLoop loop) {
        this.concurrency = concurrency;
        this.client = client;
        this.delivery = delivery;
        this.ending = ending;
        this.loop = loop;
    }

    /** At once. They are taken from the capacity already, as those below. */
    void call(List<Claimed> claimed, Lease lease) {
        enqueue(
                claimed.stream()
                        .map(customer -> Attempt.atOnce(customer, lease))
                        .toList(),
                lease);
    }

    /** Tries a closed breaker. By the claiming loop, which asks {@link #mayProbe} first. */
    void probe(Claimed customer, Lease lease) {
        probing = true;
        enqueue(List.of(Attempt.atOnce(customer, lease)), lease);
    }

    /** Each in its slot. @param now when the slots were read */
    void call(ClaimSql.Slots slots, long now, Lease lease) {
        List<Attempt> attempts = new ArrayList<>(slots.customers().size());
        for (int i = 0; i < slots.customers().size(); i++) {
            Claimed customer = slots.customers().get(i);
            long slot = now + (long) (slots.slot(i) * 1e9);
            attempts.add(
                    slots.interval() == 0 ? Attempt.atOnce(customer, lease) : Attempt.inSlot(customer, lease, slot));
        }
        enqueue(attempts, lease);
    }

    private void enqueue(List<Attempt> attempts, Lease lease) {
        if (attempts.isEmpty()) {
            return;
        }
        lease.hold(attempts.size());
        watch(lease);
        queued.addAndGet(attempts.size());
        loop.run(() -> {
            queue.addAll(attempts);
            begin();
        });
    }

    /** None of this replica's probes is on its way, and one could begin: it takes no place of its own. */
    boolean mayProbe() {
        return !probing && queued.get() == 0 && inFlight < concurrency;
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
        long left = stopping ? 0 : first.untilSlot(delivery.now());
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

    /** The delivery of one customer: begin, send, classify, decide, settle. Each step that throws ends it as Unknown. */
    private void run(Attempt attempt) {
        try {
            if (delivery.begin(attempt, client.get(), stopping)) {
                delivery.send(attempt, reply -> answered(attempt, reply));
            } else {
                settle(attempt);
            }
        } catch (RuntimeException | Error fault) {
            fail(attempt, fault);
        }
    }

    /** The only continuation: on the event loop, with what came back. */
    void answered(Attempt attempt, LeadClient.Reply reply) {
        try {
            delivery.classify(attempt, reply);
            delivery.decide(attempt);
        } catch (RuntimeException | Error fault) {
            fail(attempt, fault);
            return;
        }
        settle(attempt);
    }

    private void fail(Attempt attempt, Throwable fault) {
        try {
            delivery.decideFaulty(attempt, fault);
        } catch (RuntimeException | Error again) {
            complain(attempt, again);
        }
        settle(attempt);
    }

    /**
     * The one end of every attempt, whatever was thrown: it is settled, its place is free again and the next one begins. Without a
     * settlement its lease ends by itself, and the next claim takes the customer as Unknown.
     */
    private void settle(Attempt attempt) {
        if (!attempt.end()) {
            return;
        }
        boolean settling = false;
        try {
            Settlement settlement = attempt.settlement();
            if (settlement != null) {
                ending.settler.settle(settlement, attempt.lease());
                settling = true;
                publish(delivery.finished(attempt));
            }
        } catch (RuntimeException | Error fault) {
            complain(attempt, fault);
        } finally {
            if (!settling) {
                attempt.lease().over();
                ending.capacity.free(1);
            }
            if (attempt.customer().probe()) {
                probing = false;
            }
            count(-1);
            begin();
        }
    }

    private void publish(AttemptFinished event) {
        if (event.settlement().called()) {
            ending.capacity.called();
        }
        for (Consumer<AttemptFinished> listener : ending.listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error fault) {
                Fault.endIfOutOfMemory(fault);
                LOG.error("An attempt could not be counted or logged", Fault.withoutMessages(fault));
            }
        }
    }

    private static void complain(Attempt attempt, Throwable fault) {
        Fault.endIfOutOfMemory(fault);
        LOG.errorf(Fault.withoutMessages(fault), "What follows from %s is lost", attempt);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // by one thread
    private void count(int calls) {
        inFlight += calls;
    }

    /** Customers that wait for a caller. */
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
