package io.alohubsync.cli.verify;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.Customers;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.merge.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares each customer with what its rows come to, read once more. It changes nothing. */
@Command(name = "verify")
public final class VerifyCommand implements Callable<Integer> {

    private final Screen screen;
    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PHONE", descriptionKey = "phone-to-verify")
    @Nullable
    String phone;

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Option(names = "--limit", paramLabel = "N")
    int limit = 100;

    @Option(names = "--json")
    boolean json;

    public VerifyCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, screen.text("retry.limit"));
        }
        RowReader reader = reader();
        try (Connection connection = settings.connect(true)) {
            Accounts.check(connection, account, screen.words());
            Verification verification = new Verification(connection, reader, account, limit);
            if (phone == null) {
                verification.all(rows -> screen.progress("verify.progress", rows));
                screen.progressEnded();
            } else {
                verification.one(
                        Rows.number(Customers.one(connection, phone, account, screen.words(), settings), "id"));
            }
            print(verification);
            return verification.differing() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private RowReader reader() throws Failure {
        try {
            return RowReader.from(settings.alohub());
        } catch (RuntimeException unsound) {
            throw new Failure(ExitCode.FAILED, screen.text("settings.unsound"));
        }
    }

    private void print(Verification verification) {
        boolean personal = phone != null;
        List<Map<String, @Nullable Object>> shown = verification.differences().stream()
                .map(difference -> difference.shown(personal))
                .toList();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("rows", verification.rows());
            all.put("fields_checked", verification.checked());
            all.put("fields_differing", verification.differing());
            all.put("fields_without_row", verification.gone());
            all.put("differences", shown);
            screen.data(JsonText.of(all));
            return;
        }
        if (!shown.isEmpty()) {
            Table.lines(table(shown, personal)).forEach(screen::data);
        }
        if (verification.differing() > shown.size()) {
            screen.say("verify.more", verification.differing() - shown.size());
        }
        screen.say(
                verification.differing() == 0 ? "verify.same" : "verify.differ",
                verification.checked(),
                verification.rows(),
                verification.differing());
        if (verification.gone() > 0) {
            screen.say("verify.gone", verification.gone());
        }
    }

    private List<List<String>> table(List<Map<String, @Nullable Object>> shown, boolean personal) {
        List<String> columns = new ArrayList<>(List.of("account", "phone", "field", "row"));
        if (personal) {
            columns.addAll(List.of("held", "expected"));
        }
        List<List<String>> table = new ArrayList<>();
        List<String> heading = new ArrayList<>(columns.stream()
                .map(column -> screen.text("column.verify." + column))
                .toList());
        heading.add(screen.text("column.reason"));
        table.add(heading);
        for (Map<String, @Nullable Object> row : shown) {
            List<String> cells = new ArrayList<>(columns.stream()
                    .map(column -> Table.plain(Rows.text(row, column)))
                    .toList());
            cells.add(screen.text("verify." + Rows.text(row, "cause")));
            table.add(cells);
        }
        return table;
    }
}
