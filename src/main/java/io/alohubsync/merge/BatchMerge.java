package io.alohubsync.merge;

import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.merge.CustomerWrites.Due;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

    /** @param highest of the numbers that are merged so far */
    Batch begin(Map<String, ClaimSql.Request> requests, boolean traced, OutboxNumbers.Highest highest) {
        return new Batch(requests, traced, highest);
    }

    /** One batch and what it came to. */
    final class Batch implements AutoCloseable {

        private final Map<String, ClaimSql.Request> requests;
        private final boolean traced;
        private OutboxNumbers.Highest highest;
        private Map<CustomerKey, List<ReadRow>> stayed = Map.of();

        private Batch(Map<String, ClaimSql.Request> requests, boolean traced, OutboxNumbers.Highest highest) {
            this.requests = requests;
            this.traced = traced;
            this.highest = highest;
        }

        /** The highest number that is merged. */
        OutboxNumbers.Highest highest() {
            return highest;
        }

        /**
         * Rows that are still new, since their customer is locked, and not by a merge of this
         * replica.
         */
        Map<CustomerKey, List<ReadRow>> stayed() {
            return stayed;
        }

        /** @return null: ids may have started again; nothing was merged */
        @Nullable
        Merged merge(Connection connection, List<NewRow> locked) throws SQLException {
            if (locked.isEmpty()) {
                return Merged.NOTHING;
            }
            long newest = locked.stream()
                    .mapToLong(NewRow::id)
                    .filter(highest::isBelowNext)
                    .max()
                    .orElse(0);
            Register.Known known = Register.known(connection, highest, newest);
            if (!known.numbers().sound()) {
                return null;
            }
            List<NewRow> newRows = known.numbers().numbered(locked);
            List<RowStatus> statuses = new ArrayList<>(newRows.size());
            Map<CustomerKey, List<ReadRow>> rowsByCustomer = read(newRows, known, statuses);
            int rejected = statuses.size();
            merging.put(this, rowsByCustomer.keySet());
            List<IdentifiedMerge> customers = List.of();
            Due due = Due.NONE;
            if (!rowsByCustomer.isEmpty()) {
                BatchCustomers found = BatchCustomers.of(connection, rowsByCustomer, requests, expectedNew);
                customers = found.customers();
                due = new CustomerWrites(customers, statuses).write(connection, found.offer());
                if (traced) {
                    MergeTraces traces = MergeTraces.of(connection, newRows, customers);
                    due = new Due(due.accounts(), traces.keep(connection, due.leased()));
                }
                if (customers.size() < rowsByCustomer.size()) {
                    stayed = stayed(rowsByCustomer, customers);
                }
            }
            List<Rejection> rejections =
                    rejected == 0 ? List.of() : RejectedRows.of(connection, newRows, statuses.subList(0, rejected));
            if (!statuses.isEmpty()) {
                MergeSql.markRows(connection, statuses);
                highest = highestAfter(known.numbers(), statuses);
            }
            int newCustomers = (int) customers.stream()
                    .filter(one -> one.merge().before().isNew())
                    .count();
            expectedNew = 2 * newCustomers > rowsByCustomer.size();
            return new Merged(
                    newRows.size(),
                    rejected,
                    newRows.size() - statuses.size(),
                    0,
                    newCustomers,
                    customers.stream()
                            .mapToInt(one -> one.merge().outOfOrderRows())
                            .sum(),
                    due.accounts(),
                    due.leased(),
                    rejections);
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

        private Map<CustomerKey, List<ReadRow>> stayed(
                Map<CustomerKey, List<ReadRow>> rowsByCustomer, List<IdentifiedMerge> customers) {
            Map<CustomerKey, List<ReadRow>> left = new LinkedHashMap<>(rowsByCustomer);
            customers.forEach(customer -> left.remove(customer.customer().key()));
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

    private Map<CustomerKey, List<ReadRow>> read(List<NewRow> newRows, Register.Known known, List<RowStatus> statuses) {
        Map<CustomerKey, List<ReadRow>> rowsByCustomer = LinkedHashMap.newLinkedHashMap(newRows.size());
        Map<String, RowOrder> accounts = unregistered.with(known.accounts());
        for (NewRow row : newRows) {
            switch (reader.read(row, accounts, known.now())) {
                case RowReader.Reading.Readable(ReadRow read) ->
                    rowsByCustomer
                            .computeIfAbsent(read.key(), key -> new ArrayList<>(1))
                            .add(read);
                case RowReader.Reading.Rejected(Set<Reason> reasons) ->
                    statuses.add(RowStatus.rejected(row.id(), reasons));
            }
        }
        return rowsByCustomer;
    }
}
