package io.alohubsync.retention;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows that are final and old, some at a time in the order of their ids. Each method runs
 * in the caller's transaction. Locked rows are skipped until the next pass, so it waits for no
 * lock.
 */
public final class RetentionSql {

    /** What is purged: the name of its table. */
    public enum History {
        CUSTOMER_OUTBOX(Sql.named("retention/skip-young-rows"), Sql.named("retention/purge-customer-outbox")),
        DELIVERY_ATTEMPT(Sql.named("retention/skip-young-attempts"), Sql.named("retention/purge-delivery-attempt"));

        private final Sql skip;
        private final Sql purge;

        History(Sql skip, Sql purge) {
            this.skip = skip;
            this.purge = purge;
        }

        /** Without the schema. */
        public String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Sql TAKE_TURN = Sql.named("retention/take-turn");
    private static final Sql END_TURN = Sql.named("retention/end-turn");

    // A source's foreign key or a slow disk makes it slow: it ends then, before the job counts as
    // stalled.
    private static final String SHORT_LIMITS = "SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '500ms'";

    private RetentionSql() {}

    /**
     * @param after the pass goes on behind this id; 0: it begins
     * @param pause zero or less: it is time for a batch
     * @param young rows in succession up to here that were too young
     * @param full  the pass goes to the last row, however many are too young
     */
    public record Turn(long after, Duration pause, long young, boolean full) {}

    /**
     * @param id     of the first old row, or of the last that was read if none is old
     * @param isOld  whether one is
     * @param young  rows before it that are not old
     */
    public record Skipped(long id, boolean isOld, long young) {}

    /**
     * @param purged rows that were deleted
     * @param looked rows that were read; fewer than the limit: they were the last
     * @param last   the last id that was read
     */
    public record Purged(int purged, int looked, long last) {}

    /**
     * Takes the turn, until the transaction ends.
     *
     * @return a pause of a second: another replica has it
     */
    public static Turn take(Connection connection, History history) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SHORT_LIMITS);
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
     * Reads the next rows of the pass and deletes those that are final and old.
     *
     * @param old     counts from the merge, or from the begin of the attempt
     * @param carried counts from the first accepted call that carried the row; without meaning for
     *                attempts
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
                    return new Purged(row.getInt(1), row.getInt(2), row.getLong(3));
                });
    }

    /**
     * Skips young rows of the pass.
     *
     * @param limit rows to read at most
     * @return null: none is old, and there are fewer
     */
    public static @Nullable Skipped skipYoung(
            Connection connection, History history, Duration old, long after, int limit) throws SQLException {
        return history.skip
                .on(connection)
                .set("old", old)
                .set("after", after)
                .set("limit", limit)
                .query(row -> {
                    if (!row.next()) {
                        return null;
                    }
                    boolean isOld = row.getBoolean(2);
                    return new Skipped(row.getLong(1), isOld, isOld ? row.getLong(3) - 1 : row.getLong(3));
                });
    }

    /**
     * Where and when the pass goes on.
     *
     * @param turn {@code after} 0: from the beginning; {@code pause}: until then
     */
    public static void next(Connection connection, History history, Turn turn, boolean fullPassEnds)
            throws SQLException {
        END_TURN.on(connection)
                .set("after", turn.after())
                .set("pause", turn.pause())
                .set("young", turn.young())
                .set("full_pass", turn.full())
                .set("full_pass_ends", fullPassEnds)
                .set("history", history.table())
                .update();
    }
}
