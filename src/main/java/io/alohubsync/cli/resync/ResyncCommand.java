package io.alohubsync.cli.resync;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.BulkOptions;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SinceOption;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.cli.shell.WhyOption;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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

/**
 * Sends customers that are delivered once more: all, those of an account, those that changed since
 * a time. One thread uses it; where Ctrl-C ends the resync, a thread of the JVM's end reads what is
 * done.
 */
@Command(name = "resync")
public final class ResyncCommand implements Callable<Integer> {

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Mixin
    SinceOption since = new SinceOption();

    @Option(names = "--after", paramLabel = "ID")
    long after;

    @Mixin
    BulkOptions bulk = new BulkOptions();

    @Mixin
    WhyOption why = new WhyOption();

    public ResyncCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException, IOException, InterruptedException {
        Chosen chosen = new Chosen(account, since.instant(screen), after);
        try (Connection connection = settings.connect(bulk.isDryRun())) {
            Accounts.check(connection, account, screen.words());
            List<Expected> expected = Expected.count(connection, chosen, Rates.read(connection, settings));
            long calls = expected.stream().mapToLong(Expected::calls).sum();
            preview(expected, calls);
            if (calls == 0) {
                report(expected, 0);
                screen.say("resync.none");
                return ExitCode.NOT_FOUND;
            }
            if (bulk.isDryRun()) {
                report(expected, 0);
                return ExitCode.DONE;
            }
            if (!bulk.isConfirmed(screen, "resync.confirm", calls)) {
                report(expected, 0);
                screen.say("retry.unconfirmed");
                return ExitCode.NOT_CONFIRMED;
            }
            return resync(connection, chosen, expected, calls);
        }
    }

    /** What is done stays done, however it ends. */
    private int resync(Connection connection, Chosen chosen, List<Expected> expected, long calls)
            throws SQLException, InterruptedException {
        Resync resync = new Resync(chosen, why.text());
        Thread interrupted = Thread.ofPlatform().unstarted(() -> goOn(resync));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            resync.run(connection, () -> screen.progress("resync.progress", resync.queued(), calls));
        } catch (SQLException failure) {
            goOn(resync);
            throw failure;
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        screen.progressEnded();
        report(expected, resync.queued());
        screen.say("resync.done", resync.queued());
        if (resync.locked() > 0) {
            screen.say("resync.locked", resync.locked());
        }
        return ExitCode.DONE;
    }

    private void goOn(Resync resync) {
        screen.progressEnded();
        screen.say("resync.go-on", resync.queued(), resync.after());
    }

    private void preview(List<Expected> expected, long calls) {
        if (!bulk.isJson()) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of(
                    screen.text("column.account"),
                    screen.text("column.calls"),
                    screen.text("column.rate"),
                    screen.text("column.takes"),
                    screen.text("column.waiting"),
                    screen.text("column.held"),
                    screen.text("column.dead")));
            expected.forEach(row -> table.add(List.of(
                    row.account(),
                    String.valueOf(row.calls()),
                    row.perSecond() == null ? "-" : String.format(Locale.ROOT, "%.2f/s", row.perSecond()),
                    row.seconds() == null ? "-" : Times.age(row.seconds()),
                    String.valueOf(row.waiting()),
                    String.valueOf(row.held()),
                    String.valueOf(row.dead()))));
            Table.lines(table).forEach(screen::data);
        }
        screen.say("resync.preview", calls);
        if (expected.stream().anyMatch(row -> row.calls() > 0 && row.perSecond() == null)) {
            screen.say("resync.no-rate");
        }
    }

    private void report(List<Expected> expected, long queued) {
        if (bulk.isJson()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("queued", queued);
            all.put("accounts", expected.stream().map(Expected::row).toList());
            screen.data(JsonText.of(all));
        }
    }
}
