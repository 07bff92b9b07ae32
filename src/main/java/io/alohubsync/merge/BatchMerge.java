package io.alohubsync.merge;

import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.TraceSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Folds rows that are locked into their customers, in a transaction that the caller holds. */
final class BatchMerge {

    private final RowReader reader;

    /** The customers of the merges that this replica is at, by merge: a row that waits for one of them waits for milliseconds. */
    private final Map<Object, Set<CustomerKey>> merging = new ConcurrentHashMap<>();

    BatchMerge(RowReader reader) {
        this.reader = reader;
    }

    /** @param merged the highest number so far */
    Batch begin(Map<String, ClaimSql.Request> room, boolean traced, OutboxNumbers.Merged merged) {
        return new Batch(room, traced, merged);
    }

    /** One batch and what it came to. */
    final class Batch implements AutoCloseable {

        private final Map<String, ClaimSql.Request> room;
        private final boolean traced;
        private OutboxNumbers.Merged merged;
        private Map<CustomerKey, List<ReadRow>> stayed = Map.of();

        private Batch(Map<String, ClaimSql.Request> room, boolean traced, OutboxNumbers.Merged merged) {
            this.room = room;
            this.traced = traced;
            this.merged = merged;
        }

        /** The highest number that is merged. */
        OutboxNumbers.Merged merged() {
            return merged;
        }

        /** Rows that are new still, since somebody who is no merge of this replica holds their customer locked. */
        Map<CustomerKey, List<ReadRow>> stayed() {
            return stayed;
        }

        /** @return null: ids may have started again; nothing was merged */
        @Nullable
        Merged merge(Connection connection, List<NewRow> locked) throws SQLException {
            if (locked.isEmpty()) {
                return Merged.NOTHING;
            }
            long newest = locked.stream().mapToLong(NewRow::id).max().orElseThrow();
            Register.Known known = Register.known(connection, merged, newest);
            if (!known.numbers().sound()) {
                return null;
            }
            List<NewRow> newRows = known.numbers().numbered(locked);
            List<RowStatus> statuses = new ArrayList<>(newRows.size());
            Map<CustomerKey, List<ReadRow>> rowsByCustomer = read(newRows, known.accounts(), statuses);
            int rejected = statuses.size();
            merging.put(this, rowsByCustomer.keySet());
            List<CustomerMerge> merges = rowsByCustomer.isEmpty() ? List.of() : fold(connection, rowsByCustomer);
            Due due = Due.NONE;
            if (!merges.isEmpty()) {
                List<Identified> customers = withIds(connection, merges);
                due = write(connection, customers, statuses, room);
                due = traced ? due.traced(traces(connection, newRows, customers), connection) : due;
                if (customers.size() < merges.size()) {
                    stayed = stayed(rowsByCustomer, customers);
                }
            }
            if (!statuses.isEmpty()) {
                MergeSql.markRows(connection, statuses);
                long last = statuses.stream().mapToLong(RowStatus::row).max().orElseThrow();
                merged = highest(known.numbers(), last);
            }
            return new Merged(
                    newRows.size(),
                    rejected,
                    newRows.size() - statuses.size(),
                    0,
                    (int) merges.stream()
                            .filter(merge -> merge.before().isNew())
                            .count(),
                    merges.stream().mapToInt(CustomerMerge::lateRows).sum(),
                    due.accounts,
                    due.leased);
        }

        private OutboxNumbers.Merged highest(OutboxNumbers numbers, long last) {
            long before = merged.restarts() == numbers.restarts() ? merged.highest() : 0;
            return new OutboxNumbers.Merged(Math.max(before, numbers.of(last)), numbers.restarts());
        }

