package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.Customers;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.PhoneKey;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Everything about a customer: what is wanted and delivered, its rows, calls and acts of people,
 * and what comes next.
 */
@Command(name = "show")
final class ShowCommand implements Callable<Integer> {

    private static final Sql FIND_BY_ID = Sql.named("cli/find-customers-by-id");
    private static final Sql FIND_ROWS = Sql.named("cli/find-rows-by-reference");
    private static final Sql FIND_UNMERGED = Sql.named("cli/find-unmerged-rows-by-phone");
    private static final Sql READ_ROWS = Sql.named("cli/read-rows-of-customer");
    private static final Sql READ_ATTEMPTS = Sql.named("cli/read-attempts");
    private static final Sql READ_ACTS = Sql.named("cli/read-acts");

    private final Screen screen;
    private final Settings settings;

    @Parameters(index = "0", paramLabel = "PHONE|SOURCE_REF", descriptionKey = "phone-or-reference")
    String typed = "";

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Option(names = "--limit", paramLabel = "N")
    int limit = 50;

    @Option(names = "--json")
    boolean json;

    ShowCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, screen.text("retry.limit"));
        }
        List<Map<String, @Nullable Object>> customers;
        List<Map<String, @Nullable Object>> rows;
        try (Connection connection = settings.connect(true)) {
            Accounts.check(connection, account, screen.words());
            Optional<String> phone = PhoneKey.of(typed, settings);
            customers = phone.isPresent() ? Customers.of(connection, phone.get(), account) : List.of();
            rows = phone.isPresent() ? unmerged(connection, phone.get()) : List.of();
            if (customers.isEmpty() && rows.isEmpty()) {
                rows = byReference(connection);
                customers = ofRows(connection, rows);
                rows = rows.stream()
                        .filter(row -> row.get("customer_id") == null)
                        .toList();
            }
            NextStep next = NextStep.read(connection, screen.words());
            for (Map<String, @Nullable Object> customer : customers) {
                complete(connection, customer, next);
            }
        }
        if (customers.isEmpty() && rows.isEmpty()) {
            if (json) {
                print(customers, rows);
            }
            throw new Failure(ExitCode.NOT_FOUND, screen.text("show.none", typed));
        }
        print(customers, rows);
        return ExitCode.DONE;
    }

    private List<Map<String, @Nullable Object>> unmerged(Connection connection, String phone) throws SQLException {
        return FIND_UNMERGED
                .on(connection)
                .set("digits", phone.substring("+84".length()))
                .set("account", account)
                .set("most", limit)
                .query(Rows::of);
    }

    private List<Map<String, @Nullable Object>> byReference(Connection connection) throws SQLException {
        return FIND_ROWS
                .on(connection)
                .set("reference", typed)
                .set("account", account)
                .set("most", limit)
                .query(Rows::of);
    }

    private static List<Map<String, @Nullable Object>> ofRows(
            Connection connection, List<Map<String, @Nullable Object>> rows) throws SQLException {
        List<Long> ids = rows.stream()
                .filter(row -> row.get("customer_id") != null)
                .map(row -> Rows.number(row, "customer_id"))
                .distinct()
                .toList();
        return ids.isEmpty()
                ? List.of()
                : FIND_BY_ID.on(connection).longs("ids", ids, id -> id).query(Rows::of);
    }

    private void complete(Connection connection, Map<String, @Nullable Object> customer, NextStep next)
            throws SQLException {
        long id = Rows.number(customer, "id");
        customer.put("next", next.of(customer));
        customer.put(
                "rows",
                READ_ROWS.on(connection).set("customer", id).set("most", limit).query(Rows::of));
        customer.put(
                "attempts_made",
                READ_ATTEMPTS
                        .on(connection)
                        .set("phone", Rows.text(customer, "phone"))
                        .set("account", Rows.text(customer, "account"))
                        .set("most", limit)
                        .query(Rows::of));
        customer.put(
                "acts",
                READ_ACTS.on(connection).set("customer", id).set("most", limit).query(Rows::of));
    }

    private void print(List<Map<String, @Nullable Object>> customers, List<Map<String, @Nullable Object>> rows) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("customers", customers);
            all.put("unmerged_rows", rows);
            screen.data(JsonText.of(all));
            return;
        }
        Timeline timeline = new Timeline(screen.words(), Times.zone());
        List<String> lines = new ArrayList<>();
        for (Map<String, @Nullable Object> customer : customers) {
            lines.addAll(timeline.of(customer));
            lines.add("");
        }
        if (!rows.isEmpty()) {
            lines.add(screen.text("show.unmerged"));
            lines.addAll(timeline.of(rows));
        } else {
            lines.removeLast();
        }
        lines.forEach(screen::data);
    }
}
