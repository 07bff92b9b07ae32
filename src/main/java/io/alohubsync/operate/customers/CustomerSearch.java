package io.alohubsync.operate.customers;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.EncryptionKey;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.customers.CustomerQuery.By;
import io.alohubsync.operate.customers.CustomerQuery.Status;
import io.alohubsync.operate.customers.Places.Place;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds customers, also among ten millions: each way of looking is a range of an index, and looks
 * at a bounded number of rows.
 */
@ApplicationScoped
public class CustomerSearch {

    /** Rows that a page looks at, at most, for those that it shows. */
    public static final int LOOKS = 10_000;

    private static final Sql BY_PHONE = Sql.named("operate/find-by-phone");
    private static final Sql BY_NAME = Sql.named("operate/find-by-name");
    private static final Sql BY_EMAIL = Sql.named("operate/find-by-email");
    private static final Sql BY_REFERENCE = Sql.named("operate/find-by-reference");
    private static final Sql NOT_YET = Sql.named("operate/count-not-searched");
    private static final Sql LIST = Sql.named("operate/list-customers");
    private static final Sql LIST_DUE = Sql.named("operate/list-due");
    private static final Sql OVERDUE_OF = Sql.named("operate/find-overdue-of");
    private static final Sql LIST_OVERDUE = Sql.named("operate/list-overdue");
    private static final Sql LIST_TROUBLE = Sql.named("operate/list-trouble");

    /** Above every character that a key may hold. */
    private static final String END = "\uD83F\uDFFF";

    /** Below every character that a key may hold: nothing but the text itself lies before it. */
    private static final String END_OF_WHOLE = "\u0001";

    /** The list's name in its cursors. */
    private static final String OVERDUE = "o";

    private final PeopleDatabase database;
    private final SearchedText texts;
    private final Places places;

    public CustomerSearch(PeopleDatabase database, AlohubSettings settings) {
        this.database = database;
        this.places = new Places(new EncryptionKey(settings.console()).seal());
        this.texts = new SearchedText(new PhoneNormalizer(PhoneRules.of(settings.phone())));
    }

    /**
     * What was found.
     *
     * @param by     what the text was taken for; null: there was none
     * @param notYet customers whose names and e-mails can't be searched for yet, about; 0 where
     *               they are not searched
     * @param looked how many rows were looked at: {@link #LOOKS} of a list with filters; the page's
     *               next cursor goes on behind them
     */
    public record Found(Page<CustomerLine> page, @Nullable By by, long notYet, int looked) {}

    private record Ids(List<Long> ids, @Nullable Place next, int looked) {}

    /**
     * A text that was taken for something else and is not found may be a source's own key: of many
     * shops it is a number. A viewer, to whom phones and names are masked, finds by whole values
     * alone: by beginnings a value could be guessed letter by letter.
     */
    public Found search(CustomerQuery query, PageRequest page, Sight sight) {
        By by = query.text() == null ? null : query.by() == null ? way(query.text(), page) : query.by();
        Found found = search(query, by, page, sight);
        boolean foundNone =
                query.by() == null && by != null && found.page().items().isEmpty();
        if (!foundNone || page.cursor() != null) {
            return found;
        }
        Found byReference = search(query, By.REFERENCE, page, sight);
        return byReference.page().items().isEmpty() ? found : byReference;
    }

    private Found search(CustomerQuery query, @Nullable By by, PageRequest page, Sight sight) {
        if (by == null && query.status() == Status.OVERDUE) {
            return overdue(query, page, sight);
        }
        Place from = places.read(by, page, by == null || by == By.REFERENCE ? Long.MAX_VALUE : 0);
        @Nullable String key = by == null ? "" : texts.key(String.valueOf(query.text()), by);
        if (key == null) {
            return new Found(new Page<>(List.of(), null), by, 0, 0);
        }
        Range range = new Range(from, page.size(), sight == Sight.FULL ? END : END_OF_WHOLE);
        return database.read(connection -> {
            Ids found = by == null
                    ? list(connection, query, from.id(), page.size())
                    : find(connection, query, by, key, range);
            List<CustomerLine> meant = meant(connection, query, found.ids());
            @Nullable String next = found.next() == null ? null : places.cursor(by, found.next());
            return new Found(new Page<>(sight.of(meant), next), by, notYet(connection, by), found.looked());
        });
    }

    private record Due(long customer, long micros) {}

    /** By the time at which each was due, so that a page goes on behind its last one. */
    private Found overdue(CustomerQuery query, PageRequest page, Sight sight) {
        long[] after = Cursor.read(page.cursor(), OVERDUE, 2);
        return database.read(connection -> {
            List<Due> due = LIST_OVERDUE
                    .on(connection)
                    .set("account", query.account())
                    .set("due", after == null ? 0 : after[0])
                    .set("after", after == null ? 0 : after[1])
                    .set("most", page.size() + 1)
                    .list(row -> new Due(row.getLong(1), row.getLong(2)));
            Page<Due> shown = Page.of(due, page.size(), last -> Cursor.of(OVERDUE, last.micros(), last.customer()));
            List<CustomerLine> lines = CustomerLines.of(
                    connection, shown.items().stream().map(Due::customer).toList());
            return new Found(new Page<>(sight.of(lines), shown.next()), null, 0, due.size());
        });
    }

