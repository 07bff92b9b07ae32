package io.alohubsync.delivery;

import io.alohubsync.config.Fault;
import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes settlements, many in one transaction, on a thread of its own. While the database is away it tries again with the
 * same tokens until the leases end; then the next claim takes the customers as Unknown.
 */
public final class Settler {

    private static final Logger LOG = Logger.getLogger(Settler.class);
    private static final int MAX_BATCH = 1000;
    private static final int WORTH_A_COMMIT = 256;
    private static final long GATHER_MILLIS = 20;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long MAX_PAUSE_MILLIS = 1000;

    private final DataSource database;
    private final LongSupplier nanoTime;
    private final IntSupplier onTheirWay;
    private final IntConsumer fenced;
    private final IntConsumer done;
    private final @Nullable Attempts attempts;
    private List<Entry> unwritten = List.of();
    private List<Refund> refunds = List.of();
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore rung = new Semaphore(0);
    private final Queue<Refund> queuedRefunds = new ConcurrentLinkedQueue<>();

    /** Receives each attempt once it is settled. */
    @FunctionalInterface
    public interface Attempts {

        /** @param fenced its lease had been taken by another: nothing changed */
        void settled(Settlement settlement, boolean fenced);
    }

    /**
     * @param handedIn     when, on the monotonic clock
     * @param maybeWritten the connection broke while it was written: whether that was committed is not known
     */
    private record Entry(Settlement settlement, long handedIn, Lease lease, boolean maybeWritten) {

        long customerId() {
            return settlement.customer().customerId();
        }

        Entry thatMayBeWritten() {
            return new Entry(settlement, handedIn, lease, true);
        }
    }

    /**
     * @param onTheirWay customers claimed and not settled yet, those of a batch included
     * @param fenced receives how many customers' leases had been taken by another: the answer came too late, nothing changed
     * @param done   receives how many settlements are over, written or not
     * @param attempts null: no listener
     */
    public Settler(
            DataSource database,
            LongSupplier nanoTime,
            IntSupplier onTheirWay,
            IntConsumer fenced,
            IntConsumer done,
            @Nullable Attempts attempts) {
        this.attempts = attempts;
        this.database = database;
        this.nanoTime = nanoTime;
        this.onTheirWay = onTheirWay;
        this.fenced = fenced;
        this.done = done;
    }

    public void settle(Settlement settlement, Lease lease) {
        queue.add(new Entry(settlement, nanoTime.getAsLong(), lease, false));
        wake();
    }

    /** Attempts that were handed in and turned out to be the account's fault. */
    public void refund(List<Refund> spent) {
        queuedRefunds.addAll(spent);
        wake();
    }

    /** Ends the wait for a first settlement. */
    public void wake() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /**
     * One round: takes what is there and writes it; waits up to {@code wait} for a first one. While other customers are on
     * their way it gathers for a moment, since a commit costs the same for one as for a hundred; the last one never waits.
     * What can't be written is kept for the next round.
     */
    public void settleNext(Duration wait) throws InterruptedException {
        rung.drainPermits(); // before the queues are read: what is handed in later wakes it again
        takeRefunds(); // before the queue is looked at: what they spent was handed in earlier, so it is written by
        // then
        List<Entry> batch;
        if (unwritten.isEmpty()) {
            batch = gathered(wait);
            pauseMillis = FIRST_PAUSE_MILLIS;
        } else {
            batch = new ArrayList<>(stillLeased(unwritten));
            batch.addAll(gathered(Duration.ofMillis(pauseMillis))); // the others do not wait for what is left over
            pauseMillis = Math.min(MAX_PAUSE_MILLIS, pauseMillis * 2);
        }
        unwritten = batch; // until they are written: whatever is thrown, none is lost
        if (!batch.isEmpty()) {
            unwritten = write(batch);
            over(batch, unwritten);
        }
        if (queue.isEmpty() && !refunds.isEmpty()) {
            writeRefunds();
        }
    }

    private void over(List<Entry> batch, List<Entry> left) {
        if (batch.size() > left.size()) {
            Set<Settlement> open = Collections.newSetFromMap(new IdentityHashMap<>());
            left.forEach(entry -> open.add(entry.settlement));
            batch.stream().filter(entry -> !open.contains(entry.settlement)).forEach(entry -> entry.lease.over());
            done.accept(batch.size() - left.size());
        }
    }

    /** The last round, by the thread that stops: refunds are written even now. */
    public void finish() {
        takeRefunds();
        if (!refunds.isEmpty()) {
            writeRefunds();
        }
    }

    private void takeRefunds() {
        if (!queuedRefunds.isEmpty()) {
            List<Refund> all = new ArrayList<>(refunds);
            for (Refund next = queuedRefunds.poll(); next != null; next = queuedRefunds.poll()) {
                all.add(next);
            }
            refunds = all;
        }
    }