        private Map<CustomerKey, List<ReadRow>> stayed(
                Map<CustomerKey, List<ReadRow>> rowsByCustomer, List<Identified> customers) {
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

    private Map<CustomerKey, List<ReadRow>> read(
            List<NewRow> newRows, Map<String, RowOrder> accounts, List<RowStatus> statuses) {
        Map<CustomerKey, List<ReadRow>> rowsByCustomer = LinkedHashMap.newLinkedHashMap(newRows.size());
        for (NewRow row : newRows) {
            switch (reader.read(row, accounts)) {
                case RowReader.Reading.Said(ReadRow said) ->
                    rowsByCustomer
                            .computeIfAbsent(said.key(), key -> new ArrayList<>(1))
                            .add(said);
                case RowReader.Reading.Rejected(Set<Reason> reasons) ->
                    statuses.add(RowStatus.rejected(row.id(), reasons));
            }
        }
        return rowsByCustomer;
    }

    private static List<CustomerMerge> fold(Connection connection, Map<CustomerKey, List<ReadRow>> rowsByCustomer)
            throws SQLException {
        Map<CustomerKey, CustomerState> known = MergeSql.lockCustomers(connection, rowsByCustomer.keySet());
        List<CustomerMerge> merges = new ArrayList<>(rowsByCustomer.size());
        rowsByCustomer.forEach((key, rows) -> {
            CustomerState before = known.get(key);
            merges.add(CustomerMerge.of(before == null ? CustomerState.unknown(key) : before, rows));
        });
        return merges;
    }

    /** @param customer what the merge came to, with its id */
    private record Identified(CustomerMerge merge, CustomerState customer) {}

    /** Inserts the new customers. One that another replica has just inserted is left out: its rows stay new. */
    private static List<Identified> withIds(Connection connection, List<CustomerMerge> merges) throws SQLException {
        List<CustomerState> unknown = merges.stream()
                .map(CustomerMerge::after)
                .filter(CustomerState::isNew)
                .sorted((one, other) -> CustomerKey.ORDER.compare(one.key(), other.key()))
                .toList();
        Map<CustomerKey, Long> ids = unknown.isEmpty() ? Map.of() : MergeSql.insertCustomers(connection, unknown);
        List<Identified> customers = new ArrayList<>(merges.size());
        for (CustomerMerge merge : merges) {
            CustomerState after = merge.after();
            Long id = after.isNew() ? ids.get(after.key()) : Long.valueOf(after.id());
            if (id != null) {
                customers.add(new Identified(merge, after.withId(id)));
            }
        }
        return customers;
    }

    /** What there is to do now. @param accounts whose customers wait for a claim */
    private record Due(Set<String> accounts, Map<String, List<Claimed>> leased) {
        private static final Due NONE = new Due(Set.of(), Map.of());

        /** @param traces by the customer's id; null: its rows belong to none */
        private Due traced(Map<Long, @Nullable String> traces, Connection connection) throws SQLException {
            if (!traces.isEmpty()) {
                TraceSql.keep(connection, traces);
            }
            Map<String, List<Claimed>> tracedLeases = new HashMap<>();
            leased.forEach((account, customers) -> tracedLeases.put(account, TraceSql.of(customers, traces)));
            return new Due(accounts, tracedLeases);
        }
    }

    /** For each new revision the trace of the newest row that says one. */
    private static Map<Long, @Nullable String> traces(
            Connection connection, List<NewRow> rows, List<Identified> customers) throws SQLException {
        Map<Long, String> ofRows = TraceSql.ofRows(connection, rows);
        Map<Long, @Nullable String> traces = new HashMap<>();
        for (Identified identified : customers) {
            if (identified.merge().isNewRevision()) {
                String newest = identified.merge().rows().stream()
                        .map(ReadRow::id)
                        .filter(ofRows::containsKey)
                        .max(Long::compare)
                        .map(ofRows::get)
                        .orElse(null);
                traces.put(identified.customer().id(), newest);
            }
        }
        return traces;
    }

    private static Due write(
            Connection connection,
            List<Identified> customers,
            List<RowStatus> statuses,
            Map<String, ClaimSql.Request> room)
            throws SQLException {
        List<CustomerState> changed = new ArrayList<>();
        List<CustomerState> due = new ArrayList<>();
        Map<Long, Short> priorities = new HashMap<>();
        Map<Long, Short> raised = new HashMap<>();
        Set<String> accounts = new HashSet<>();
        List<ReplacedValue> replaced = new ArrayList<>();
        for (Identified identified : customers) {
            CustomerMerge merge = identified.merge();
            CustomerState customer = identified.customer();
            if (!merge.before().isNew() && merge.isChanged()) {
                changed.add(customer);
            }
            if (merge.isNewRevision()) {
                due.add(customer);
                priorities.put(customer.id(), merge.priority());
            } else if (merge.isUnsettled() && merge.priority() > Short.MIN_VALUE) {
                raised.put(customer.id(), merge.priority());
                accounts.add(customer.key().account());
            }
            replaced.addAll(merge.replaced());
            statuses.addAll(merge.statuses(customer));
        }
        if (!changed.isEmpty()) {
            MergeSql.updateCustomers(connection, changed);
        }
        Map<String, List<Claimed>> leased = lease(connection, due, priorities, room);
        if (!due.isEmpty()) {
            MergeSql.makeDue(connection, due, priorities);
            due.forEach(customer -> accounts.add(customer.key().account()));
        }
        if (!raised.isEmpty()) {
            MergeSql.raisePriority(connection, raised);
        }
        if (!replaced.isEmpty()) {
            MergeSql.recordReplaced(connection, replaced);
        }
        return new Due(accounts, leased);
    }

    /** Leases whom it may, and takes them off those that are to become due. */
    private static Map<String, List<Claimed>> lease(
            Connection connection,
            List<CustomerState> due,
            Map<Long, Short> priorities,
            Map<String, ClaimSql.Request> room)
            throws SQLException {
        if (room.isEmpty()) {
            return Map.of();
        }
        Map<String, List<CustomerState>> byAccount = new HashMap<>();
        due.forEach(customer -> byAccount
                .computeIfAbsent(customer.key().account(), account -> new ArrayList<>(due.size()))
                .add(customer));
        Map<String, List<Claimed>> leased = new HashMap<>();
        for (var account : byAccount.entrySet()) {
            ClaimSql.Request request = room.get(account.getKey());
            if (request != null) {
                leased.put(account.getKey(), MergeSql.lease(connection, request, account.getValue(), priorities));
            }
        }
        Set<Long> ids = new HashSet<>();
        leased.values().forEach(claimed -> claimed.forEach(customer -> ids.add(customer.customerId())));
        due.removeIf(customer -> ids.contains(customer.id()));
        return leased;
    }
}
