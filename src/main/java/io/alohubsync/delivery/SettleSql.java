package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import io.alohubsync.customer.Settlement;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what attempts came to, fenced: a settlement whose token is no longer the lease's changes nothing. All of one call
 * run in one transaction, which the caller holds.
 */
public final class SettleSql {

    private static final Sql LOCK_CUSTOMERS = Sql.named("delivery/lock-customers");
    private static final Sql SETTLE_ACCEPTED = Sql.named("delivery/settle-accepted");
    private static final Sql SETTLE_OTHERS = Sql.named("delivery/settle-others");
    private static final Sql REFUND_ATTEMPTS = Sql.named("delivery/refund-attempts");

    private SettleSql() {}

    /** @return ids of those that could be locked; another transaction holds the others */
    public static Set<Long> refund(Connection connection, List<Refund> spent) throws SQLException {
        Set<Long> locked = LOCK_CUSTOMERS
                .on(connection)
                .longs("customers", spent, Refund::customerId)
                .query(SettleSql::ids);
        List<Refund> looked =
                spent.stream().filter(one -> locked.contains(one.customerId())).toList();
        REFUND_ATTEMPTS
                .on(connection)
                .longs("customers", looked, Refund::customerId)
                .ints("revisions", looked, Refund::revision)
                .ints("attempts", looked, Refund::attempts)
                .update();
        return locked;
    }

    /**
     * @param ages of the settlements, in their order: how long ago the call began
     */
    public static Written settle(Connection connection, List<Settlement> settlements, List<Duration> ages)
            throws SQLException {
        Set<Long> locked = lockCustomers(connection, settlements);
        List<Aged> delivered = new ArrayList<>();
        List<Aged> others = new ArrayList<>();
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            if (!locked.contains(settlement.customer().customerId())) {
                continue;
            }
            (settlement.isDelivered() ? delivered : others).add(new Aged(settlement, ages.get(i)));
        }
        Set<Long> settled = delivered.isEmpty() ? new HashSet<>() : settleDelivered(connection, delivered);
        for (Aged aged : delivered) {
            if (!settled.contains(aged.settlement.customer().customerId())) {
                others.add(aged);
            }
        }
        if (!others.isEmpty()) {
            settled.addAll(settleOthers(connection, others));
        }
        return new Written(locked, settled);
    }

    /**
     * @param looked  ids of the customers that could be locked; another transaction holds the others, which stay as they were
     * @param settled of them, those that were settled; the others' leases had ended and been taken
     */
    public record Written(Set<Long> looked, Set<Long> settled) {}

    private record Aged(Settlement settlement, Duration age) {
        Claimed customer() {
            return settlement.customer();
        }
    }

    private static Set<Long> lockCustomers(Connection connection, List<Settlement> settlements) throws SQLException {
        return LOCK_CUSTOMERS
                .on(connection)
                .longs("customers", settlements, s -> s.customer().customerId())
                .query(SettleSql::ids);
    }

    private static Set<Long> settleDelivered(Connection connection, List<Aged> delivered) throws SQLException {
        return called(SETTLE_ACCEPTED.on(connection), delivered).query(SettleSql::ids);
    }

    private static Set<Long> settleOthers(Connection connection, List<Aged> others) throws SQLException {
        return called(SETTLE_OTHERS.on(connection), others)
                .booleans("accepted", others, a -> a.settlement.isDelivered())
                .booleans("dead", others, a -> a.settlement.consequence() == Settlement.Consequence.DEAD)
                .ints("spent", others, a -> a.settlement.isSpent() ? 1 : 0)
                .booleans("called", others, a -> a.settlement.called())
                .ints("attempts", others, a -> a.customer().attempts() + 1)
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
