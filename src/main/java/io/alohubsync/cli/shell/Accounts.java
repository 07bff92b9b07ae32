package io.alohubsync.cli.shell;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.overview.AccountSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of the database. */
public final class Accounts {

    private static final Sql READ_NAMES = Sql.named("cli/read-account-names");

    private Accounts() {}

    private static List<String> names(Connection connection) throws SQLException {
        return READ_NAMES.on(connection).list(row -> row.getString(1));
    }

    /**
     * @param typed may be left out where there is one account.
     * @throws Failure it is none, or one of several is meant
     */
    public static String one(Connection connection, @Nullable String typed, Words words) throws Failure, SQLException {
        List<String> accounts = names(connection);
        if (typed == null && accounts.size() == 1) {
            return accounts.getFirst();
        }
        if (typed == null) {
            throw new Failure(
                    ExitCode.USAGE,
                    words.text("account.which", accounts.isEmpty() ? "-" : String.join(", ", accounts)));
        }
        check(connection, typed, words);
        return typed;
    }

    /** @param account null: none is named. @throws Failure there is no such account */
    public static void check(Connection connection, @Nullable String account, Words words)
            throws Failure, SQLException {
        List<String> names = names(connection);
        if (account != null && !names.contains(account)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    words.text("account.none", account, names.isEmpty() ? "-" : String.join(", ", names)));
        }
    }

    /** Each with its state, what waits, and the pace of the last minute. */
    public static List<Map<String, @Nullable Object>> read(Connection connection) throws SQLException {
        return AccountSql.read(connection).query(Rows::of);
    }
}
