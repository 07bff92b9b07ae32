package io.alohubsync.merge;

import io.alohubsync.account.Register;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Takes new outbox rows, a batch at a time, and merges them into their customers in one transaction. */
public final class OutboxMerge {

    private static final Logger LOG = Logger.getLogger(OutboxMerge.class);
    private static final long TEND_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_TENDED = 5;
    private static final List<String> DECIDED_BY_RULES =
            PhoneRules.DECIDED_BY_RULES.stream().map(Reason::code).toList();

    private final DataSource database;
    private final BatchMerge batches;
    private final boolean traced;
    private final LongSupplier nanoTime;
    private final LowWaterMark lowWaterMark;
    private final PassedRows passed;
    private final AlikeRows alike;
    private final AtomicLong tendedAt;
    private volatile OutboxNumbers.Merged numbers = OutboxNumbers.Merged.NOTHING; // written under the lock of this

    public OutboxMerge(DataSource database, RowReader reader) {
        this(database, reader, false);
    }

    /** @param traced whether customers keep the traces that their rows belong to */
    public OutboxMerge(DataSource database, RowReader reader, boolean traced) {
        this(database, reader, traced, System::nanoTime);
    }

    /** @param nanoTime the monotonic clock */
    public OutboxMerge(DataSource database, RowReader reader, boolean traced, LongSupplier nanoTime) {
        this.database = database;
        this.batches = new BatchMerge(reader);
        this.traced = traced;
        this.nanoTime = nanoTime;
        this.lowWaterMark = new LowWaterMark(nanoTime);
        this.passed = new PassedRows(nanoTime);
        this.alike = new AlikeRows(database, passed);
        this.tendedAt = new AtomicLong(nanoTime.getAsLong() - TEND_NANOS);
    }

    public Merged mergeBatch(int limit) throws SQLException {
        return mergeBatch(limit, Map.of());
    }

    /**
     * One batch. Rows that only the database finds fault with are rejected one by one, and hold up none of the others.
     *
     * @param room by account, how many customers may be leased at once: those that are new or were at rest, and so need no claim
     */
    public Merged mergeBatch(int limit, Map<String, ClaimSql.Request> room) throws SQLException {
        tryPassed();
        alike.pass();
        NewRowsSql.Request request = new NewRowsSql.Request(limit, passed.ids());
        List<Long> ids = new ArrayList<>();
        try {
            return merge(
                    connection -> {
                        List<NewRow> rows = NewRowsSql.lock(connection, request, lowWaterMark);
                        ids.clear();
                        rows.forEach(row -> ids.add(row.id()));
                        return rows;
                    },
                    room,
                    traced);
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            LOG.errorf(
                    "A batch of outbox rows could not be merged (SQLSTATE %s); looking for the row that is at fault",
                    failure.getSQLState());
            return apart(ids.isEmpty() ? unread(request) : ids);
        }
    }

    /** The ids alone: a look failed over the content of one of the rows. */
    private List<Long> unread(NewRowsSql.Request request) throws SQLException {
        return Transaction.run(database, connection -> NewRowsSql.ids(connection, request, lowWaterMark));
    }

    /** Locks the rows of a batch. */
    @FunctionalInterface
    private interface Rows {
        List<NewRow> lock(Connection connection) throws SQLException;
    }

    private Merged merge(Rows rows, Map<String, ClaimSql.Request> room, boolean withTraces) throws SQLException {
        for (int i = 0; i < MAX_TENDED; i++) {
            try (BatchMerge.Batch batch = batches.begin(room, withTraces, numbers)) {
                Merged merged = Transaction.run(database, connection -> batch.merge(connection, rows.lock(connection)));
                if (merged != null) {
                    learn(batch.merged());
                    return merged.passed(pass(merged, batch.stayed()));
                }
            }
            tendNumbers();
        }
        throw new SQLException("ids of new rows are ahead of their sequence again and again", "55000");
    }

    private synchronized void learn(OutboxNumbers.Merged merged) {
        if (merged.restarts() > numbers.restarts()
                || (merged.restarts() == numbers.restarts() && merged.highest() > numbers.highest())) {
            numbers = merged;
        }
    }

