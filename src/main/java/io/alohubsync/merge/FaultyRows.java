package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Merges a batch that failed over the content of a row: halves of it, until the row is alone and is
 * rejected.
 */
final class FaultyRows {

    private static final Logger LOG = Logger.getLogger(FaultyRows.class);

    /** Of a batch. Where more rows are refused, the rows are not the reason. */
    private static final int MOST_RAISED = 20;

    /** Rows that the log names in the life of a replica. */
    private static final int MOST_NAMED = 100;

    private final DataSource database;
    private final MergeTransaction transaction;
    private final LockedCustomers locked;
    private final boolean traced;
    private final Set<Long> named = ConcurrentHashMap.newKeySet(); // by both merging threads

    FaultyRows(DataSource database, MergeTransaction transaction, LockedCustomers locked, boolean traced) {
        this.database = database;
        this.transaction = transaction;
        this.locked = locked;
        this.traced = traced;
    }

    Merged merge(List<Long> ids) throws SQLException {
        return merge(ids, new ArrayList<>());
    }

    /** @param raised rows of the batch that a trigger refuses */
    private Merged merge(List<Long> ids, List<Long> raised) throws SQLException {
        if (ids.isEmpty()) {
            return Merged.NOTHING;
        }
        try {
            return merge(ids, traced);
        } catch (SQLException failure) {
            throwUnlessAboutOneRow(failure);
            if (ids.size() == 1) {
                return SqlFailure.isRaised(failure)
                        ? leave(ids.getFirst(), raised, failure)
                        : mergeAlone(ids.getFirst());
            }
            int half = ids.size() / 2;
            return merge(ids.subList(0, half), raised).and(merge(ids.subList(half, ids.size()), raised));
        }
    }

    /** The trigger may take the row later: it stays NEW, and is tried again every minute. */
    private Merged leave(long row, List<Long> raised, SQLException failure) throws SQLException {
        locked.skip(row);
        raised.add(row);
        if (named.size() < MOST_NAMED && named.add(row)) {
            LOG.errorf(
                    "Outbox row %d stays NEW and is tried again every minute: a trigger that is not alohub-sync's raises"
                            + " an error (SQLSTATE %s)",
                    (Object) row, failure.getSQLState());
        }
        if (raised.size() > MOST_RAISED) {
            throw failure;
        }
        return Merged.ONE_STAYED.withSkipped(1);
    }

    private Merged merge(List<Long> ids, boolean withTraces) throws SQLException {
        return transaction.run(connection -> NewRowsSql.lock(connection, ids), Map.of(), withTraces);
    }

    /** Perhaps only its trace can't be read. */
    private Merged mergeAlone(long row) throws SQLException {
        try {
            if (traced) {
                return merge(List.of(row), false);
            }
        } catch (SQLException failure) {
            throwUnlessAboutOneRow(failure);
        }
        return reject(row);
    }

    private Merged reject(long row) throws SQLException {
        try {
            return Transaction.run(database, connection -> reject(connection, row));
        } catch (SQLException failure) {
            throwUnlessAboutOneRow(failure);
            locked.skip(row);
            LOG.errorf(
                    "Outbox row %d can neither be read nor marked (SQLSTATE %s); it stays NEW. Delete it: DELETE FROM alohub.customer_outbox"
                            + " WHERE id = %d",
                    (Object) row, failure.getSQLState(), row);
            return Merged.ONE_STAYED.withSkipped(1);
        }
    }

    /**
     * That very row: by now another may be the most urgent, or another replica may have this one.
     */
    private static Merged reject(Connection connection, long row) throws SQLException {
        if (!MergeSql.lockNewRow(connection, row)) {
            return Merged.ONE_STAYED;
        }
        MergeSql.markRows(connection, List.of(RowStatus.rejected(row, Set.of(Reason.ROW_UNREADABLE))));
        return Merged.ONE_REJECTED;
    }

    private static void throwUnlessAboutOneRow(SQLException failure) throws SQLException {
        if (!SqlFailure.isAboutOneRow(failure)) {
            throw failure;
        }
    }
}
