package io.alohubsync.merge;

import io.alohubsync.account.Register;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.NewRow;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes new outbox rows, a batch at a time, and merges them into their customers in one
 * transaction. Both merging threads use it; its parts guard their own state.
 */
public final class OutboxMerge {

    private static final Logger LOG = Logger.getLogger(OutboxMerge.class);
    private static final List<String> DECIDED_BY_RULES =
            PhoneRules.DECIDED_BY_RULES.stream().map(Reason::code).toList();

    private final DataSource database;
    private final boolean traced;
    private final LowWaterMark lowWaterMark;
    private final RowNumbers numbers;
    private final LockedCustomers locked;
    private final MergeTransaction transaction;
    private final FaultyRows faulty;

    /**
     * @param unregistered accounts whose rows are merged though they are not registered yet
     * @param traced       whether customers keep the traces that their rows belong to
     * @param nanoTime     the monotonic clock
     */
    public OutboxMerge(
            DataSource database, RowReader reader, Unregistered unregistered, boolean traced, LongSupplier nanoTime) {
        this.database = database;
        this.traced = traced;
        this.lowWaterMark = new LowWaterMark(nanoTime);
        this.numbers = new RowNumbers(database, nanoTime);
        this.locked = new LockedCustomers(database, nanoTime);
        this.transaction = new MergeTransaction(database, new BatchMerge(reader, unregistered), numbers, locked);
        this.faulty = new FaultyRows(database, transaction, locked, traced);
    }

    /**
     * Merges one batch. Rows that only the database finds fault with are rejected one by one, and
     * delay none of the others.
     *
     * @param leaseRequests by account, how many customers may be leased at once: those that are new
     *                      or were at rest, and so need no claim
     */
    public Merged mergeBatch(int limit, Map<String, LeaseRequest> leaseRequests) throws SQLException {
        if (locked.tryAgain()) {
            lowWaterMark.wantFullScan();
        }
        locked.findAlike();
        NewRowsSql.Scan scan = new NewRowsSql.Scan(limit, locked.rows(), numbers.highest());
        List<Long> ids = new ArrayList<>();
        try {
            return transaction.run(
                    connection -> {
                        List<NewRow> rows = NewRowsSql.lock(connection, scan, lowWaterMark);
                        ids.clear();
                        rows.forEach(row -> ids.add(row.id()));
                        return rows;
                    },
                    leaseRequests,
                    traced);
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            if (!SqlFailure.isRaised(failure)) { // the row is named once, and tried every minute
                LOG.errorf(
                        "A batch of outbox rows could not be merged (SQLSTATE %s); looking for the row that is at fault",
                        failure.getSQLState());
            }
            return faulty.merge(ids.isEmpty() ? unread(scan) : ids);
        }
    }

    /** The ids alone: the scan failed over the content of one of the rows. */
    private List<Long> unread(NewRowsSql.Scan scan) throws SQLException {
        return Transaction.run(database, connection -> NewRowsSql.ids(connection, scan, lowWaterMark));
    }

    /**
     * Keeps ids that are drawn from now on above every one that was merged. To be called also when
     * there are no rows: a source's insert may fail where the sequence is behind.
     */
    public void raiseSequenceIfDue() throws SQLException {
        numbers.raiseSequenceIfDue();
    }

    /** How long a loop that found no rows can wait. @param atMost after a full scan */
    public Duration untilNextScan(Duration atMost) {
        return locked.untilNextTry(lowWaterMark.untilFullScan(atMost));
    }

    /**
     * Makes rows NEW again whose account is registered by now, and rows that rules of phones have
     * rejected which have changed.
     *
     * @return how many were examined, at most {@code limit} of each account and of the phones
     */
    public int makeRejectedNew(int limit) throws SQLException {
        return Transaction.run(
                database,
                connection -> MergeSql.makeRowsNew(
                                connection, Register.known(connection).keySet(), limit)
                        + RejectedPhones.makeNew(connection, DECIDED_BY_RULES, limit));
    }

    /** To be called before the first merge. */
    public void storeRules(PhoneRules rules) throws SQLException {
        if (Transaction.run(database, connection -> RejectedPhones.store(connection, rules.asText()))) {
            LOG.info("The phone rules have changed: rows that the old rules rejected are merged again");
        }
    }
}
