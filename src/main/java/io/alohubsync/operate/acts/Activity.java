package io.alohubsync.operate.acts;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Look;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people did: the audit, the newest first. */
@ApplicationScoped
public class Activity {

    /** Entries that a page with filters looks at. */
    public static final int LOOKS = 20_000;

    private static final Sql READ = Sql.named("operate/read-activity");
    private static final String LIST = "a";

    private final PeopleDatabase database;

    public Activity(PeopleDatabase database) {
        this.database = database;
    }

    /**
     * Whose acts, which, on which account; null: all.
     *
     * @param each also those on each customer of a group; else the acts on the group alone
     */
    public record Filter(
            @Nullable String person,
            @Nullable Act act,
            @Nullable String account,
            boolean each) {

        public static final Filter NONE = new Filter(null, null, null, true);

        public Filter {
            person = Input.optional(person, "person", Actor.MOST_CHARACTERS);
            account = Input.optional(account, "account", Input.ACCOUNT);
        }

        boolean isNone() {
            return person == null && act == null && account == null && each;
        }
    }

    public Page<ActLine> read(Filter filter, PageRequest page, Sight sight) {
        long before = Cursor.after(page, LIST, Long.MAX_VALUE);
        int looks = filter.isNone() ? page.size() + 1 : LOOKS;
        List<Look<ActLine>> looked = database.read(connection -> READ.on(connection)
                .set("person", filter.person())
                .set("act", filter.act() == null ? null : filter.act().name())
                .set("account", filter.account())
                .set("each", filter.each())
                .set("before", before)
                .set("looks", looks)
                .set("most", page.size() + 1)
                .list(row -> new Look<>(ActLines.line(row), row.getBoolean(13), row.getBoolean(14))));
        return Look.page(looked, page.size(), ActLine::id, LIST, sight);
    }
}
