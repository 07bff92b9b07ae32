package io.alohubsync.delivery;

import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.DueLocks;
import io.alohubsync.loop.WakeUp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Gathers settlements and writes many in one transaction, on a thread of its own. While the
 * database does not answer it tries again with the same tokens until the leases end; then the next
 * claim takes the customers as Unknown. Any thread queues settlements; the settling thread alone
 * owns all other state.
 */
public final class Settler {

    private static final Logger LOG = Logger.getLogger(Settler.class);
    private static final int MAX_BATCH = 1000;
    private static final int WORTH_A_COMMIT = 256;
    private static final long GATHER_MILLIS = 20;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 1000;

    private final LongSupplier nanoTime;
    private final Capacity capacity;
    private final SettlementWriter writer;
    private final Refunds refunds;
    private final Queue<QueuedSettlement> queue = new ConcurrentLinkedQueue<>();
    private final WakeUp wakeUp = new WakeUp();
    private List<QueuedSettlement> unwritten = List.of();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /**
     * @param capacity  is free again once a settlement is written or given up; others may use it while
     *                  another transaction has the customer locked
     * @param listeners receive each settlement once it is written
     */
    Settler(DataSource database, LongSupplier nanoTime, Capacity capacity, List<SettlementListener> listeners) {
        this.nanoTime = nanoTime;
        this.capacity = capacity;
        DueLocks dueLocks = new DueLocks(nanoTime);
        this.writer = new SettlementWriter(database, nanoTime, listeners, capacity::customersAreDue, dueLocks);
        this.refunds = new Refunds(database, dueLocks);
    }

    void queue(Settlement settlement, Lease lease) {
        queue.add(new QueuedSettlement(settlement, nanoTime.getAsLong(), lease, false, false));
        wake();
    }

    /**
     * Attempts whose settlements were queued before, and that turned out to be the account's fault.
     */
    void refund(List<Refund> spent) {
        refunds.add(spent);
        wake();
    }

    /** Ends the wait for a first settlement. */
    void wake() {
        wakeUp.wake();
    }

    /**
     * One round: takes what is queued and writes it; waits up to {@code wait} for a first
     * settlement. While other customers are in flight it gathers for a moment, since a commit costs
     * the same for one as for a hundred; the last one never waits. What can't be written is kept
     * for the next round.
     *
     * @throws SQLException the database's disk is full; the next round tries again
     */
    void settleNext(Duration wait) throws SQLException, InterruptedException {
        wakeUp.clear(); // before the queues are read: what is queued later wakes it again
        refunds.collect();
        List<QueuedSettlement> batch;
        if (unwritten.isEmpty() && refunds.isEmpty()) {
            batch = gathered(wait);
            pauseMillis = FIRST_PAUSE_MILLIS;
        } else {
            batch = new ArrayList<>(stillLeased(unwritten));
            batch.addAll(gathered(Duration.ofMillis(pauseMillis))); // the others do not wait for what is left over
            pauseMillis = Math.min(MAX_PAUSE_MILLIS, pauseMillis * 2);
        }
        unwritten = batch; // until they are written: whatever is thrown, none is lost
        if (!batch.isEmpty()) {
            unwritten = writer.write(batch);
            settled(batch, unwritten);
        }
        if (queue.isEmpty() && !refunds.isEmpty()) {
            writeRefunds();
        }
        if (!batch.isEmpty()) {
            writer.throwIfNoneCanBeWritten();
        }
    }

    /**
     * The last round, by the thread that stops, once the settling thread has ended: refunds are
     * written even now.
     */
    void finish() {
        refunds.collect();
        writeRefunds();
    }

    private void writeRefunds() {
        refunds.write(unwritten.stream().map(QueuedSettlement::customerId).collect(Collectors.toSet()));
    }

    private void settled(List<QueuedSettlement> batch, List<QueuedSettlement> left) {
        capacity.keepBack(
                (int) left.stream().filter(QueuedSettlement::locked).count()); // before what is free is counted
        if (batch.size() > left.size()) {
            Set<Settlement> open = Collections.newSetFromMap(new IdentityHashMap<>());
            left.forEach(queued -> open.add(queued.settlement()));
            batch.stream()
                    .filter(queued -> !open.contains(queued.settlement()))
                    .forEach(queued -> queued.lease().settledOne());
            capacity.free(batch.size() - left.size());
        }
    }

    private List<QueuedSettlement> gathered(Duration wait) throws InterruptedException {
        if (queue.isEmpty()) {
            if (!wakeUp.await(wait) || queue.isEmpty()) {
                return List.of();
            }
        }
        List<QueuedSettlement> batch = new ArrayList<>(MAX_BATCH);
        takeInto(batch);
        if (batch.size() < WORTH_A_COMMIT && capacity.busy() > batch.size()) {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
            takeInto(batch);
        }
        return batch;
    }

    private void takeInto(List<QueuedSettlement> batch) {
        for (QueuedSettlement next; batch.size() < MAX_BATCH && (next = queue.poll()) != null; ) {
            batch.add(next);
        }
    }

    private List<QueuedSettlement> stillLeased(List<QueuedSettlement> batch) {
        long now = nanoTime.getAsLong();
        List<QueuedSettlement> left =
                batch.stream().filter(queued -> queued.lease().end() - now > 0).toList();
        if (left.size() < batch.size()) {
            LOG.warnf("%d settlements were given up: their leases have ended", batch.size() - left.size());
            settled(batch, left);
        }
        return left;
    }
}
