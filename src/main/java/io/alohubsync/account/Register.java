package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings.VersionUnit;
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

    /** A person's open transaction may hold the account's row. */
    private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '2s'";

    private static final String KNOWN =
            "SELECT name, row_order, version_unit FROM alohub.account WHERE seen_at IS NOT NULL";

    private Register() {}

    public static void register(Connection connection, Account account) throws SQLException {
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

    /** Every registered account, by name, with the order of its rows. */
    public static Map<String, RowOrder> known(Connection connection) throws SQLException {
        Map<String, RowOrder> known = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KNOWN);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                known.put(
                        row.getString(1),
                        new RowOrder(
                                row.getString(2).equals("source-version"),
                                VersionUnit.valueOf(row.getString(3).toUpperCase(Locale.ROOT))));
            }
        }
        return known;
    }
}
