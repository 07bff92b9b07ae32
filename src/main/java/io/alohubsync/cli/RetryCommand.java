package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.BulkOptions;
import io.alohubsync.cli.shell.Customers;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SinceOption;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.WhyOption;
import io.alohubsync.operate.acts.OperatorFunction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one customer again, or the dead ones of a reason, an account and a time. */
@Command(name = "retry")
final class RetryCommand implements Callable<Integer> {

    private final Screen screen;
    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PHONE", descriptionKey = "phone")
    @Nullable
    String phone;

    @Option(names = "--reason", paramLabel = "CODE")
    @Nullable
    String reason;

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Mixin
    SinceOption since = new SinceOption();

    @Option(names = "--limit", paramLabel = "N")
    int limit = 1000;

    @Mixin
    BulkOptions bulk = new BulkOptions();

    @Mixin
    WhyOption why = new WhyOption();

    RetryCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException, IOException {
        boolean many = reason != null || since.isGiven();
        if (phone != null && many) {
            throw new Failure(ExitCode.USAGE, screen.text("retry.either"));
        }
        if (phone == null && !many) {
            throw new Failure(ExitCode.USAGE, screen.text("retry.whom"));
        }
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, screen.text("retry.limit"));
        }
        @Nullable Instant from = since.instant(screen);
        try (Connection connection = settings.connect(bulk.isDryRun())) {
            Accounts.check(connection, account, screen.words());
            return phone == null ? many(connection, from) : one(connection, phone);
        }
    }

    private int one(Connection connection, String typed) throws Failure, SQLException {
        Map<String, @Nullable Object> customer = Customers.one(connection, typed, account, screen.words(), settings);
        String status = bulk.isDryRun()
                ? Rows.text(customer, "status")
                : Customers.call(OperatorFunction.RETRY, connection, customer, why.text());
        if (bulk.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("found", 1);
            all.put("retried", bulk.isDryRun() ? 0 : 1);
            all.put("status", status);
            screen.data(JsonText.of(all));
        } else {
            screen.data(status);
        }
        return ExitCode.DONE;
    }

    private int many(Connection connection, @Nullable Instant from) throws SQLException, IOException {
        Dead dead = new Dead(reason == null ? null : reason.toUpperCase(Locale.ROOT), account, from);
        List<Map<String, @Nullable Object>> counts = dead.counts(connection);
        long found =
                counts.stream().mapToLong(row -> Rows.number(row, "customers")).sum();
        if (found == 0) {
            report(counts, found, Dead.Retried.NONE);
            screen.say("retry.none");
            return ExitCode.NOT_FOUND;
        }
        long meant = Math.min(found, limit);
        preview(counts, found, meant);
        if (bulk.isDryRun()) {
            report(counts, found, Dead.Retried.NONE);
            return ExitCode.DONE;
        }
        if (!bulk.isConfirmed(screen, "retry.confirm", meant)) {
            report(counts, found, Dead.Retried.NONE);
            screen.say("retry.unconfirmed");
            return ExitCode.NOT_CONFIRMED;
        }
        Dead.Retried retried = retry(connection, dead);
        report(counts, found, retried);
        screen.say("retry.done", retried.retried());
        if (retried.locked() > 0) {
            screen.say("retry.locked", retried.locked());
        }
        return ExitCode.DONE;
    }

    private Dead.Retried retry(Connection connection, Dead dead) throws SQLException {
        Dead.Retried done = Dead.Retried.NONE;
        try {
            Dead.Retried next = dead.retryNext(connection, done, limit, why.text());
            while (!next.equals(done)) {
                done = next;
                next = dead.retryNext(connection, done, limit, why.text());
            }
            return done;
        } catch (SQLException failure) {
            screen.say("retry.done", done.retried());
            throw failure;
        }
    }

    private void preview(List<Map<String, @Nullable Object>> counts, long found, long meant) {
        if (!bulk.isJson()) {
            List<List<String>> table = new ArrayList<>();
            table.add(
                    List.of(screen.text("column.account"), screen.text("column.reason"), screen.text("column.count")));
            counts.forEach(row -> table.add(
                    List.of(Rows.text(row, "account"), Rows.text(row, "reason"), Rows.text(row, "customers"))));
            Table.lines(table).forEach(screen::data);
        }
        screen.say(found > meant ? "retry.preview-limited" : "retry.preview", found, meant);
    }

    private void report(List<Map<String, @Nullable Object>> counts, long found, Dead.Retried done) {
        if (bulk.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("found", found);
            all.put("retried", done.retried());
            all.put("locked", done.locked());
            all.put("groups", counts);
            screen.data(JsonText.of(all));
        }
    }
}
