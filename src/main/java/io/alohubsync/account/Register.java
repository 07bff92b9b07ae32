package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The accounts that exist, in the database: a replica registers those it is configured for, and
 * merges rows of all.
 */
public final class Register {

    private static final Sql REGISTER = Sql.named("account/register");
    private static final Sql REGISTER_AGAIN = Sql.named("account/register-again");
    private static final Sql IS_REGISTERED = Sql.named("account/is-registered");
    private static final Sql RECORD_SEEN = Sql.named("account/record-seen");
    private static final Sql KNOWN = Sql.named("account/read-registered");
    private static final Sql KNOWN_AND_NUMBERS = Sql.named("account/read-registered-and-numbering");

    /** A person's open transaction may hold the account's row. */
    private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '2s'";

    private Register() {}

    /** At the start: its settings are those of the account from now on. */
    public static void register(DataSource database, Account account) throws SQLException {
        Transaction.run(database, connection -> {
            register(connection, account);
            return account;
        });
    }

    private static void register(Connection connection, Account account) throws SQLException {
        if (settings(REGISTER_AGAIN, connection, account).update() > 0
                || settings(IS_REGISTERED, connection, account).query(ResultSet::next)) {
            return;
        }
        try (Statement wait = connection.createStatement()) {
            wait.execute(WAIT_BRIEFLY);
        }
        settings(REGISTER, connection, account).update();
    }

    /** The heartbeat: the account is still served. Its settings stay as they are. */
    public static void recordSeen(DataSource database, Account account) throws SQLException {
        Transaction.run(database, connection -> {
            boolean registered = RECORD_SEEN
                    .on(connection)
                    .set("account", account.name())
                    .set("rate_is_set", account.rate() != null)
                    .query(ResultSet::next);
            if (!registered) {
                register(connection, account);
            }
            return account;
        });
    }

    private static Binding settings(Sql sql, Connection connection, Account account) throws SQLException {
        return sql.on(connection)
                .set("account", account.name())
                .set("row_order", account.order().bySourceVersion() ? "source-version" : "id")
                .set("version_unit", account.order().unit().name().toLowerCase(Locale.ROOT))
                .set("rate_is_set", account.rate() != null);
    }

    /**
     * What a merge goes by.
     *
     * @param accounts by name, with the order of their rows
     * @param now      by the database's clock
     */
    public record Known(Map<String, RowOrder> accounts, OutboxNumbers numbers, Instant now) {}

    /**
     * Every registered account, and how ids become numbers.
     *
     * @param newest the highest id of the rows that are to be merged
     */
    public static Known known(Connection connection, OutboxNumbers.Highest highest, long newest) throws SQLException {
        return KNOWN_AND_NUMBERS
                .on(connection)
                .set("highest", highest.number())
                .set("restarts", highest.restarts())
                .set("newest", newest)
                .query(Register::knownAndNumbers);
    }

    private static Known knownAndNumbers(ResultSet row) throws SQLException {
        Map<String, RowOrder> accounts = new HashMap<>();
        OutboxNumbers numbers = new OutboxNumbers(false, 0, 0, 0, 0);
        Instant now = Instant.EPOCH;
        while (row.next()) {
            numbers =
                    new OutboxNumbers(row.getBoolean(4), row.getLong(5), row.getLong(6), row.getInt(7), row.getLong(8));
            now = row.getObject(9, OffsetDateTime.class).toInstant();
            if (row.getString(1) != null) {
                accounts.put(row.getString(1), order(row));
            }
        }
        return new Known(accounts, numbers, now);
    }

    /** Every registered account, by name, with the order of its rows. */
    public static Map<String, RowOrder> known(Connection connection) throws SQLException {
        return KNOWN.on(connection).query(row -> {
            Map<String, RowOrder> known = new HashMap<>();
            while (row.next()) {
                known.put(row.getString(1), order(row));
            }
            return known;
        });
    }

    private static RowOrder order(ResultSet row) throws SQLException {
        return new RowOrder(
                row.getString(2).equals("source-version"),
                VersionUnit.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
    }
}
