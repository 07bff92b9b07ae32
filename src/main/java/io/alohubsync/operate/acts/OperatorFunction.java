package io.alohubsync.operate.acts;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator functions of the database. Each writes its caller and the reason to the audit, in
 * the transaction of the call.
 */
public enum OperatorFunction {
    RETRY(Sql.named("operate/retry")),
    HOLD(Sql.named("operate/hold")),
    RELEASE(Sql.named("operate/release")),
    PAUSE(Sql.named("operate/pause")),
    RESUME(Sql.named("operate/resume"));

    private final Sql call;

    OperatorFunction(Sql call) {
        this.call = call;
    }

    /** @return the customer's status then */
    public String onCustomer(Connection connection, String phone, String account, @Nullable String why)
            throws SQLException {
        return call.on(connection)
                .set("phone", phone)
                .set("account", account)
                .set("why", why)
                .list(row -> row.getString(1))
                .getFirst();
    }

    /** @return the account's state then; empty: there is no such account */
    public List<String> onAccount(Connection connection, String account, @Nullable String why) throws SQLException {
        return call.on(connection).set("account", account).set("why", why).list(row -> row.getString(1));
    }
}
