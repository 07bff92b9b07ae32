package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Acts on the next customers of a bulk action. In a step's transaction. */
final class BulkWalk {

    /** Customers in trouble that a step looks at. */
    static final int LOOKS = 2_000;

    private static final Sql FIND = Sql.named("operate/find-next-of-group");
    private static final Sql FIND_HELD = Sql.named("operate/find-next-held");
    private static final Sql LOCK_CUSTOMERS = Sql.named("operate/lock-customers");
    private static final Sql STILL_OF_GROUP = Sql.named("operate/find-still-of-group");
    private static final Sql STILL_HELD = Sql.named("operate/find-still-held");
    private static final Sql RETRY = Sql.named("operate/retry-many");
    private static final Sql HOLD = Sql.named("operate/hold-many");
    private static final Sql RELEASE = Sql.named("operate/release-many");
    private static final Sql INSERT = Sql.named("operate/insert-bulk-items");

    private final Connection connection;
    private final LockedAction action;

    BulkWalk(Connection connection, LockedAction action) {
        this.connection = connection;
        this.action = action;
    }

    /**
     * How far it came.
     *
     * @param after  the next walk goes on behind this customer, of a release behind this item of the
     *               hold
     * @param walked there are no more
     */
    record Done(long after, boolean walked, int items, int skipped) {}

    Done none() {
        return new Done(action.after(), action.walked(), 0, 0);
    }

    private record Found(List<Long> ids, long after, boolean walked) {}

    Done some(int most) throws SQLException {
        Found found = action.kind() == Kind.RELEASE ? held(most) : ofGroup(most);
        return found.ids().isEmpty() ? new Done(found.after(), found.walked(), 0, 0) : act(found);
    }

    private Found ofGroup(int most) throws SQLException {
        record Next(long id, long last, long looked) {}
        List<Next> next = FIND.on(connection)
                .set("after", action.after())
                .set("looks", LOOKS)
                .set("dead", action.kind() == Kind.RETRY)
                .set("account", action.key().account())
                .set("reason", action.key().reason())
                .set("source", action.key().source())
                .set("up_to", action.upTo())
                .set("most", most)
                .list(row -> new Next(row.getLong(1), row.getLong(2), row.getLong(3)));
        List<Long> ids = next.stream().map(Next::id).filter(id -> id > 0).toList();
        boolean full = ids.size() == most;
        boolean walked = !full && next.getFirst().looked() < LOOKS;
        long after =
                full ? ids.getLast() : Math.max(action.after(), next.getFirst().last());
        return new Found(ids, after, walked);
    }

    private Found held(int most) throws SQLException {
        record Item(long n, long customer) {}
        List<Item> next = FIND_HELD
                .on(connection)
                .set("hold", action.ofAction())
                .set("after", action.after())
                .set("most", most)
                .list(row -> new Item(row.getLong(1), row.getLong(2)));
        long after = next.isEmpty() ? action.after() : next.getLast().n();
        return new Found(next.stream().map(Item::customer).toList(), after, next.size() < most);
    }

    /** Those that were answered or changed since they were found are left alone. */
    private Done act(Found found) throws SQLException {
        Set<Long> skipped = new HashSet<>(found.ids());
        List<Long> free = LOCK_CUSTOMERS
                .on(connection)
                .longs("ids", found.ids(), id -> id)
                .list(row -> row.getLong(1));
        free.forEach(skipped::remove);
        List<Long> locked = action.kind() == Kind.RELEASE ? stillHeld(free, found) : stillOfGroup(free);
        List<Long> items = found.ids().stream()
                .filter(id -> skipped.contains(id) || locked.contains(id))
                .toList();
        of(action.kind())
                .on(connection)
                .longs("ids", locked, id -> id)
                .set("why", action.why())
                .list(row -> row.getLong(1));
        INSERT.on(connection)
                .set("action", action.id())
                .set("items", action.items())
                .longs("locked", locked, id -> id)
                .set("state", state(action.kind()))
                .longs("ids", items, id -> id)
                .update();
        return new Done(found.after(), found.walked(), items.size(), skipped.size());
    }

    private List<Long> stillOfGroup(List<Long> ids) throws SQLException {
        return STILL_OF_GROUP
                .on(connection)
                .longs("ids", ids, id -> id)
                .set("dead", action.kind() == Kind.RETRY)
                .set("reason", action.key().reason())
                .set("up_to", action.upTo())
                .list(row -> row.getLong(1));
    }

    private List<Long> stillHeld(List<Long> ids, Found found) throws SQLException {
        return STILL_HELD
                .on(connection)
                .longs("ids", ids, id -> id)
                .set("hold", action.ofAction())
                .set("after", action.after())
                .set("last", found.after())
                .list(row -> row.getLong(1));
    }

    private static Sql of(Kind kind) {
        return switch (kind) {
            case RETRY -> RETRY;
            case HOLD -> HOLD;
            case RELEASE -> RELEASE;
        };
    }

    /** Of a customer that was acted on. */
    private static String state(Kind kind) {
        return switch (kind) {
            case RETRY -> "SENT";
            case HOLD -> "HELD";
            case RELEASE -> "RELEASED";
        };
    }
}
