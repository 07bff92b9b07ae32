package io.alohubsync.merge;

import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.Unregistered;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.merge.CustomerWrites.ToDeliver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds rows that are locked into their customers, in a transaction that the caller holds. Both
 * merging threads use it; each owns its {@link Batch}.
 */
final class BatchMerge {

    private final RowReader reader;
    private final Unregistered unregistered;

    /**
     * The customers of the merges that run now in this replica, by merge: a row that waits for one
     * of them waits for milliseconds.
     */
    private final Map<Object, Set<CustomerKey>> merging = new ConcurrentHashMap<>();

    /** As in the batch before. Only a guess: a batch comes to the same either way. */
    private volatile boolean expectedNew;

    BatchMerge(RowReader reader, Unregistered unregistered) {
        this.reader = reader;
        this.unregistered = unregistered;
    }

    /**
     * @param highest of the numbers that are merged so far
     * @param lockDue the customers' rows of {@code due} too, before all else
     */
    Batch begin(
            Map<String, LeaseRequest> leaseRequests, boolean traced, OutboxNumbers.Highest highest, boolean lockDue) {
        return new Batch(leaseRequests, traced, highest, lockDue);
    }

    /** One batch, while it is merged. */
    final class Batch implements AutoCloseable {

        private final Map<String, LeaseRequest> leaseRequests;
        private final boolean traced;
        private final OutboxNumbers.Highest highest;
        private final boolean lockDue;

        private Batch(
                Map<String, LeaseRequest> leaseRequests,
                boolean traced,
                OutboxNumbers.Highest highest,
                boolean lockDue) {
            this.leaseRequests = leaseRequests;
            this.traced = traced;
            this.highest = highest;
            this.lockDue = lockDue;
        }

        /** @return null: ids may have started again; nothing was merged */
        @Nullable
        BatchEnd merge(Connection connection, List<NewRow> locked) throws SQLException {
            if (locked.isEmpty()) {
                return new BatchEnd(Merged.NOTHING, highest, Map.of());
            }
            Register.Known known = Register.known(connection, highest, newestDrawn(locked));
            OutboxNumbers numbers = known.numbers();
            if (!numbers.sound()) {
                return null;
            }
            Map<String, RowOrder> accounts = unregistered.with(known.accounts());
            RowsRead read = RowsRead.of(reader, numbers.numbered(locked), accounts, known.now());
            merging.put(this, read.byCustomer().keySet());
            WrittenCustomers written = write(connection, read);
            Map<CustomerKey, List<ReadRow>> stayed = stayed(read, written); // before others end their merge
            List<Rejection> rejections = RejectedRows.of(connection, read);
            List<RowStatus> statuses = read.statuses(written.statuses());
            if (!statuses.isEmpty()) {
                MergeSql.markRows(connection, statuses);
            }
            expectedNew = 2 * written.newOnes() > read.byCustomer().size();
            return new BatchEnd(
                    Merged.of(read, written, rejections),
                    statuses.isEmpty() ? highest : highestAfter(numbers, statuses),
                    stayed);
        }

        private long newestDrawn(List<NewRow> locked) {
            return locked.stream()
                    .mapToLong(NewRow::id)
                    .filter(highest::isBelowNext)
                    .max()
                    .orElse(0);
        }

        private WrittenCustomers write(Connection connection, RowsRead read) throws SQLException {
            if (read.byCustomer().isEmpty()) {
                return WrittenCustomers.NONE;
            }
            BatchCustomers.Locks locks = keys -> MergeSql.lockCustomers(connection, keys, lockDue);
            BatchCustomers found = BatchCustomers.of(connection, read.byCustomer(), leaseRequests, expectedNew, locks);
            CustomerWrites writes = CustomerWrites.of(found.customers());
            ToDeliver toDeliver = writes.write(connection, found.offer());
            return new WrittenCustomers(
                    found.customers(),
                    traced ? traced(connection, read, found.customers(), toDeliver) : toDeliver,
                    writes.statuses());
        }

        private ToDeliver traced(
                Connection connection, RowsRead read, List<IdentifiedMerge> customers, ToDeliver toDeliver)
                throws SQLException {
            MergeTraces traces = MergeTraces.of(connection, read.rows(), customers);
            return new ToDeliver(toDeliver.accountsToClaim(), traces.keep(connection, toDeliver.leased()));
        }

        private OutboxNumbers.Highest highestAfter(OutboxNumbers numbers, List<RowStatus> merged) {
            long before = highest.restarts() == numbers.restarts() ? highest.number() : 0;
            long after = merged.stream()
                    .mapToLong(RowStatus::row)
                    .filter(numbers::isDrawn)
                    .map(numbers::of)
                    .max()
                    .orElse(0);
            return new OutboxNumbers.Highest(Math.max(before, after), numbers.restarts(), numbers.drawn());
        }

        private Map<CustomerKey, List<ReadRow>> stayed(RowsRead read, WrittenCustomers written) {
            if (written.customers().size() == read.byCustomer().size()) {
                return Map.of();
            }
            Map<CustomerKey, List<ReadRow>> left = new LinkedHashMap<>(read.byCustomer());
            written.customers().forEach(one -> left.remove(one.customer().key()));
            merging.forEach((other, keys) -> {
                if (other != this) {
                    left.keySet().removeAll(keys);
                }
            });
            return left;
        }

        /** After its transaction. */
        @Override
        public void close() {
            merging.remove(this);
        }
    }
}