    /** @param end behind the text */
    private record Range(Place from, int size, String end) {}

    private static long notYet(Connection connection, @Nullable By by) throws SQLException {
        return by == By.NAME || by == By.EMAIL
                ? NOT_YET.on(connection).list(row -> row.getLong(1)).getFirst()
                : 0;
    }

    private static List<CustomerLine> meant(Connection connection, CustomerQuery query, List<Long> ids)
            throws SQLException {
        @Nullable Status status = query.status();
        if (status == Status.OVERDUE) {
            Set<Long> overdue = Set.copyOf(
                    OVERDUE_OF.on(connection).longs("ids", ids, id -> id).list(row -> row.getLong(1)));
            return CustomerLines.of(
                    connection, ids.stream().filter(overdue::contains).toList());
        }
        return CustomerLines.of(connection, ids).stream()
                .filter(line -> status == null || status.all().contains(line.status()))
                .toList();
    }

    /** What the text is taken for. A page behind the first says it by its cursor. */
    private By way(String text, PageRequest page) {
        return Cursor.isOf(page.cursor(), "R") ? By.REFERENCE : texts.looksLike(text);
    }

    private static Ids find(Connection connection, CustomerQuery query, By by, String key, Range range)
            throws SQLException {
        return switch (by) {
            case PHONE -> page(BY_PHONE.on(connection).set("phone", key).set("end", key + range.end()), query, range);
            case NAME -> page(keyed(BY_NAME.on(connection).set("name", key), range), query, range);
            case EMAIL -> page(keyed(BY_EMAIL.on(connection).set("email", key), range), query, range);
            case REFERENCE -> references(connection, query, range.from().id(), range.size());
        };
    }

    private static Binding keyed(Binding binding, Range range) throws SQLException {
        return binding.set("end", range.end()).set("after_key", range.from().key());
    }

    /** @param place behind it a page goes on */
    private record Look(long id, boolean meant, boolean last, Place place) {}

    private static Ids page(Binding binding, CustomerQuery query, Range range) throws SQLException {
        int looks = query.account() == null ? range.size() + 1 : LOOKS;
        return look(
                binding.set("account", query.account())
                        .set("after", range.from().id()),
                range.size(),
                looks);
    }

    /** Where the look ended before the list did, a page goes on behind its last one. */
    private static Ids look(Binding binding, int size, int looks) throws SQLException {
        List<Look> looked = binding.set("looks", looks)
                .set("most", size + 1)
                .list(row -> new Look(
                        row.getLong(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        new Place(row.getLong(1), row.getString(4))));
        boolean more = looked.stream().anyMatch(Look::last);
        int seen = more ? looks : looked.size();
        List<Look> meant = looked.stream().filter(Look::meant).toList();
        List<Look> shown = meant.size() > size ? meant.subList(0, size) : meant;
        Look last = meant.size() > size ? shown.getLast() : more ? looked.getLast() : null;
        return new Ids(shown.stream().map(Look::id).toList(), last == null ? null : last.place(), seen);
    }

    private static Ids references(Connection connection, CustomerQuery query, long from, int size) throws SQLException {
        record Row(long customer, long newest, int looked) {}
        List<Row> rows = BY_REFERENCE
                .on(connection)
                .set("reference", query.text())
                .set("before", from)
                .set("account", query.account())
                .set("looks", LOOKS)
                .set("most", size + 1)
                .list(row -> new Row(row.getLong(1), row.getLong(2), row.getInt(3)));
        boolean more = rows.size() > size;
        List<Row> shown = more ? rows.subList(0, size) : rows;
        return new Ids(
                shown.stream().map(Row::customer).toList(),
                more ? new Place(shown.getLast().newest(), null) : null,
                rows.isEmpty() ? 0 : rows.getFirst().looked());
    }

    private static Ids list(Connection connection, CustomerQuery query, long from, int size) throws SQLException {
        @Nullable Status status = query.status();
        Binding binding = switch (status) {
            case null -> LIST.on(connection);
            case DELIVERED -> LIST.on(connection);
            case WAITING, OVERDUE, PENDING, SENDING ->
                LIST_DUE.on(connection).texts("statuses", status.all(), one -> one);
            case RETRYING, DEAD, HELD -> LIST_TROUBLE.on(connection).set("status", status.name());
        };
        boolean filtered = query.account() != null || status != null;
        return look(binding.set("before", from).set("account", query.account()), size, filtered ? LOOKS : size + 1);
    }
}
