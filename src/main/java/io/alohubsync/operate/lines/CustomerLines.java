package io.alohubsync.operate.lines;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads customers by their ids: the view's branches and joins are look-ups then. */
public final class CustomerLines {

    private static final Sql READ = Sql.named("operate/read-customer-lines");

    private CustomerLines() {}

    /** @return in the order of the ids, without those that are none's */
    public static List<CustomerLine> of(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, CustomerLine> byId = new HashMap<>();
        READ.on(connection)
                .longs("ids", ids, id -> id)
                .list(CustomerLines::line)
                .forEach(line -> byId.put(line.id(), line));
        return ids.stream().distinct().map(byId::get).filter(Objects::nonNull).toList();
    }

    /** @throws Declined there is none */
    public static CustomerLine one(Connection connection, long id) throws SQLException {
        List<CustomerLine> found = of(connection, List.of(id));
        if (found.isEmpty()) {
            throw Declined.because(Why.NO_CUSTOMER);
        }
        return found.getFirst();
    }

    private static CustomerLine line(ResultSet row) throws SQLException {
        int i = 1;
        return new CustomerLine(
                row.getLong(i++),
                row.getString(i++),
                row.getString(i++),
                row.getString(i++),
                row.getString(i++),
                row.getString(i++),
                row.getInt(i++),
                row.getInt(i++),
                row.getInt(i++),
                Columns.instant(row, i++),
                row.getString(i++),
                row.getString(i++),
                Columns.integer(row, i++),
                row.getString(i++),
                Columns.instant(row, i++),
                Columns.time(row, i++),
                Columns.time(row, i));
    }
}
