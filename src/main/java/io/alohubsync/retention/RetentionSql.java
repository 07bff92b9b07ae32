package io.alohubsync.retention;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * Deletes rows that are final and old, some at a time in the order of their ids. Each method runs in the caller's transaction. Locked
 * rows are passed over until the next walk, so it waits for no lock.
 */
public final class RetentionSql {

    /** What is purged: the name of its table. */
    public enum History {
        CUSTOMER_OUTBOX(Sql.named("retention/purge-customer-outbox"), Sql.named("retention/next-id-customer-outbox")),
        DELIVERY_ATTEMPT(
                Sql.named("retention/purge-delivery-attempt"), Sql.named("retention/next-id-delivery-attempt"));

        private final Sql purge;
        private final Sql nextId;

        History(Sql purge, Sql nextId) {
            this.purge = purge;
            this.nextId = nextId;
        }

        /** Without the schema. */
        public String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Sql TAKE_TURN = Sql.named("retention/take-turn");
    private static final Sql END_TURN = Sql.named("retention/end-turn");

    // A source's foreign key or a slow disk makes it slow: it ends then, before the job counts as stalled.
    private static final String GIVE_WAY = "SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '500ms'";

    private RetentionSql() {}

    /**
     * @param after the walk goes on behind this id; 0: it begins
     * @param pause zero or less: it is time for a batch
     * @param young rows in succession up to here that were too young
     * @param full  the walk goes to the last row, however many are too young
     */
    public record Turn(long after, Duration pause, long young, boolean full) {}

    /**
     * @param purged rows that were deleted
     * @param aged   rows that are old enough, final or not
     * @param looked rows that were read; fewer than the limit: they were the last
     * @param last   the last id that was read
     */
    public record Purged(int purged, int aged, int looked, long last) {}

    /** Takes the turn, until the transaction ends. @return a pause of a second: another replica has it */
    public static Turn take(Connection connection, History history) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GIVE_WAY);
        }
        return TAKE_TURN
                .on(connection)
                .set("history", history.table())
                .query(row -> row.next()
                        ? new Turn(
                                row.getLong(1),
                                Duration.ofMillis((long) Math.ceil(row.getDouble(2) * 1000)),
                                row.getLong(3),
                                row.getBoolean(4))
                        : new Turn(0, Duration.ofSeconds(1), 0, false));
    }

    /**
     * Reads the next rows of the walk and deletes those that are final and old.
     *
     * @param old     counts from the merge, or from the begin of the attempt
     * @param carried counts from the first accepted call that carried the row; without meaning for attempts
     * @param limit   rows to read
     */
    public static Purged purge(
            Connection connection, History history, Duration old, Duration carried, long after, int limit)
            throws SQLException {
        return history.purge
                .on(connection)
                .set("old", old)
                .set("carried", carried)
                .set("after", after)
                .set("limit", limit)
                .query(row -> {
                    row.next();
                    return new Purged(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4));
                });
    }

    /** @return the id behind {@code after}: the row that a batch of one looks at; {@code after} if there is none */
    public static long nextId(Connection connection, History history, long after) throws SQLException {
        return history.nextId.on(connection).set("after", after).query(row -> {
            row.next();
            long next = row.getLong(1);
            return row.wasNull() ? after : next;
        });
    }

    /** Where and when the walk goes on. @param turn {@code after} 0: from the beginning; {@code pause}: until then */
    public static void next(Connection connection, History history, Turn turn, boolean fullWalkEnds)
            throws SQLException {
        END_TURN.on(connection)
                .set("after", turn.after())
                .set("pause", turn.pause())
                .set("young", turn.young())
                .set("full_walk", turn.full())
                .set("full_walk_ends", fullWalkEnds)
                .set("history", history.table())
                .update();
    }
}
