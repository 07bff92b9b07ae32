package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows that were rejected by rules of phones which have changed since: they are new again, some at a time in the order of their ids.
 * All rejected rows are walked through twice: at once, and again when no replica is left that still has the old rules. Each method
 * runs in the caller's transaction.
 */
public final class RejectedPhones {

    // The first start only remembers: nothing was rejected before.
    private static final String REMEMBER = """
            UPDATE alohub.phone_rules
            SET rules = ?, changed_at = clock_timestamp(), after_id = 0, walks = CASE WHEN rules IS NULL THEN 0 ELSE 2 END
            WHERE rules IS DISTINCT FROM ?
            RETURNING walks > 0""";

    // One replica at a time. An index holds the rejected rows alone, by their ids.
    private static final String REVIVE = """
            WITH turn AS MATERIALIZED (
              SELECT after_id FROM alohub.phone_rules
              WHERE walks = 2 OR (walks = 1 AND changed_at < clock_timestamp() - interval '2 minutes')
              FOR NO KEY UPDATE SKIP LOCKED),
            page AS MATERIALIZED (
              SELECT o.id, o.reasons FROM turn CROSS JOIN LATERAL (
                SELECT id, reasons FROM alohub.customer_outbox
                WHERE fate = 'REJECTED' AND id > turn.after_id ORDER BY id LIMIT ?) o),
            revived AS (
              UPDATE alohub.customer_outbox SET fate = NULL, reasons = NULL, merged_at = NULL
              WHERE id = ANY (ARRAY(
                SELECT id FROM alohub.customer_outbox
                WHERE id = ANY (ARRAY(SELECT id FROM page WHERE reasons && ?::text[])) AND fate = 'REJECTED'
                FOR NO KEY UPDATE SKIP LOCKED))),
            moved AS (
              UPDATE alohub.phone_rules
              SET after_id = CASE WHEN p.rows < ? THEN 0 ELSE p.last END, walks = walks - (p.rows < ?)::integer
              FROM (SELECT count(*) AS rows, max(id) AS last FROM page) p
              WHERE EXISTS (SELECT FROM turn))
            SELECT count(*) FROM page""";

    private RejectedPhones() {}

    /** @param rules in force from now on, as text: equal rules are equal texts. @return whether others were in force until now */
    public static boolean remember(Connection connection, String rules) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
            statement.setString(1, rules);
            statement.setString(2, rules);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /**
     * @param codes of the reasons that the rules decide about
     * @param limit rejected rows to look at
     * @return how many were looked at; 0: the walk is over, or no rules have changed
     */
    public static int revive(Connection connection, List<String> codes, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REVIVE)) {
            statement.setInt(1, limit);
            new Arrays(statement, 2).texts(codes, code -> code);
            statement.setInt(3, limit);
            statement.setInt(4, limit);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