    /** But for those whose settlements are not written yet: these spend first. */
    private void writeRefunds() {
        Set<Long> open = unwritten.stream().map(Entry::customerId).collect(Collectors.toSet());
        List<Refund> settled = refunds.stream()
                .filter(spent -> !open.contains(spent.customerId()))
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        try {
            Set<Long> looked = Transaction.run(database, connection -> SettleSql.refund(connection, settled));
            refunds = refunds.stream()
                    .filter(spent -> !looked.contains(spent.customerId()))
                    .toList();
        } catch (SQLException failure) {
            LOG.warnf("%d attempts could not be refunded yet (%s)", settled.size(), SqlFailure.describe(failure));
        }
    }

    private List<Entry> gathered(Duration wait) throws InterruptedException {
        if (queue.isEmpty()) {
            boolean rang = rung.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (!rang || queue.isEmpty()) {
                return List.of();
            }
        }
        List<Entry> batch = new ArrayList<>(MAX_BATCH);
        takeInto(batch);
        if (batch.size() < WORTH_A_COMMIT && onTheirWay.getAsInt() > batch.size()) {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
            takeInto(batch);
        }
        return batch;
    }

    private void takeInto(List<Entry> batch) {
        for (Entry next; batch.size() < MAX_BATCH && (next = queue.poll()) != null; ) {
            batch.add(next);
        }
    }

    /** @return what has to be tried again */
    private List<Entry> write(List<Entry> batch) {
        try {
            return writeOnce(batch);
        } catch (SQLException failure) {
            LOG.warnf("%d settlements could not be written (%s)", batch.size(), SqlFailure.describe(failure));
            return SqlFailure.isAboutContent(failure) ? writeOneByOne(batch) : again(batch, failure);
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.errorf(Fault.withoutMessages(fault), "%d settlements could not be written", (Object) batch.size());
            return batch.size() > 1 ? writeOneByOne(batch) : batch;
        }
    }

    private static List<Entry> again(List<Entry> batch, SQLException failure) {
        return SqlFailure.leavesOutcomeOpen(failure)
                ? batch.stream().map(Entry::thatMayBeWritten).toList()
                : batch;
    }

    /**
     * Only the lease's holder takes its token away, and the lease has not ended: where the token is gone after a commit whose
     * acknowledgement was lost, that commit was made.
     */
    private List<Entry> writeOnce(List<Entry> batch) throws SQLException {
        SettleSql.Written written = settle(batch);
        try {
            report(batch, written);
        } catch (RuntimeException | Error fault) { // they are written: what is said of it changes nothing
            Fault.endIfOutOfMemory(fault);
            LOG.error("Settlements were written, but not counted", Fault.withoutMessages(fault));
        }
        return batch.stream()
                .filter(entry -> !written.looked().contains(entry.customerId()))
                .toList();
    }

    private void report(List<Entry> batch, SettleSql.Written written) {
        int late = 0;
        for (Entry entry : batch) {
            if (written.looked().contains(entry.customerId())) {
                boolean stale = !entry.maybeWritten && !written.settled().contains(entry.customerId());
                late += stale ? 1 : 0;
                if (attempts != null && entry.settlement.called()) {
                    attempts.settled(entry.settlement, stale);
                }
            }
        }
        if (late > 0) {
            LOG.warnf("%d answers came after their leases had ended and were ignored", late);
            fenced.accept(late);
        }
    }

    /**
     * A settlement whose own content the database refuses must not take the others with it: its lease ends by itself. One that
     * fails for another reason is tried again.
     */
    private List<Entry> writeOneByOne(List<Entry> batch) {
        List<Entry> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Entry entry = batch.get(i);
            try {
                again.addAll(writeOnce(List.of(entry)));
            } catch (SQLException failure) {
                if (!SqlFailure.isAboutContent(failure)) { // the next would meet the same
                    again.addAll(again(batch.subList(i, batch.size()), failure));
                    return again;
                }
                LOG.errorf(
                        "The settlement of %s could not be written (%s)",
                        entry.settlement.customer(), SqlFailure.describe(failure));
            } catch (RuntimeException | Error fault) {
                Fault.endIfOutOfMemory(fault);
                LOG.errorf(
                        Fault.withoutMessages(fault),
                        "The settlement of %s could not be written",
                        entry.settlement.customer());
                again.add(entry);
            }
        }
        return again;
    }

    private SettleSql.Written settle(List<Entry> batch) throws SQLException {
        long now = nanoTime.getAsLong();
        List<Settlement> settlements = batch.stream().map(Entry::settlement).toList();
        List<Duration> ages = batch.stream()
                .map(entry -> Duration.ofNanos(now - entry.handedIn).plus(entry.settlement.duration()))
                .toList();
        return Transaction.run(database, connection -> SettleSql.settle(connection, settlements, ages));
    }

    private List<Entry> stillLeased(List<Entry> batch) {
        long now = nanoTime.getAsLong();
        List<Entry> left =
                batch.stream().filter(entry -> entry.lease.end() - now > 0).toList();
        if (left.size() < batch.size()) {
            LOG.warnf("%d settlements were given up: their leases have ended", batch.size() - left.size());
            over(batch, left);
        }
        return left;
    }
}