    /** While only few stay, the next look may as well find them again. @return how many are passed over from now on */
    private int pass(Merged merged, Map<CustomerKey, List<ReadRow>> stayed) {
        if (stayed.isEmpty() || 2 * merged.stayed() < merged.rows()) {
            return 0;
        }
        int count = passed.pass(stayed);
        alike.want(stayed);
        return count;
    }

    /** Rows whose customer can be locked again are looked at again. */
    private void tryPassed() throws SQLException {
        List<CustomerKey> customers = passed.toTry();
        if (customers.isEmpty() && !passed.isAnyOld()) {
            return;
        }
        Set<CustomerKey> free = customers.isEmpty()
                ? Set.of()
                : Transaction.run(database, connection -> MergeSql.lockCustomers(connection, customers))
                        .keySet();
        if (passed.forget(free)) {
            lowWaterMark.wantFullScan();
        }
    }

    /**
     * Sees to it that ids which are drawn from now on are higher than every one that was merged. Called now and then, also when there are
     * no rows: a source's insert may fail where the sequence is behind.
     */
    public void tendNumbersNowAndThen() throws SQLException {
        long before = tendedAt.get();
        if (nanoTime.getAsLong() - before >= TEND_NANOS && tendedAt.compareAndSet(before, nanoTime.getAsLong())) {
            tendNumbers();
        }
    }

    private void tendNumbers() throws SQLException {
        OutboxNumbers.Merged merged = numbers;
        OutboxNumbers.Moved moved = Transaction.run(database, connection -> OutboxNumbers.tend(connection, merged));
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

    /** How long one that found no rows may sleep. @param atMost if it has seen all */
    public Duration untilNextLook(Duration atMost) {
        return passed.untilNextTry(lowWaterMark.untilFullScan(atMost));
    }

    /**
     * Rows whose account is registered by now are new again, and so are those that rules of phones have rejected which have changed.
     *
     * @return how many were looked at, at most {@code limit} of each account and of the phones
     */
    public int revive(int limit) throws SQLException {
        return Transaction.run(
                database,
                connection -> MergeSql.reviveRows(
                                connection, Register.known(connection).keySet(), limit)
                        + RejectedPhones.revive(connection, DECIDED_BY_RULES, limit));
    }

    /** To be called before the first merge. */
    public void remember(PhoneRules rules) throws SQLException {
        if (Transaction.run(database, connection -> RejectedPhones.remember(connection, rules.asText()))) {
            LOG.info("The rules of phones are others than before: rows that were rejected by them are looked at again");
        }
    }

    /** Finds the rows that are at fault: halves go on until they are merged, or are one row. */
    private Merged apart(List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Merged.NOTHING;
        }
        try {
            return merge(connection -> NewRowsSql.lock(connection, ids), Map.of(), traced);
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            if (ids.size() == 1) {
                return alone(ids.getFirst());
            }
            int half = ids.size() / 2;
            return apart(ids.subList(0, half)).and(apart(ids.subList(half, ids.size())));
        }
    }

    /** Perhaps only its trace can't be read. */
    private Merged alone(long row) throws SQLException {
        try {
            if (traced) {
                return merge(connection -> NewRowsSql.lock(connection, List.of(row)), Map.of(), false);
            }
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
        }
        return reject(row);
    }

    private Merged reject(long row) throws SQLException {
        try {
            return Transaction.run(database, connection -> reject(connection, row));
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            passed.pass(row);
            LOG.errorf(
                    "Outbox row %d can neither be read nor marked (SQLSTATE %s); it stays NEW. Delete it: DELETE FROM alohub.customer_outbox"
                            + " WHERE id = %d",
                    (Object) row, failure.getSQLState(), row);
            return Merged.ONE_STAYED.passed(1);
        }
    }

    /** That very row: by now another may be the most urgent, or another replica may have this one. */
    private static Merged reject(Connection connection, long row) throws SQLException {
        if (!MergeSql.lockNewRow(connection, row)) {
            return Merged.ONE_STAYED;
        }
        MergeSql.markRows(connection, List.of(RowStatus.rejected(row, Set.of(Reason.ROW_UNREADABLE))));
        return Merged.ONE_REJECTED;
    }
}
