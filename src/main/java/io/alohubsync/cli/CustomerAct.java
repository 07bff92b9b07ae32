package io.alohubsync.cli;

import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An operator function on one customer. It records who called it and why. */
enum CustomerAct {
    RETRY(Sql.named("cli/retry")),
    HOLD(Sql.named("cli/hold")),
    RELEASE(Sql.named("cli/release"));

    private final Sql function;

    CustomerAct(Sql function) {
        this.function = function;
    }

    /** @return the customer's status then */
    String on(Connection connection, Map<String, @Nullable Object> customer, String why) throws SQLException {
        Binding call = function.on(connection)
                .set("phone", Rows.text(customer, "phone"))
                .set("account", Rows.text(customer, "account"))
                .set("why", why);
        return call.query(row -> {
            row.next();
            return row.getString(1);
        });
    }
}
