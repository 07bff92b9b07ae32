package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A table of the accounts: whether calls are sent, what waits, and for how long still. */
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {

    private static final Sql COUNT_NEW_ROWS = Sql.named("cli/count-new-rows");
    private static final long BETWEEN_LOOKS_MILLIS = 2000;

    private static final List<String> COLUMNS = List.of(
            "account",
            "state",
            "waiting",
            "oldest",
            "rate",
            "failing",
            "retrying",
            "dead",
            "held",
            "delivered",
            "drain");

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--watch")
    boolean watch;

    @Option(names = "--json")
    boolean json;

    StatusCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException, InterruptedException {
        try (Connection connection = settings.connect(true)) {
            look(connection);
            while (watch && !screen.out().checkError()) { // as head ends once it has its lines
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
                look(connection);
            }
            return ExitCode.DONE;
        }
    }

    private void look(Connection connection) throws SQLException {
        List<Map<String, @Nullable Object>> accounts = Accounts.read(connection);
        long newRows = Rows.number(COUNT_NEW_ROWS.on(connection).query(Rows::of).getFirst(), "rows");
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("accounts", accounts);
            all.put("new_rows", newRows);
            screen.data(JsonText.of(all));
            return;
        }
        if (watch) {
            screen.clear();
        }
        lines(accounts).forEach(screen::data);
        if (newRows > 0) {
            screen.say("status.new", newRows);
        }
        for (Map<String, @Nullable Object> account : accounts) {
            String needs = Rows.text(account, screen.words().isVietnamese() ? "needs_vi" : "needs");
            if (!needs.isEmpty()) {
                screen.say("status.needs", Rows.text(account, "account"), needs);
            }
        }
        if (accounts.isEmpty()) {
            screen.say("status.none");
        }
    }

    List<String> lines(List<Map<String, @Nullable Object>> accounts) {
        List<List<String>> table = new ArrayList<>();
        table.add(
                COLUMNS.stream().map(column -> screen.text("column." + column)).toList());
        accounts.forEach(account -> table.add(cells(account)));
        return Table.lines(table);
    }

    private List<String> cells(Map<String, @Nullable Object> account) {
        String state = Rows.text(account, "state");
        boolean calls = state.equals("ACTIVE") || state.equals("RECOVERING") || state.equals("THROTTLED");
        String colour = state.equals("ACTIVE") ? "good" : calls ? "warning" : "bad";
        return Stream.of(
                        Rows.text(account, "account"),
                        screen.painted(colour, state),
                        Rows.text(account, "waiting"),
                        age(account, "oldest_seconds"),
                        Rows.text(account, "accepted_per_second") + "/s",
                        Rows.text(account, "failed_per_second") + "/s",
                        Rows.text(account, "retrying"),
                        Rows.text(account, "dead"),
                        Rows.text(account, "held"),
                        Rows.text(account, "delivered"),
                        age(account, "drain_seconds"))
                .toList();
    }

    private static String age(Map<String, @Nullable Object> account, String column) {
        return account.get(column) == null ? "-" : Times.age(Rows.number(account, column));
    }
}
