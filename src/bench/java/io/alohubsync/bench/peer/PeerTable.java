package io.alohubsync.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table that the Camel route and the hand-written loop work on: customers with a status. */
public final class PeerTable {

    public static final String CREATE = """
            CREATE TABLE customer_sync (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              phone text NOT NULL, name text, email text,
              status text NOT NULL DEFAULT 'PENDING',
              attempts integer NOT NULL DEFAULT 0,
              error text,
              created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
              updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE INDEX customer_sync_pending ON customer_sync (id) WHERE status = 'PENDING'""";

    private static final String CLAIM = """
            UPDATE customer_sync SET status = 'SENDING', updated_at = clock_timestamp()
            WHERE id = ANY (ARRAY(SELECT id FROM customer_sync WHERE status = 'PENDING' ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED))
            RETURNING id, phone, name, email""";

    // A route that never ends would try for ever: twelve times, as the daemon does.
    private static final String SETTLE = """
            UPDATE customer_sync c
            SET status = CASE WHEN s.error IS NULL THEN 'DONE' WHEN attempts >= 11 THEN 'FAILED' ELSE 'PENDING' END,
                attempts = attempts + 1, error = s.error, updated_at = clock_timestamp()
            FROM unnest(?::bigint[], ?::text[]) AS s (id, error) WHERE c.id = s.id""";

    private static final String PENDING =
            "SELECT id, phone, name, email FROM customer_sync WHERE status = 'PENDING' ORDER BY id LIMIT ?";

    private static final String SETTLE_ONE =
            "UPDATE customer_sync SET status = ?, attempts = attempts + 1, error = ?, updated_at = clock_timestamp() WHERE id = ?";

    private final DataSource database;

    PeerTable(DataSource database) {
        this.database = database;
    }

    /** A batch that is this caller's from now on; empty: nothing is pending. */
    List<Row> claim(int limit) throws SQLException {
        return rows(CLAIM, limit);
    }

    /** What a batch came to, in one statement. */
    void settle(List<Row> batch) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", batch.stream().map(row -> row.id).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", batch.stream().map(row -> row.error).toArray()));
            statement.executeUpdate();
        }
    }

    /** Pending ones, without a claim. */
    List<Row> pending(int limit) throws SQLException {
        return rows(PENDING, limit);
    }

    void settleOne(Row row) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SETTLE_ONE)) {
            statement.setString(1, row.error == null ? "DONE" : "PENDING");
            statement.setString(2, row.error);
            statement.setLong(3, row.id);
            statement.executeUpdate();
        }
    }

    private List<Row> rows(String sql, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, limit);
            List<Row> rows = new ArrayList<>(limit);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getLong(1), result.getString(2), result.getString(3), result.getString(4)));
                }
            }
            return rows;
        }
    }
}
