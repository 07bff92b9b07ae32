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

    // As in outbox_status: a fate that is final stays so, so it may be read first and the row locked afterwards. Its
    // age
    // counts from the merge; a row that an accepted call carried must have been carried a while ago too, so that who
    // waited for a person longer than rows are kept does not vanish in the moment of its delivery. The customer tells
    // when that was, if its last acceptance is old; else the history: the first acceptance of that revision or a later.
    private static final String OLD_ROWS = """
            WITH moment AS MATERIALIZED (
              SELECT clock_timestamp() - make_interval(secs => ?) AS old, clock_timestamp() - make_interval(secs => ?) AS carried),
            page AS MATERIALIZED (
              SELECT id, fate, customer_id, revision, says_name, says_email, reasons, merged_at FROM alohub.customer_outbox
              WHERE id > ? ORDER BY id LIMIT ?),
            aged AS MATERIALIZED (SELECT * FROM page WHERE merged_at < (SELECT old FROM moment)),
            over AS MATERIALIZED (
              SELECT o.id FROM aged o
              LEFT JOIN alohub.customer c ON o.fate = 'MERGED' AND c.id = o.customer_id
              LEFT JOIN alohub.due d ON o.fate = 'MERGED' AND d.customer_id = o.customer_id
              LEFT JOIN alohub.replaced_value n ON o.says_name AND n.customer_id = o.customer_id AND n.field = 'name'
                AND o.revision BETWEEN n.first_revision AND n.last_revision
              LEFT JOIN alohub.replaced_value e ON o.says_email AND e.customer_id = o.customer_id AND e.field = 'email'
                AND o.revision BETWEEN e.first_revision AND e.last_revision
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
                ELSE coalesce((SELECT a.started_at < (SELECT carried FROM moment) FROM alohub.delivery_attempt a
                               WHERE a.customer_id = o.customer_id AND a.outcome = 'ACCEPTED' AND a.revision >= o.revision
                               ORDER BY a.id LIMIT 1), false)
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
            SELECT after_id, extract(epoch FROM next_at - clock_timestamp()) FROM alohub.retention
            WHERE history = ? FOR NO KEY UPDATE SKIP LOCKED""";

    private static final String NEXT = """
            UPDATE alohub.retention SET after_id = ?, next_at = clock_timestamp() + make_interval(secs => ?) WHERE history = ?""";

    private RetentionSql() {}

    /**
     * @param after the walk goes on behind this id
     * @param pause zero or less: it is time for a batch
     */
    public record Turn(long after, Duration pause) {}

    /**
     * @param purged rows that are gone
     * @param last   the last id that was looked at
     * @param isEnd  the walk is over: there are no more rows, or those here are all too young, and ids are in rough order of time
     */
    public record Purged(int purged, long last, boolean isEnd) {}

    /** Takes the turn, until the transaction ends. @return a pause of a second: another replica has it */
    public static Turn take(Connection connection, History history) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(GIVE_WAY);
        }
        try (PreparedStatement statement = connection.prepareStatement(TURN)) {
            statement.setString(1, history.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Turn(row.getLong(1), Duration.ofMillis((long) Math.ceil(row.getDouble(2) * 1000)))
                        : new Turn(0, Duration.ofSeconds(1));
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
                return new Purged(row.getInt(1), row.getLong(4), row.getInt(2) == 0 || row.getInt(3) < limit);
            }
        }
    }

    /** @param after 0: from the beginning */
    public static void next(Connection connection, History history, long after, Duration pause) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setLong(1, after);
            statement.setDouble(2, pause.toMillis() / 1e3);
            statement.setString(3, history.table());
            statement.executeUpdate();
        }
    }
}
