package io.alohubsync.merge;

import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows the highest row number that this replica has merged, and keeps ids that are drawn from now
 * on above it. Both merging threads use it; the lock guards the highest number.
 */
final class RowNumbers {

    private static final Logger LOG = Logger.getLogger(RowNumbers.class);
    private static final long RAISE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Sql CHECK = Sql.named("merge/check-outbox-numbers");

    /**
     * The sequence was moved.
     *
     * @param above the highest number before, if ids have started again; null: others' ids were
     *              ahead of the sequence
     */
    private record Moved(long to, @Nullable Long above) {}

    private final DataSource database;
    private final LongSupplier nanoTime;
    private final AtomicLong raisedAt;
    private volatile OutboxNumbers.Highest highest = OutboxNumbers.Highest.NONE; // written under the lock

    RowNumbers(DataSource database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.raisedAt = new AtomicLong(nanoTime.getAsLong() - RAISE_NANOS);
    }

    OutboxNumbers.Highest highest() {
        return highest;
    }

    /** A batch is committed. @param now the highest number after it */
    synchronized void learn(OutboxNumbers.Highest now) {
        if (now.restarts() > highest.restarts()
                || (now.restarts() == highest.restarts() && now.number() > highest.number())) {
            highest = now;
        }
    }

    /** Every ten seconds, by one thread at a time. */
    void raiseSequenceIfDue() throws SQLException {
        long before = raisedAt.get();
        if (nanoTime.getAsLong() - before >= RAISE_NANOS && raisedAt.compareAndSet(before, nanoTime.getAsLong())) {
            raiseSequence();
        }
    }

    /** Finds why ids are lower than before, if they are, and makes the next ones the highest. */
    void raiseSequence() throws SQLException {
        OutboxNumbers.Highest known = highest;
        Moved moved = Transaction.run(
                database,
                connection -> CHECK.on(connection)
                        .set("highest", known.number())
                        .set("restarts", known.restarts())
                        .query(RowNumbers::moved));
        if (moved == null) {
            return;
        }
        Long above = moved.above();
        if (above == null) {
            LOG.infof(
                    "Rows came into alohub.customer_outbox with ids of their own (replication, a restore). Its sequence was moved to %d, so that"
                            + " the next insert gets a free id.",
                    moved.to());
        } else {
            LOG.warnf(
                    "The ids of alohub.customer_outbox have started again below %d, the highest so far (TRUNCATE … RESTART IDENTITY, a restored"
                            + " or replicated database). No value is lost: rows written since count as newer than all before, and the sequence was"
                            + " moved to %d. Nothing need be done.",
                    above, moved.to());
        }
    }

    /** @return null: ids are in order */
    private static @Nullable Moved moved(ResultSet row) throws SQLException {
        row.next();
        Long to = row.getObject(1, Long.class);
        return to == null ? null : new Moved(to, row.getObject(2, Long.class));
    }
}
