package io.alohubsync.merge;

import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.NewRow;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Locks rows and merges them in one transaction; again, should ids have started again meanwhile.
 */
final class MergeTransaction {

    private static final int TRIES = 5;

    private final DataSource database;
    private final BatchMerge batches;
    private final RowNumbers numbers;
    private final LockedCustomers locked;

    MergeTransaction(DataSource database, BatchMerge batches, RowNumbers numbers, LockedCustomers locked) {
        this.database = database;
        this.batches = batches;
        this.numbers = numbers;
        this.locked = locked;
    }

    /** Locks the rows of a batch. */
    @FunctionalInterface
    interface Rows {
        List<NewRow> lock(Connection connection) throws SQLException;
    }

    /**
     * @param leaseRequests by account, how many customers may be leased
     * @param traced        whether customers keep the traces that their rows belong to
     */
    Merged run(Rows rows, Map<String, LeaseRequest> leaseRequests, boolean traced) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            boolean lockDue = locked.dueLocks().areLikely();
            try (BatchMerge.Batch batch = batches.begin(leaseRequests, traced, numbers.highest(), lockDue)) {
                BatchEnd end = Transaction.run(database, connection -> batch.merge(connection, rows.lock(connection)));
                if (end != null) {
                    numbers.learn(end.highest());
                    return end.merged().withSkipped(locked.skip(end.merged(), end.stayed()));
                }
            } catch (SQLException failure) {
                locked.dueLocks().suspect(failure);
                throw failure;
            }
            numbers.raiseSequence();
        }
        throw new SQLException("ids of new rows are ahead of their sequence again and again", "55000");
    }
}
