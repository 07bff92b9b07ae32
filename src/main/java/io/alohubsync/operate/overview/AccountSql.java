package io.alohubsync.operate.overview;

import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** The statement about the accounts that the console, the API and the command line read. */
public final class AccountSql {

    private static final Sql READ = Sql.named("operate/read-accounts");

    private AccountSql() {}

    /** Each with its state, what waits, and the pace of the last minute. */
    public static Binding read(Connection connection) throws SQLException {
        return READ.on(connection);
    }
}
