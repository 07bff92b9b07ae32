package io.alohubsync.intake;

import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.customer.ClaimSql;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.MergeSql;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowFate;
import io.alohubsync.customer.SqlFailure;
import io.alohubsync.customer.TraceSql;
import io.alohubsync.customer.Transaction;
import io.alohubsync.customer.Watermark;
import io.alohubsync.phone.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes new outbox rows, a batch at a time, and merges them into their customers in one transaction. */
public final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final DataSource database;
    private final RowReader reader;
    private final boolean traced;
    private final Watermark watermark = new Watermark(System::nanoTime);

    public Intake(DataSource database, RowReader reader) {
        this(database, reader, false);
    }

    /** @param traced whether customers keep the traces that their rows belong to */
    public Intake(DataSource database, RowReader reader, boolean traced) {
        this.database = database;
        this.reader = reader;
        this.traced = traced;
    }

    /**
     * @param rows     taken, rejected ones included; fewer than the limit: there are no more for now
     * @param rejected of them
     * @param stayed   of them, those whose customer somebody holds locked: they are new still
     * @param firsts   of them, the first of their customers
     * @param late     of them, those that came after a newer row of the same customer
     * @param due      accounts whose customers wait for a claim now
     * @param leased   customers under a lease, by account, most urgent first
     */
    public record Merged(
            int rows,
            int rejected,
            int stayed,
            int firsts,
            int late,
            Set<String> due,
            Map<String, List<Claimed>> leased) {

        private static final Merged NOTHING = new Merged(0, 0, 0, 0, 0, Set.of(), Map.of());

        private Merged and(Merged other) {
            Set<String> both = new HashSet<>(due);
            both.addAll(other.due);
            return new Merged(
                    rows + other.rows,
                    rejected + other.rejected,
                    stayed + other.stayed,
                    firsts + other.firsts,
                    late + other.late,
                    both,
                    Map.of());
        }
    }

    public Merged mergeBatch(int limit) throws SQLException {
        return mergeBatch(limit, Leasing.NONE);
    }

    /** One batch. Rows that only the database finds fault with are rejected one by one, and hold up none of the others. */
    public Merged mergeBatch(int limit, Leasing leasing) throws SQLException {
        try {
            return Transaction.run(
                    database,
                    connection -> merge(connection, MergeSql.lockNewRows(connection, limit, watermark), leasing));
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutContent(failure)) {
                throw failure;
            }
            LOG.errorf(
                    "A batch of outbox rows could not be merged (SQLSTATE %s); merging them one by one",
                    failure.getSQLState());
            return mergeOneByOne(limit);
        }
    }

    /** How long one that found no rows may sleep. @param atMost if it has seen all */
    public Duration untilNextLook(Duration atMost) {
        return watermark.untilSweep(atMost);
    }

    /** Rows whose account is registered by now are new again. @return how many, at most {@code limit} of each account */
    public int revive(int limit) throws SQLException {
        return Transaction.run(
                database,
                connection -> MergeSql.reviveRows(
                        connection, Register.known(connection).keySet(), limit));
    }

    private Merged mergeOneByOne(int limit) throws SQLException {
        Merged all = Merged.NOTHING;
        while (all.rows() < limit) {
            Merged one = mergeOne();
            if (one.rows() == 0) {
                break;
            }
            all = all.and(one);
        }
        return all;
    }

    private Merged mergeOne() throws SQLException {
        AtomicLong row = new AtomicLong();
        try {
            return Transaction.run(database, connection -> {
                List<NewRow> one = MergeSql.lockNewRows(connection, 1);
                one.forEach(taken -> row.set(taken.id()));
                return merge(connection, one, Leasing.NONE);
            });
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutContent(failure)) {
                throw failure;
            }
            return Transaction.run(database, connection -> reject(connection, row.get()));
        }
    }

    /** That very row: by now another may be the most urgent, or another replica may have this one. */
    private static Merged reject(Connection connection, long row) throws SQLException {
        if (!MergeSql.lockNewRow(connection, row)) {
            return new Merged(1, 0, 1, 0, 0, Set.of(), Map.of());
        }
        MergeSql.markRows(connection, List.of(RowFate.rejected(row, Set.of(Reason.ROW_UNREADABLE))));
        return new Merged(1, 1, 0, 0, 0, Set.of(), Map.of());
    }

    private Merged merge(Connection connection, List<NewRow> newRows, Leasing leasing) throws SQLException {
        if (newRows.isEmpty()) {
            return Merged.NOTHING;
        }
        List<RowFate> fates = new ArrayList<>(newRows.size());
        Map<CustomerKey, List<SaidRow>> rowsByCustomer = read(newRows, Register.known(connection), fates);
        int rejected = fates.size();
        List<Merge> merges = rowsByCustomer.isEmpty() ? List.of() : fold(connection, rowsByCustomer);
        Due due = Due.NOBODY;
        if (!merges.isEmpty()) {
            List<Identified> customers = withIds(connection, merges);
            due = write(connection, customers, fates, leasing);
            due = traced ? due.traced(traces(connection, newRows, customers), connection) : due;
        }
        MergeSql.markRows(connection, fates);
        return new Merged(
                newRows.size(),
                rejected,
                newRows.size() - fates.size(),
                (int) merges.stream().filter(merge -> merge.before().isNew()).count(),
                merges.stream().mapToInt(Merge::lateRows).sum(),
                due.accounts,
                due.leased);
    }

    private Map<CustomerKey, List<SaidRow>> read(
            List<NewRow> newRows, Map<String, RowOrder> accounts, List<RowFate> fates) {
        Map<CustomerKey, List<SaidRow>> rowsByCustomer = LinkedHashMap.newLinkedHashMap(newRows.size());
        for (NewRow row : newRows) {
            switch (reader.read(row, accounts)) {
                case RowReader.Reading.Said(SaidRow said) ->
                    rowsByCustomer
                            .computeIfAbsent(said.key(), key -> new ArrayList<>(1))
                            .add(said);
                case RowReader.Reading.Rejected(Set<Reason> reasons) -> fates.add(RowFate.rejected(row.id(), reasons));
            }
        }
        return rowsByCustomer;
    }

    private static List<Merge> fold(Connection connection, Map<CustomerKey, List<SaidRow>> rowsByCustomer)
            throws SQLException {
        Map<CustomerKey, CustomerState> known = MergeSql.lockCustomers(connection, rowsByCustomer.keySet());
        List<Merge> merges = new ArrayList<>(rowsByCustomer.size());
        rowsByCustomer.forEach((key, rows) -> {
            CustomerState before = known.get(key);
            merges.add(Merge.of(before == null ? CustomerState.unknown(key) : before, rows));
        });
        return merges;
    }

    /** @param customer what the merge came to, with its id */
    private record Identified(Merge merge, CustomerState customer) {}

    /** Inserts the new customers. One that another replica has just inserted is left out: its rows stay new. */
    private static List<Identified> withIds(Connection connection, List<Merge> merges) throws SQLException {
        List<CustomerState> unknown = merges.stream()
                .map(Merge::after)
                .filter(CustomerState::isNew)
                .sorted((one, other) -> CustomerKey.ORDER.compare(one.key(), other.key()))
                .toList();
        Map<CustomerKey, Long> ids = unknown.isEmpty() ? Map.of() : MergeSql.insertCustomers(connection, unknown);
        List<Identified> customers = new ArrayList<>(merges.size());
        for (Merge merge : merges) {
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
        private static final Due NOBODY = new Due(Set.of(), Map.of());

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
                        .map(SaidRow::id)
                        .filter(ofRows::containsKey)
                        .max(Long::compare)
                        .map(ofRows::get)
                        .orElse(null);
                traces.put(identified.customer().id(), newest);
            }
        }
        return traces;
    }

    private static Due write(Connection connection, List<Identified> customers, List<RowFate> fates, Leasing leasing)
            throws SQLException {
        List<CustomerState> changed = new ArrayList<>();
        List<CustomerState> due = new ArrayList<>();
        Map<Long, Short> priorities = new HashMap<>();
        Map<Long, Short> raised = new HashMap<>();
        Set<String> accounts = new HashSet<>();
        List<ReplacedValue> replaced = new ArrayList<>();
        for (Identified identified : customers) {
            Merge merge = identified.merge();
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
            fates.addAll(merge.fates(customer));
        }
        if (!changed.isEmpty()) {
            MergeSql.updateCustomers(connection, changed);
        }
        Map<String, List<Claimed>> leased = lease(connection, due, priorities, leasing);
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
            Connection connection, List<CustomerState> due, Map<Long, Short> priorities, Leasing leasing)
            throws SQLException {
        Map<String, List<CustomerState>> byAccount = new HashMap<>();
        due.forEach(customer -> byAccount
                .computeIfAbsent(customer.key().account(), account -> new ArrayList<>(due.size()))
                .add(customer));
        Map<String, List<Claimed>> leased = new HashMap<>();
        for (var account : byAccount.entrySet()) {
            ClaimSql.Request request = leasing.offer(account.getKey());
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
