package io.alohubsync.operate.customers;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.Phone;
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
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
    private static final Sql LIST_OVERDUE = Sql.named("operate/list-overdue");
    private static final Sql LIST_TROUBLE = Sql.named("operate/list-trouble");

    /** Above every character that a key may hold. */
    private static final String END = "\uD83F\uDFFF";

    /** Below every character that a key may hold: nothing but the text itself lies before it. */
    private static final String END_OF_WHOLE = "\u0001";

    /** The list's name in its cursors. */
    private static final String OVERDUE = "o";

    private final PeopleDatabase database;
    private final PhoneNormalizer phones;

    public CustomerSearch(PeopleDatabase database, AlohubSettings settings) {
        this.database = database;
        this.phones = new PhoneNormalizer(PhoneRules.of(settings.phone()));
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

    private record Ids(List<Long> ids, @Nullable Long next, int looked) {}

    /**
     * A text that was taken for something else and is not found may be a source's own key: of many
     * shops it is a number. A viewer, to whom phones and names
     * are masked, finds by whole values alone: by beginnings a value could be guessed letter by
     * letter.
     */
    public Found search(CustomerQuery query, PageRequest page, Sight sight) {
        By by = query.text() == null ? null : query.by() == null ? looksLike(query.text(), page) : query.by();
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
        String list = by == null ? "l" : by.name().substring(0, 1);
        long from = Cursor.after(page, list, by == null || by == By.REFERENCE ? Long.MAX_VALUE : 0);
        String end = sight == Sight.FULL ? END : END_OF_WHOLE;
        return database.read(connection -> {
            Ids found = by == null
                    ? list(connection, query, from, page.size())
                    : find(connection, query, by, new Range(from, page.size(), end));
            List<CustomerLine> meant = CustomerLines.of(connection, found.ids()).stream()
                    .filter(line -> isMeant(line, query))
                    .toList();
            @Nullable String next = found.next() == null ? null : Cursor.of(list, found.next());
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
    private record Range(long from, int size, String end) {}

    private static long notYet(Connection connection, @Nullable By by) throws SQLException {
        return by == By.NAME || by == By.EMAIL
                ? NOT_YET.on(connection).list(row -> row.getLong(1)).getFirst()
                : 0;
    }

    private static boolean isMeant(CustomerLine line, CustomerQuery query) {
        return query.status() == null || query.status().all().contains(line.status());
    }

    /**
     * A page behind the first says it by its cursor. An @ makes an e-mail, what a source could
     * write for a phone and digits with what separates them a phone; anything else is a name.
     */
    private By looksLike(String text, PageRequest page) {
        if (Cursor.isOf(page.cursor(), "R")) {
            return By.REFERENCE;
        }
        if (text.indexOf('@') >= 0) {
            return By.EMAIL;
        }
        boolean digits = text.chars().anyMatch(c -> c >= '0' && c <= '9')
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+ .-()/\u00a0".indexOf(c) >= 0);
        return digits || phones.normalize(text).value() != null ? By.PHONE : By.NAME;
    }

    private Ids find(Connection connection, CustomerQuery query, By by, Range range) throws SQLException {
        String text = String.valueOf(query.text());
        return switch (by) {
            case PHONE -> {
                String phone = phone(text);
                yield page(BY_PHONE.on(connection).set("phone", phone).set("end", phone + range.end()), query, range);
            }
            case NAME -> page(BY_NAME.on(connection).set("name", text).set("end", range.end()), query, range);
            case EMAIL -> page(BY_EMAIL.on(connection).set("email", text).set("end", range.end()), query, range);
            case REFERENCE -> references(connection, query, range.from(), range.size());
        };
    }

    private record Look(long id, boolean meant, boolean last) {}

    private static Ids page(Binding binding, CustomerQuery query, Range range) throws SQLException {
        int looks = query.account() == null ? range.size() + 1 : LOOKS;
        return look(binding.set("account", query.account()).set("after", range.from()), range.size(), looks);
    }

    /** Where the look ended before the list did, a page goes on behind its last one. */
    private static Ids look(Binding binding, int size, int looks) throws SQLException {
        List<Look> looked = binding.set("looks", looks)
                .set("most", size + 1)
                .list(row -> new Look(row.getLong(1), row.getBoolean(2), row.getBoolean(3)));
        boolean more = looked.stream().anyMatch(Look::last);
        int seen = more ? looks : looked.size();
        List<Long> ids = new ArrayList<>();
        for (Look look : looked) {
            if (look.meant() && ids.size() == size) {
                return new Ids(ids, ids.getLast(), seen);
            }
            if (look.meant()) {
                ids.add(look.id());
            }
        }
        return new Ids(ids, more ? looked.getLast().id() : null, seen);
    }

    private static Ids references(Connection connection, CustomerQuery query, long from, int size) throws SQLException {
        record Row(long customer, long row) {}
        List<Row> rows = BY_REFERENCE
                .on(connection)
                .set("reference", query.text())
                .set("before", from)
                .set("account", query.account())
                .set("most", size + 1)
                .list(row -> new Row(row.getLong(1), row.getLong(2)));
        boolean more = rows.size() > size;
        List<Row> shown = more ? rows.subList(0, size) : rows;
        return new Ids(
                shown.stream().map(Row::customer).toList(),
                more ? shown.getLast().row() : null,
                rows.size());
    }

    /** The whole phone in any spelling, or the beginning of one. */
    private String phone(String text) {
        Phone whole = phones.normalize(text).value();
        if (whole != null) {
            return whole.e164();
        }
        String digits = text.replaceAll("[^0-9+]", "").replaceFirst("^(\\+84|0084|84(?=[0-9]{9})|0)0?", "");
        return "+84" + digits.replaceAll("[^0-9]", "");
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
