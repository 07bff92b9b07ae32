package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * Deletes what is over and old, some rows at a time in the order of their ids. Each method runs in the caller's transaction. What
 * somebody holds locked is passed over until the next walk, so no lock is waited for.
 */
public final class RetentionSql {

    /** What is purged: the name of its table. */
    public enum History {
        CUSTOMER_OUTBOX(OLD_ROWS),
        DELIVERY_ATTEMPT(OLD_ATTEMPTS);

        private final String purge;

        History(String old) {
            this.purge = old + PURGE.replace("HISTORY", table());
        }

        /** Without the schema. */
        public String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    // As in outbox_status: a status that is final stays so, so it may be read first and the row locked afterwards. A
    // row's
    // age counts from the merge. A row that an accepted call carried must have been carried a while ago too, so that a
    // row
    // that waited for a person longer than rows are kept does not go in the moment of its delivery. The customer's last
    // acceptance decides if it is old; else the revision that was accepted last before "carried" (revisions only grow).
    // No
    // row costs more than a bounded look-up: one entry of replaced_value per field, and once per customer its last
    // attempts.
    private static final String OLD_ROWS = """
            WITH moment AS MATERIALIZED (
              SELECT clock_timestamp() - make_interval(secs => ?) AS old, clock_timestamp() - make_interval(secs => ?) AS carried),
            page AS MATERIALIZED (
              SELECT id, fate, customer_id, revision, says_name, says_email, reasons, merged_at FROM alohub.customer_outbox
              WHERE id > ? ORDER BY id LIMIT ?),
            aged AS MATERIALIZED (SELECT * FROM page WHERE merged_at < (SELECT old FROM moment)),
            before AS MATERIALIZED (
              SELECT c.id, (
                SELECT max(a.revision) FROM (
                  SELECT outcome, revision, started_at, account FROM alohub.delivery_attempt
                  WHERE phone = c.phone ORDER BY id DESC LIMIT 2000) a
                WHERE a.account = c.account AND a.outcome = 'ACCEPTED' AND a.started_at < (SELECT carried FROM moment)) AS revision
              FROM alohub.customer c
              WHERE c.id = ANY (ARRAY(SELECT DISTINCT customer_id FROM aged WHERE fate = 'MERGED'))
                AND c.delivered_at >= (SELECT carried FROM moment)),
            over AS MATERIALIZED (
              SELECT o.id FROM aged o
              LEFT JOIN alohub.customer c ON o.fate = 'MERGED' AND c.id = o.customer_id
              LEFT JOIN alohub.due d ON o.fate = 'MERGED' AND d.customer_id = o.customer_id
              LEFT JOIN LATERAL (
                SELECT first_revision, last_revision FROM alohub.replaced_value v
                WHERE o.says_name AND v.customer_id = o.customer_id AND v.field = 'name' AND v.first_revision <= o.revision
                ORDER BY v.first_revision DESC LIMIT 1) n ON n.last_revision >= o.revision
              LEFT JOIN LATERAL (
                SELECT first_revision, last_revision FROM alohub.replaced_value v
                WHERE o.says_email AND v.customer_id = o.customer_id AND v.field = 'email' AND v.first_revision <= o.revision
                ORDER BY v.first_revision DESC LIMIT 1) e ON e.last_revision >= o.revision
              CROSS JOIN LATERAL (
                SELECT ARRAY[
                  CASE WHEN o.says_name THEN
                    alohub.said(o.revision, c.name_revision, c.delivered_revision, d.sent_revision, n.first_revision, n.last_revision) END,
                  CASE WHEN o.says_email THEN
                    alohub.said(o.revision, c.email_revision, c.delivered_revision, d.sent_revision, e.first_revision, e.last_revision) END,
                  CASE WHEN NOT o.says_name AND NOT o.says_email THEN
                    CASE WHEN c.delivered_revision >= o.revision THEN 'DELIVERED' ELSE 'CURRENT' END END] AS values) said
              WHERE CASE
                WHEN o.fate IN ('SUPERSEDED', 'UNCHANGED') THEN true
                WHEN o.fate = 'REJECTED' THEN NOT 'account.unknown' = ANY (o.reasons)
                WHEN o.fate <> 'MERGED' OR said.values && ARRAY['CURRENT', 'FLYING'] THEN false
                WHEN NOT said.values && ARRAY['DELIVERED'] OR c.delivered_at < (SELECT carried FROM moment) THEN true
                ELSE coalesce((SELECT before.revision >= o.revision FROM before WHERE before.id = o.customer_id), false)
                END),
            """;

