package io.alohubsync.cli.shell;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.acts.OperatorFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the customer that a person means. */
public final class Customers {

    private static final Sql FIND = Sql.named("cli/find-customers");

    private Customers() {}

    /** @param account null: of all accounts */
    public static List<Map<String, @Nullable Object>> of(Connection connection, String phone, @Nullable String account)
            throws SQLException {
        return FIND.on(connection).set("phone", phone).set("account", account).query(Rows::of);
    }

    /** The one customer to act on. @throws Failure there is none, or there are several */
    public static Map<String, @Nullable Object> one(
            Connection connection, String typed, @Nullable String account, Words words, Settings settings)
            throws Failure, SQLException {
        String phone = PhoneKey.of(typed, settings)
                .orElseThrow(() -> new Failure(ExitCode.USAGE, words.text("customer.no-phone", typed)));
        List<Map<String, @Nullable Object>> found = of(connection, phone, account);
        if (found.isEmpty()) {
            throw new Failure(ExitCode.NOT_FOUND, words.text("customer.none", typed));
        }
        if (found.size() > 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    words.text(
                            "customer.several",
                            typed,
                            String.join(
                                    ", ",
                                    found.stream()
                                            .map(row -> Rows.text(row, "account"))
                                            .toList())));
        }
        return found.getFirst();
    }

    /** @return the customer's status then */
    public static String call(
            OperatorFunction function, Connection connection, Map<String, @Nullable Object> customer, String why)
            throws SQLException {
        return function.onCustomer(connection, Rows.text(customer, "phone"), Rows.text(customer, "account"), why);
    }
}
