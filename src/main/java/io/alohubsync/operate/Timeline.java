package io.alohubsync.operate;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened to a customer, from three tables: each is read backwards by its own ids, and all
 * are put together by their times.
 */
final class Timeline {

    private static final Sql READ_ROWS = Sql.named("operate/read-rows");
    private static final Sql READ_ATTEMPTS = Sql.named("operate/read-attempts");
    private static final Sql READ_ACTS = Sql.named("operate/read-acts");
    private static final String LIST = "t";

    private final Connection connection;
    private final CustomerLine customer;

    Timeline(Connection connection, CustomerLine customer) {
        this.connection = connection;
        this.customer = customer;
    }

    Page<Event> page(PageRequest page) throws SQLException {
        long[] before = Cursor.read(page.cursor(), LIST, 3);
        if (before == null) {
            before = new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        }
        int most = page.size() + 1;
        List<Event> all =
                new ArrayList<>(Stream.of(rows(before[0], most), attempts(before[1], most), acts(before[2], most))
                        .flatMap(List::stream)
                        .sorted(Comparator.comparing(Event::at).reversed())
                        .toList());
        if (all.size() <= page.size()) {
            return new Page<>(all, null);
        }
        List<Event> shown = all.subList(0, page.size());
        for (Event event : shown) {
            int kind = event.kind().ordinal();
            before[kind] = Math.min(before[kind], id(event));
        }
        return new Page<>(List.copyOf(shown), Cursor.of(LIST, before));
    }

    private static long id(Event event) {
        if (event.row() != null) {
            return event.row().id();
        }
        return event.attempt() != null
                ? event.attempt().id()
                : event.act() != null ? event.act().id() : 0;
    }

    private List<Event> rows(long before, int most) throws SQLException {
        return READ_ROWS
                .on(connection)
                .set("customer", customer.id())
                .set("before", before)
                .set("most", most)
                .list(row -> Event.of(RowLines.line(row)));
    }

    private List<Event> attempts(long before, int most) throws SQLException {
        return READ_ATTEMPTS
                .on(connection)
                .set("phone", customer.phone())
                .set("account", customer.account())
                .set("before", before)
                .set("most", most)
                .list(row -> Event.of(attempt(row)));
    }

    private List<Event> acts(long before, int most) throws SQLException {
        return READ_ACTS
                .on(connection)
                .set("customer", customer.id())
                .set("before", before)
                .set("most", most)
                .list(row -> Event.of(ActLines.line(row)));
    }

    private static AttemptLine attempt(ResultSet row) throws SQLException {
        return new AttemptLine(
                row.getLong(1),
                Columns.time(row, 2),
                row.getInt(3),
                row.getInt(4),
                row.getString(5),
                Columns.integer(row, 6),
                row.getString(7),
                Columns.integer(row, 8),
                row.getString(9));
    }
}
