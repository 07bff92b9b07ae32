package io.alohubsync.customer;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ids of outbox rows become numbers, of which the higher is the newer. A number is the id, but
 * for rows that were written after ids had started again and before anybody saw it (docs/adr/0028).
 *
 * @param sound    false: ids may have started again; no row may be merged before
 *                 {@link #raiseSequence}
 * @param lowUntil ids up to this one are below their number
 * @param added    by so much
 * @param restarts how often ids have started again
 */
public record OutboxNumbers(boolean sound, long lowUntil, long added, int restarts) {

    private static final Sql CHECK = Sql.named("merge/check-outbox-numbers");

    /**
     * The highest number that a replica has merged.
     *
     * @param restarts since when: numbers of before mean nothing
     */
    public record Highest(long number, int restarts) {
        public static final Highest NONE = new Highest(0, 0);
    }

    /**
     * @param above the highest number before, if ids have started again; null: others' ids were
     *              ahead of the sequence
     */
    public record Moved(long to, @Nullable Long above) {}

    public long of(long id) {
        return id <= lowUntil ? id + added : id;
    }

    public List<NewRow> numbered(List<NewRow> rows) {
        if (lowUntil == 0) {
            return rows;
        }
        return rows.stream().map(row -> row.numbered(of(row.id()))).toList();
    }

    /**
     * Finds why ids are lower than before and makes the next ones the highest.
     *
     * @return null: ids are in order
     */
    public static @Nullable Moved raiseSequence(Connection connection, Highest highest) throws SQLException {
        return CHECK.on(connection)
                .set("highest", highest.number())
                .set("restarts", highest.restarts())
                .query(OutboxNumbers::moved);
    }

    private static @Nullable Moved moved(ResultSet row) throws SQLException {
        row.next();
        Long to = row.getObject(1, Long.class);
        return to == null ? null : new Moved(to, row.getObject(2, Long.class));
    }
}