    private static final String OLD_ATTEMPTS = """
            WITH moment AS MATERIALIZED (
              SELECT clock_timestamp() - make_interval(secs => ?) AS old, clock_timestamp() - make_interval(secs => ?) AS carried),
            page AS MATERIALIZED (
              SELECT id, started_at FROM alohub.delivery_attempt WHERE id > ? ORDER BY id LIMIT ?),
            aged AS MATERIALIZED (SELECT * FROM page WHERE started_at < (SELECT old FROM moment)),
            over AS (SELECT id FROM aged),
            """;

    private static final String PURGE = """
            gone AS (
              DELETE FROM alohub.HISTORY WHERE id = ANY (ARRAY(
                SELECT id FROM alohub.HISTORY WHERE id = ANY (ARRAY(SELECT id FROM over)) FOR UPDATE SKIP LOCKED))
              RETURNING id)
            SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM aged), (SELECT count(*) FROM page), (SELECT max(id) FROM page)""";

    // A source's foreign key, or a disk that stands still, makes it slow: then it gives way, and no loop looks hung.
    private static final String GIVE_WAY = "SET LOCAL statement_timeout = '10s'; SET LOCAL lock_timeout = '500ms'";

    private static final String TURN = """
            SELECT after_id, extract(epoch FROM next_at - clock_timestamp()), young, CASE WHEN after_id = 0 THEN next_full_at <= clock_timestamp() ELSE full_walk END
            FROM alohub.retention
            WHERE history = ? FOR NO KEY UPDATE SKIP LOCKED""";

    private static final String NEXT = """
            UPDATE alohub.retention SET after_id = ?, next_at = clock_timestamp() + make_interval(secs => ?), young = ?, full_walk = ?,
              next_full_at = CASE WHEN ? THEN clock_timestamp() + interval '1 hour' ELSE next_full_at END
            WHERE history = ?""";

    private static final String NEXT_ID = "SELECT min(id) FROM alohub.HISTORY WHERE id > ?";

    private RetentionSql() {}

    /**
     * @param after the walk goes on behind this id; 0: it begins
     * @param pause zero or less: it is time for a batch
     * @param young rows that were all too young, in a row up to here
     * @param full  the walk goes to the last row, however many are too young
     */
    public record Turn(long after, Duration pause, long young, boolean full) {}

    /**
     * @param purged rows that are gone
     * @param aged   rows that are old enough, whether over or not
     * @param looked rows that were looked at; fewer than the limit: they were the last
     * @param last   the last id that was looked at
     */
    public record Purged(int purged, int aged, int looked, long last) {}

    /** Takes the turn, until the transaction ends. @return a pause of a second: another replica has it */
    public static Turn take(Connection connection, History history) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GIVE_WAY);
        }
        try (PreparedStatement statement = connection.prepareStatement(TURN)) {
            statement.setString(1, history.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Turn(
                                row.getLong(1),
                                Duration.ofMillis((long) Math.ceil(row.getDouble(2) * 1000)),
                                row.getLong(3),
                                row.getBoolean(4))
                        : new Turn(0, Duration.ofSeconds(1), 0, false);
            }
        }
    }

    /**
     * Looks at the next rows of the walk and deletes those of them that are over and old.
     *
     * @param old     counts from the merge, or from the begin of the attempt
     * @param carried counts from the first accepted call that carried the row; means nothing for attempts
     * @param limit   rows to look at
     */
    public static Purged purge(
            Connection connection, History history, Duration old, Duration carried, long after, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(history.purge)) {
            statement.setDouble(1, old.toMillis() / 1e3);
            statement.setDouble(2, carried.toMillis() / 1e3);
            statement.setLong(3, after);
            statement.setInt(4, limit);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Purged(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4));
            }
        }
    }

    /** @return the id behind {@code after}: the row that a batch of one looks at; {@code after} if there is none */
    public static long nextId(Connection connection, History history, long after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT_ID.replace("HISTORY", history.table()))) {
            statement.setLong(1, after);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long next = row.getLong(1);
                return row.wasNull() ? after : next;
            }
        }
    }

    /** Where and when the walk goes on. @param turn {@code after} 0: from the beginning; {@code pause}: until then */
    public static void next(Connection connection, History history, Turn turn, boolean fullWalkEnds)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setLong(1, turn.after());
            statement.setDouble(2, turn.pause().toMillis() / 1e3);
            statement.setLong(3, turn.young());
            statement.setBoolean(4, turn.full());
            statement.setBoolean(5, fullWalkEnds);
            statement.setString(6, history.table());
            statement.executeUpdate();
        }
    }
}
