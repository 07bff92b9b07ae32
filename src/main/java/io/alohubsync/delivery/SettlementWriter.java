package io.alohubsync.delivery;

import io.alohubsync.customer.Settlement;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.DueLocks;
import io.alohubsync.loop.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of settlements in one transaction and informs the listeners. A batch that fails
 * over the content of one settlement is written one by one. On the settling thread.
 */
final class SettlementWriter {

    private static final Logger LOG = Logger.getLogger(SettlementWriter.class);

    /** Given up at a time because a trigger raises an error: perhaps it refuses all. */
    private static final int MOST_RAISED = 3;

    private final DataSource database;
    private final LongSupplier nanoTime;
    private final List<SettlementListener> listeners;
    private final Runnable leaveDue;
    private final DueLocks dueLocks;
    private @Nullable SQLException lastFailure; // of the last batch

    /** @param leaveDue runs after a commit that leaves a customer due at once */
    SettlementWriter(
            DataSource database,
            LongSupplier nanoTime,
            List<SettlementListener> listeners,
            Runnable leaveDue,
            DueLocks dueLocks) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.listeners = listeners;
        this.leaveDue = leaveDue;
        this.dueLocks = dueLocks;
    }

    /** @return those that have to be tried again */
    List<QueuedSettlement> write(List<QueuedSettlement> batch) {
        lastFailure = null;
        try {
            return writeOnce(batch);
        } catch (SQLException failure) {
            LOG.warnf("%d settlements could not be written (%s)", batch.size(), DatabaseTrouble.inLog(failure));
            return isAboutOne(failure) ? writeOneByOne(batch) : again(batch, failure);
        } catch (RuntimeException | Error fault) {
            Fault.endIfOutOfMemory(fault);
            LOG.errorf(Fault.withoutMessages(fault), "%d settlements could not be written", (Object) batch.size());
            return batch.size() > 1 ? writeOneByOne(batch) : batch;
        }
    }

    /** The disk of the database is full: the round of the loop is to fail. */
    void throwIfNoneCanBeWritten() throws SQLException {
        if (lastFailure != null && DatabaseTrouble.keepsFromWriting(lastFailure) != null) {
            throw lastFailure;
        }
    }

    private static boolean isAboutOne(SQLException failure) {
        return SqlFailure.isAboutContent(failure) || SqlFailure.isRaised(failure);
    }

    private static List<QueuedSettlement> again(List<QueuedSettlement> batch, SQLException failure) {
        return SqlFailure.leavesOutcomeOpen(failure)
                ? batch.stream().map(QueuedSettlement::thatMayBeWritten).toList()
                : batch;
    }

    /**
     * The database settles only customers that it can lock at once. The others are to be tried
     * again.
     */
    private List<QueuedSettlement> writeOnce(List<QueuedSettlement> batch) throws SQLException {
        SettleSql.Written written = commit(batch);
        written.committed();
        if (written.leaveDue()) {
            leaveDue.run();
        }
        try {
            report(batch, written);
        } catch (RuntimeException | Error fault) { // they are written: a listener changes nothing
            Fault.endIfOutOfMemory(fault);
            LOG.error("Settlements were written, but not counted", Fault.withoutMessages(fault));
        }
        List<QueuedSettlement> left = batch.stream()
                .filter(queued -> !written.locked().contains(queued.customerId()))
                .map(QueuedSettlement::thatIsLocked)
                .toList();
        if (!left.isEmpty()) {
            dueLocks.stay();
        }
        return left;
    }

    /**
     * Only the lease's holder takes its token away, and the lease has not ended: where the token is
     * gone after a commit whose acknowledgement was lost, that commit was made, and the settlement
     * is not fenced.
     */
    private void report(List<QueuedSettlement> batch, SettleSql.Written written) {
        int fenced = 0;
        for (QueuedSettlement queued : batch) {
            if (written.locked().contains(queued.customerId())) {
                boolean stale = !queued.maybeWritten() && !written.settled().contains(queued.customerId());
                fenced += stale ? 1 : 0;
                for (SettlementListener listener : listeners) {
                    listener.settled(queued.settlement(), stale);
                }
            }
        }
        if (fenced > 0) {
            LOG.warnf("%d answers came after their leases had ended and were ignored", fenced);
        }
    }

    /**
     * A settlement whose own content the database refuses must not take the others with it: its
     * lease ends by itself. So it is with one for which a trigger that is not ours raises an error.
     * One that fails for another reason is tried again.
     */
    private List<QueuedSettlement> writeOneByOne(List<QueuedSettlement> batch) {
        List<QueuedSettlement> again = new ArrayList<>();
        int raised = 0;
        for (int i = 0; i < batch.size(); i++) {
            QueuedSettlement queued = batch.get(i);
            try {
                again.addAll(writeOnce(List.of(queued)));
            } catch (SQLException failure) {
                raised += SqlFailure.isRaised(failure) ? 1 : 0;
                if (!isAboutOne(failure) || raised > MOST_RAISED) { // the next would meet the same
                    again.addAll(again(List.of(queued), failure));
                    again.addAll(batch.subList(i + 1, batch.size()));
                    return again;
                }
                LOG.errorf(
                        "The settlement of %s could not be written (%s)",
                        queued.settlement().customer(), DatabaseTrouble.inLog(failure));
            } catch (RuntimeException | Error fault) {
                Fault.endIfOutOfMemory(fault);
                LOG.errorf(
                        Fault.withoutMessages(fault),
                        "The settlement of %s could not be written",
                        queued.settlement().customer());
                again.add(queued);
            }
        }
        return again;
    }

    private SettleSql.Written commit(List<QueuedSettlement> batch) throws SQLException {
        long now = nanoTime.getAsLong();
        List<Settlement> settlements =
                batch.stream().map(QueuedSettlement::settlement).toList();
        List<Duration> ages = batch.stream()
                .map(queued -> Duration.ofNanos(now - queued.since())
                        .plus(queued.settlement().duration()))
                .toList();
        try {
            return Transaction.run(
                    database, connection -> SettleSql.write(connection, settlements, ages, dueLocks.areLikely()));
        } catch (SQLException failure) {
            lastFailure = failure;
            dueLocks.suspect(failure);
            throw failure;
        }
    }
}
