package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which trace a call belongs to: statements beside the hot path's own, in the same transactions, and only where traces are on. So
 * they cost nothing where they are off.
 */
public final class TraceSql {

    private static final String OF_ROWS = """
            SELECT id, left(traceparent, MAX) FROM alohub.customer_outbox WHERE id = ANY (?) AND traceparent IS NOT NULL""".replace("MAX", String.valueOf(Traceparent.MAX_LENGTH));

    private static final String OF_CUSTOMERS = """
            SELECT customer_id, traceparent FROM alohub.due WHERE customer_id = ANY (?) AND traceparent IS NOT NULL""";

    // One of an earlier revision goes, where the new one's rows say none.
    private static final String KEEP = """
            UPDATE alohub.due d SET traceparent = n.traceparent FROM unnest(?::bigint[], ?::text[]) AS n (customer_id, traceparent)
            WHERE d.customer_id = n.customer_id AND d.traceparent IS DISTINCT FROM n.traceparent""";

    private TraceSql() {}

    /** By the row's id: what the rows say, if it is a valid traceparent. */
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

    /** @param traceparents by the id of a customer with a new revision; null: its rows say none */
    public static void keep(Connection connection, Map<Long, @Nullable String> traceparents) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            new Arrays(statement)
                    .longs(traceparents.keySet(), id -> id)
                    .texts(traceparents.keySet(), traceparents::get);
            statement.executeUpdate();
        }
    }

    private static Map<Long, String> traceparents(Connection connection, String sql, Collection<Long> ids)
            throws SQLException {
        Map<Long, String> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Arrays(statement).longs(ids, id -> id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (Traceparent.isValid(row.getString(2))) {
                        found.put(row.getLong(1), row.getString(2));
                    }
                }
            }
        }
        return found;
    }
}
