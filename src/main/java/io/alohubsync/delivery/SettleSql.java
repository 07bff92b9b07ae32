package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.MergeLease;
import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what attempts came to, fenced: a settlement whose token is no longer the lease's changes
 * nothing. All of one call run in one transaction, which the caller holds.
 */
public final class SettleSql {

    private static final Sql LOCK_CUSTOMERS = Sql.named("delivery/lock-customers");
    private static final Sql LOCK_CUSTOMERS_AND_DUE = Sql.named("delivery/lock-customers-and-due");
    private static final Sql SETTLE_MERGE_LEASED = Sql.named("delivery/settle-merge-leased");
    private static final Sql MOVE_LEASES = Sql.named("delivery/move-leases");
    private static final Sql SETTLE_ACCEPTED = Sql.named("delivery/settle-accepted");
    private static final Sql SETTLE_OTHERS = Sql.named("delivery/settle-others");
    private static final Sql REFUND_ATTEMPTS = Sql.named("delivery/refund-attempts");

    private SettleSql() {}

    /**
     * @param lockDue their rows of {@code due} too
     * @return ids of those that could be locked; another transaction holds the others
     */
    public static Set<Long> refund(Connection connection, List<Refund> spent, boolean lockDue) throws SQLException {
        Set<Long> locked = lock(lockDue)
                .on(connection)
                .longs("customers", spent, Refund::customerId)
                .query(SettleSql::ids);
        List<Refund> lockable =
                spent.stream().filter(one -> locked.contains(one.customerId())).toList();
        REFUND_ATTEMPTS
                .on(connection)
                .longs("customers", lockable, Refund::customerId)
                .ints("revisions", lockable, Refund::revision)
                .ints("attempts", lockable, Refund::attempts)
                .update();
        return locked;
    }

