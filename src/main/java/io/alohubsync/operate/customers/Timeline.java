package io.alohubsync.operate.customers;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.acts.ActLines;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLines;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * What happened to a customer, from three tables: each is read and shown backwards by its own ids,
 * and the times decide between the three.
 */
final class Timeline {

    private static final Sql READ_ROWS = Sql.named("operate/read-rows");
    private static final Sql READ_ACTS = Sql.named("operate/read-acts");
    private static final String LIST = "t";

    private final Connection connection;
    private final Session entities;
    private final CustomerLine customer;

    /** @param entities on that connection */
    Timeline(Connection connection, Session entities, CustomerLine customer) {
        this.connection = connection;
        this.entities = entities;
        this.customer = customer;
    }

    Page<Event> page(PageRequest page) throws SQLException {
        long[] before = Cursor.read(page.cursor(), LIST, 3);
        if (before == null) {
            before = new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        }
        int most = page.size() + 1;
        List<Deque<Event>> kinds = List.of(
                new ArrayDeque<>(rows(before[0], most)),
                new ArrayDeque<>(attempts(before[1], most)),
                new ArrayDeque<>(acts(before[2], most)));
        List<Event> shown = new ArrayList<>();
        while (shown.size() < page.size()) {
            Optional<Deque<Event>> next = kinds.stream()
                    .filter(kind -> !kind.isEmpty())
                    .max(Comparator.comparing(kind -> happened(kind.getFirst())));
            if (next.isEmpty()) {
                return new Page<>(shown, null);
            }
            Event event = next.get().removeFirst();
            before[event.kind().ordinal()] = id(event);
            shown.add(event);
        }
        boolean more = kinds.stream().anyMatch(kind -> !kind.isEmpty());
        return new Page<>(shown, more ? Cursor.of(LIST, before) : null);
    }

    /** A row's own time is its source's, which may be of any year. */
    private static Instant happened(Event event) {
        return event.row() != null && event.row().mergedAt() != null
                ? event.row().mergedAt()
                : event.at();
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

    private List<Event> attempts(long before, int most) {
        return StoredAttempt.before(entities, customer, before, most).stream()
                .map(Event::of)
                .toList();
    }

    private List<Event> acts(long before, int most) throws SQLException {
        return READ_ACTS
                .on(connection)
                .set("customer", customer.id())
                .set("before", before)
                .set("most", most)
                .list(row -> Event.of(ActLines.line(row)));
    }
}
