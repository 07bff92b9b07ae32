package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.Traceparent;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which trace a call belongs to: statements beside the hot path's own, in the same transactions,
 * and only where traces are on. So they cost nothing where they are off.
 */
public final class TraceSql {

    private static final Sql OF_ROWS = Sql.named("merge/read-traceparents");
    private static final Sql OF_CUSTOMERS = Sql.named("delivery/read-traceparents");
    private static final Sql KEEP = Sql.named("merge/keep-traceparents");

    private TraceSql() {}

    /** By the row's id: the traceparents of the rows, where they are valid. */
    public static Map<Long, String> ofRows(Connection connection, List<NewRow> rows) throws SQLException {
        return traceparents(connection, OF_ROWS, rows.stream().map(NewRow::id).toList());
    }

    /** @return the same customers, each with its traceparent */
    public static List<Claimed> ofCustomers(Connection connection, List<Claimed> customers) throws SQLException {
        if (customers.isEmpty()) {
            return customers;
        }
        Map<Long, String> kept = traceparents(
                connection,
                OF_CUSTOMERS,
                customers.stream().map(Claimed::customerId).toList());
        return of(customers, kept);
    }

    /** @param kept by the customer's id */
    public static List<Claimed> of(List<Claimed> customers, Map<Long, @Nullable String> kept) {
        return customers.stream()
                .map(customer -> customer.traced(kept.get(customer.customerId())))
                .toList();
    }

    /** @param traceparents by the id of a customer with a new revision; null: its rows have none */
    public static void keep(Connection connection, Map<Long, @Nullable String> traceparents) throws SQLException {
        KEEP.on(connection)
                .longs("customers", traceparents.keySet(), id -> id)
                .texts("traceparents", traceparents.keySet(), traceparents::get)
                .update();
    }

    private static Map<Long, String> traceparents(Connection connection, Sql sql, Collection<Long> ids)
            throws SQLException {
        return sql.on(connection).longs("ids", ids, id -> id).query(TraceSql::valid);
    }

    private static Map<Long, String> valid(ResultSet row) throws SQLException {
        Map<Long, String> found = new HashMap<>();
        while (row.next()) {
            if (Traceparent.isValid(row.getString(2))) {
                found.put(row.getLong(1), row.getString(2));
            }
        }
        return found;
    }
}
