package io.alohubsync.operate.bulk;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import io.alohubsync.operate.problems.ProblemKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action that a transaction has locked for a step.
 *
 * @param ofAction  whose customers it releases; null: it is about a group
 * @param sinceSent since the canary, or the last customer, was sent, or the stop; since the start
 *                  where there was none of these
 */
record LockedAction(
        String id,
        Kind kind,
        ProblemKey key,
        Actor starter,
        @Nullable String why,
        State state,
        OffsetDateTime upTo,
        long after,
        boolean walked,
        long items,
        long skipped,
        boolean sent,
        Duration sinceSent,
        @Nullable String ofAction) {

    private static final Sql LOCK = Sql.named("operate/lock-bulk-action");

    /** The one whose next step is the most overdue. */
    static Optional<LockedAction> next(Connection connection) throws SQLException {
        return LOCK.on(connection).list(LockedAction::locked).stream().findFirst();
    }

    private static LockedAction locked(ResultSet row) throws SQLException {
        return new LockedAction(
                row.getString(1),
                Kind.valueOf(row.getString(2)),
                new ProblemKey(ProblemKey.Kind.FAILURE, row.getString(3), row.getString(4), row.getString(5)),
                new Actor(row.getString(6), Way.valueOf(row.getString(7))),
                row.getString(8),
                State.valueOf(row.getString(9)),
                row.getObject(10, OffsetDateTime.class),
                row.getLong(11),
                row.getBoolean(12),
                row.getLong(13),
                row.getLong(14),
                row.getBoolean(15),
                Duration.ofMillis((long) (row.getDouble(16) * 1000)),
                row.getString(17));
    }

    /** Customers that were retried, held or released. */
    long acted() {
        return items - skipped;
    }
}
