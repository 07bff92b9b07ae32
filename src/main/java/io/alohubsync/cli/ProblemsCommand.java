package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SinceOption;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.contact.Reason;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Failed calls and rejected rows, grouped by reason and source, with the remedy. */
@Command(name = "problems")
final class ProblemsCommand implements Callable<Integer> {

    private static final Sql COUNT_FAILURES = Sql.named("cli/count-failures");
    private static final Sql COUNT_REJECTIONS = Sql.named("cli/count-rejections");
    private static final int REJECTIONS_READ = 100_000;

    private static final List<String> COLUMNS =
            List.of("reason", "status", "account", "source", "count", "first", "last", "example");

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Mixin
    SinceOption since = new SinceOption();

    @Option(names = "--json")
    boolean json;

    ProblemsCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        @Nullable Instant since = this.since.instant(screen);
        @Nullable OffsetDateTime from = since == null ? null : since.atOffset(ZoneOffset.UTC);
        List<Map<String, @Nullable Object>> problems = new ArrayList<>();
        try (Connection connection = settings.connect(true)) {
            Accounts.check(connection, account, screen.words());
            problems.addAll(COUNT_FAILURES
                    .on(connection)
                    .set("account", account)
                    .set("since", from)
                    .query(Rows::of));
            problems.addAll(COUNT_REJECTIONS
                    .on(connection)
                    .set("account", account)
                    .set("since", from)
                    .set("most", REJECTIONS_READ)
                    .query(Rows::of));
        }
        problems.forEach(problem -> problem.put("remedy", remedy(Rows.text(problem, "reason"))));
        if (json) {
            screen.data(JsonText.of(problems));
        } else if (problems.isEmpty()) {
            screen.say("problems.none");
        } else {
            lines(problems).forEach(screen::data);
        }
        return ExitCode.DONE;
    }

    List<String> lines(List<Map<String, @Nullable Object>> problems) {
        List<List<String>> table = new ArrayList<>();
        table.add(
                COLUMNS.stream().map(column -> screen.text("column." + column)).toList());
        problems.forEach(problem -> table.add(
                COLUMNS.stream().map(column -> cell(problem.get(column))).toList()));
        List<String> lines = new ArrayList<>(Table.lines(table));
        lines.add("");
        Set<String> remedies = new LinkedHashSet<>();
        problems.forEach(problem -> remedies.add(Rows.text(problem, "reason") + ": " + Rows.text(problem, "remedy")));
        lines.addAll(remedies);
        return lines;
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Instant time -> Times.local(time, Times.zone());
            default -> Table.plain(String.valueOf(value));
        };
    }

    /** @param code of a reason, or an outcome with or without a status */
    String remedy(String code) {
        String key = "remedy." + code.replaceFirst("\\..*", "");
        return Reason.withCode(code)
                .map(reason -> reason.sentence(screen.words().isVietnamese()))
                .orElseGet(() -> screen.words().has(key) ? screen.text(key) : "");
    }
}