    /**
     * In three statements: for delivered customers that a merge leased, for those that a claim
     * leased, and for all others. A customer whose token one statement does not find goes on to the
     * next; one that none finds is fenced.
     *
     * @param ages    of the settlements, in their order: how long ago the call began
     * @param lockDue their rows of {@code due} too, before all else
     */
    public static Written write(
            Connection connection, List<Settlement> settlements, List<Duration> ages, boolean lockDue)
            throws SQLException {
        Set<Long> locked = lock(lockDue)
                .on(connection)
                .longs("customers", settlements, s -> s.customer().customerId())
                .query(SettleSql::ids);
        List<Aged> merged = new ArrayList<>();
        List<Aged> claimed = new ArrayList<>();
        List<Aged> others = new ArrayList<>();
        Map<MergeLease, Integer> leases = new HashMap<>();
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            Claimed customer = settlement.customer();
            if (!locked.contains(customer.customerId())) {
                continue;
            }
            if (customer.merge() != null) {
                leases.merge(customer.merge(), 1, Integer::sum);
            }
            List<Aged> common = customer.merge() == null ? claimed : merged;
            (settlement.isDelivered() ? common : others).add(new Aged(settlement, ages.get(i)));
        }
        moveLeases(connection, others); // before their row of merge_lease is deleted
        Set<Long> settled = new HashSet<>();
        List<Long> ended = ended(leases);
        if (!merged.isEmpty() || !ended.isEmpty()) {
            settled.addAll(settleMerged(connection, merged, ended));
        }
        addUnsettled(claimed, merged, settled); // the lease of the merge was moved meanwhile, to where a claim's is
        if (!claimed.isEmpty()) {
            settled.addAll(settleClaimed(connection, claimed));
        }
        addUnsettled(others, claimed, settled);
        if (!others.isEmpty()) {
            settled.addAll(settleOthers(connection, others));
        }
        return new Written(locked, settled, leases, others.stream().anyMatch(Aged::isDueAtOnce));
    }

    /** Tokens of the leases that are over with these settlements. */
    private static List<Long> ended(Map<MergeLease, Integer> leases) {
        List<Long> ended = new ArrayList<>();
        leases.forEach((lease, settlements) -> {
            if (lease.open() == settlements) {
                ended.add(lease.token());
            }
        });
        return ended;
    }

    /** Those that their statement did not settle go on to the next one. */
    private static void addUnsettled(List<Aged> next, List<Aged> tried, Set<Long> settled) {
        tried.stream()
                .filter(aged -> !settled.contains(aged.customer().customerId()))
                .forEach(next::add);
    }

    /**
     * @param locked  ids of the customers that could be locked; another transaction holds the
     *                others, which stay as they were
     * @param settled of them, those that were settled; the others' leases had ended and been taken
     * @param leases  of merges, each with the number of its customers that are among these
     * @param leaveDue a customer of them may be claimed at once: it was released, or a newer
     *                 revision is wanted
     */
    public record Written(Set<Long> locked, Set<Long> settled, Map<MergeLease, Integer> leases, boolean leaveDue) {

        /** To be called once they are committed. */
        public void committed() {
            leases.forEach((lease, settlements) -> lease.add(-settlements));
        }
    }

    private record Aged(Settlement settlement, Duration age) {
        Claimed customer() {
            return settlement.customer();
        }

        boolean isDueAtOnce() {
            return settlement.consequence() != Settlement.Consequence.DEAD
                    && settlement.pause().isZero();
        }
    }

    private static Sql lock(boolean due) {
        return due ? LOCK_CUSTOMERS_AND_DUE : LOCK_CUSTOMERS;
    }

    private static void moveLeases(Connection connection, List<Aged> others) throws SQLException {
        List<Aged> merged =
                others.stream().filter(aged -> aged.customer().merge() != null).toList();
        if (!merged.isEmpty()) {
            MOVE_LEASES
                    .on(connection)
                    .longs("customers", merged, aged -> aged.customer().customerId())
                    .query(ResultSet::next);
        }
    }

    private static Set<Long> settleMerged(Connection connection, List<Aged> accepted, List<Long> ended)
            throws SQLException {
        return called(SETTLE_MERGE_LEASED.on(connection), accepted)
                .longs("ended", ended, token -> token)
                .query(SettleSql::ids);
    }

    private static Set<Long> settleClaimed(Connection connection, List<Aged> accepted) throws SQLException {
        return called(SETTLE_ACCEPTED.on(connection), accepted).query(SettleSql::ids);
    }

    private static Set<Long> settleOthers(Connection connection, List<Aged> others) throws SQLException {
        return called(SETTLE_OTHERS.on(connection), others)
                .booleans("accepted", others, a -> a.settlement.isDelivered())
                .booleans("dead", others, a -> a.settlement.consequence() == Settlement.Consequence.DEAD)
                .ints("spent", others, a -> a.settlement.isSpent() ? 1 : 0)
                .booleans("called", others, a -> a.settlement.called())
                .ints("attempts", others, a -> a.customer().earlier().spent() + 1)
                .doubles("waits", others, a -> seconds(a.settlement.pause()))
                .texts("outcomes", others, a -> a.settlement.outcome())
                .texts("errors", others, a -> a.settlement.error())
                .query(SettleSql::ids);
    }

    /** What both kinds have: the lease, and the call. */
    private static Binding called(Binding settle, List<Aged> settlements) throws SQLException {
        return settle.longs("customers", settlements, a -> a.customer().customerId())
                .longs("tokens", settlements, a -> a.customer().token())
                .ints("sent", settlements, a -> a.customer().revision())
                .texts("phones", settlements, a -> a.customer().phone().e164())
                .ints("http_statuses", settlements, a -> a.settlement.httpStatus())
                .doubles("ages", settlements, a -> seconds(a.age))
                .doubles("durations", settlements, a -> seconds(a.settlement.duration()))
                .texts("replicas", settlements, a -> a.settlement.replica());
    }

    private static Set<Long> ids(ResultSet row) throws SQLException {
        Set<Long> ids = new HashSet<>();
        while (row.next()) {
            ids.add(row.getLong(1));
        }
        return ids;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
