package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.customer.OutboxNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The accounts that exist, in the database: a replica registers those it is configured for, and merges rows of all. */
public final class Register {

    // Said again by and by, so that a person sees which accounts are still served.
    private static final String REGISTER = """
            INSERT INTO alohub.account AS a (name, row_order, version_unit, seen_at) VALUES (?, ?, ?, clock_timestamp())
            ON CONFLICT (name) DO UPDATE
            SET row_order = excluded.row_order, version_unit = excluded.version_unit, seen_at = excluded.seen_at,
                learned_rate = CASE WHEN ? THEN NULL ELSE a.learned_rate END""";

    // Nobody waits for a person who has the account's row locked: it was said before, and will be said again.
    private static final String REGISTER_AGAIN = """
            UPDATE alohub.account
            SET row_order = ?, version_unit = ?, seen_at = clock_timestamp(), learned_rate = CASE WHEN ? THEN NULL ELSE learned_rate END
            WHERE name = (SELECT name FROM alohub.account WHERE name = ? FOR NO KEY UPDATE SKIP LOCKED)""";

    private static final String IS_REGISTERED = """
            SELECT FROM alohub.account
            WHERE row_order = ? AND version_unit = ? AND seen_at IS NOT NULL AND NOT (? AND learned_rate IS NOT NULL) AND name = ?""";

    /** A person's open transaction may hold the account's row. */
    private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '2s'";

    private static final String KNOWN =
            "SELECT name, row_order, version_unit FROM alohub.account WHERE seen_at IS NOT NULL";

    private static final String KNOWN_AND_NUMBERS = """
            SELECT a.name, a.row_order, a.version_unit, n.sound, n.low_until, n.added, n.restarts
            FROM alohub.outbox_numbering(?, ?, ?) n LEFT JOIN alohub.account a ON a.seen_at IS NOT NULL""";

    private Register() {}

    public static void register(Connection connection, Account account) throws SQLException {
        if (isDone(connection, REGISTER_AGAIN, account) || isDone(connection, IS_REGISTERED, account)) {
            return;
        }
        try (PreparedStatement wait = connection.prepareStatement(WAIT_BRIEFLY)) {
            wait.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, account.name());
            statement.setString(2, account.order().bySourceVersion() ? "source-version" : "id");
            statement.setString(3, account.order().unit().name().toLowerCase(Locale.ROOT));
            statement.setBoolean(4, account.rate() != null);
            statement.executeUpdate();
        }
    }

    private static boolean isDone(Connection connection, String sql, Account account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, account.order().bySourceVersion() ? "source-version" : "id");
            statement.setString(2, account.order().unit().name().toLowerCase(Locale.ROOT));
            statement.setBoolean(3, account.rate() != null);
            statement.setString(4, account.name());
            if (!statement.execute()) {
                return statement.getUpdateCount() > 0;
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next();
            }
        }
    }

    /** What a merge goes by. @param accounts by name, with the order of their rows */
    public record Known(Map<String, RowOrder> accounts, OutboxNumbers numbers) {}

    /** Every registered account, and how ids become numbers. @param newest the highest id of the rows that are to be merged */
    public static Known known(Connection connection, OutboxNumbers.Merged merged, long newest) throws SQLException {
        Map<String, RowOrder> accounts = new HashMap<>();
        OutboxNumbers numbers = new OutboxNumbers(false, 0, 0, 0);
        try (PreparedStatement statement = connection.prepareStatement(KNOWN_AND_NUMBERS)) {
            statement.setLong(1, merged.highest());
            statement.setInt(2, merged.restarts());
            statement.setLong(3, newest);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    numbers = new OutboxNumbers(row.getBoolean(4), row.getLong(5), row.getLong(6), row.getInt(7));
                    if (row.getString(1) != null) {
                        accounts.put(row.getString(1), order(row));
                    }
                }
            }
        }
        return new Known(accounts, numbers);
    }

    /** Every registered account, by name, with the order of its rows. */
    public static Map<String, RowOrder> known(Connection connection) throws SQLException {
        Map<String, RowOrder> known = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KNOWN);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                known.put(row.getString(1), order(row));
            }
        }
        return known;
    }

    private static RowOrder order(ResultSet row) throws SQLException {
        return new RowOrder(
                row.getString(2).equals("source-version"),
                VersionUnit.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
    }
}
