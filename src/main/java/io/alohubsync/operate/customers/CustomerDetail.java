package io.alohubsync.operate.customers;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.customers.CustomerView.Link;
import io.alohubsync.operate.customers.CustomerView.Next;
import io.alohubsync.operate.customers.CustomerView.Step;
import io.alohubsync.operate.customers.CustomerView.Value;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything about one customer. */
@ApplicationScoped
public class CustomerDetail {

    private static final Sql READ_DELIVERED = Sql.named("operate/read-delivered-values");
    private static final Sql READ_STATE = Sql.named("operate/read-account-state");
    private static final Sql READ_LINKS = Sql.named("operate/read-links");
    private static final Set<String> CALLS = Set.of("ACTIVE", "RECOVERING");

    private final PeopleDatabase database;

    public CustomerDetail(PeopleDatabase database) {
        this.database = database;
    }

    /** @throws Declined there is no such customer */
    public CustomerView of(long customer, Sight sight) {
        return sight.of(database.read(connection -> view(connection, CustomerLines.one(connection, customer))));
    }

    /** What happened to it, the newest first. @throws Declined there is no such customer */
    public Page<Event> timeline(long customer, PageRequest page, Sight sight) {
        return sight.of(database.read(connection -> {
            CustomerLine line = CustomerLines.one(connection, customer);
            return database.entities(connection, entities -> new Timeline(connection, entities, line).page(page));
        }));
    }

    private record Delivered(
            int revision,
            boolean hasName,
            boolean hasEmail,
            @Nullable String name,
            @Nullable String email) {}

    private record Found(boolean leadsTo, Link link) {}

    private static CustomerView view(Connection connection, CustomerLine customer) throws SQLException {
        Delivered delivered = READ_DELIVERED
                .on(connection)
                .set("customer", customer.id())
                .list(row -> new Delivered(
                        row.getInt(1), row.getBoolean(2), row.getBoolean(3), row.getString(4), row.getString(5)))
                .getFirst();
        List<Found> links =
                READ_LINKS.on(connection).set("customer", customer.id()).list(CustomerDetail::link);
        return new CustomerView(
                customer,
                value(customer.name(), delivered.revision(), delivered.hasName(), delivered.name()),
                value(customer.email(), delivered.revision(), delivered.hasEmail(), delivered.email()),
                next(connection, customer),
                first(links, true),
                first(links, false));
    }

    private static Value value(
            @Nullable String wanted, int deliveredRevision, boolean isWanted, @Nullable String delivered) {
        if (wanted == null || isWanted) {
            return new Value(wanted, wanted, true, true);
        }
        // Before the first acceptance the CRM holds nothing of ours. Later the row that carried the
        // accepted value may be purged, or no row may have carried one yet.
        return new Value(wanted, delivered, deliveredRevision == 0 || delivered != null, false);
    }

    private static Next next(Connection connection, CustomerLine customer) throws SQLException {
        Step step = step(customer.status());
        String why = step == Step.HELD ? customer.holdReason() : customer.error();
        Next plain = new Next(step, customer.nextAttemptAt(), step == Step.NOTHING_LEFT ? null : why, null, null, null);
        if (step != Step.FIRST && step != Step.AGAIN) {
            return plain;
        }
        return READ_STATE
                .on(connection)
                .set("account", customer.account())
                .list(row -> CALLS.contains(row.getString(1))
                        ? plain
                        : new Next(step, plain.at(), why, row.getString(1), row.getString(2), row.getString(3)))
                .stream()
                .findFirst()
                .orElse(plain);
    }

    private static Step step(String status) {
        return switch (status) {
            case "PENDING" -> Step.FIRST;
            case "RETRYING" -> Step.AGAIN;
            case "SENDING" -> Step.IN_CALL;
            case "DEAD" -> Step.DEAD;
            case "HELD" -> Step.HELD;
            default -> Step.NOTHING_LEFT;
        };
    }

    private static Found link(ResultSet row) throws SQLException {
        return new Found(row.getBoolean(1), new Link(Columns.number(row, 2), row.getString(3), Columns.time(row, 4)));
    }

    private static @Nullable Link first(List<Found> links, boolean leadsTo) {
        return links.stream()
                .filter(link -> link.leadsTo() == leadsTo)
                .map(Found::link)
                .findFirst()
                .orElse(null);
    }
}
