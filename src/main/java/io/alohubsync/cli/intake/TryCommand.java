package io.alohubsync.cli.intake;

import io.alohubsync.account.RowOrder;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.intake.Problem;
import io.alohubsync.intake.Refused;
import io.alohubsync.intake.Sources;
import io.alohubsync.intake.webhook.Rehearsal;
import io.alohubsync.intake.write.OutboxEntry;
import io.alohubsync.merge.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a payload of a source would become. It writes nothing, and needs no database. */
@Command(name = "try")
public final class TryCommand implements Callable<Integer> {

    private final Screen screen;
    private final Settings settings;

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "payload")
    String file = "";

    @Option(names = "--source", paramLabel = "SOURCE", required = true, descriptionKey = "intake-source")
    String source = "";

    @Option(names = "--form")
    boolean form;

    @Option(names = "--header", paramLabel = "NAME: VALUE")
    @Nullable
    String header;

    @Option(names = "--json")
    boolean json;

    public TryCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure {
        AlohubSettings alohub = alohub();
        Set<String> known = Sources.names(alohub);
        if (!known.contains(source)) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    screen.text("try.no-source", source, known.isEmpty() ? "-" : String.join(", ", known)));
        }
        try {
            Rehearsal rehearsal = Rehearsal.of(alohub, source, header != null);
            byte[] payload = payload();
            Boolean signed = signed(rehearsal, payload);
            List<TriedRow> rows = rows(alohub, rehearsal.rows(payload, form));
            print(rehearsal, signed, rows);
            boolean sound = rows.stream().allMatch(TriedRow::isUsable) && !Boolean.FALSE.equals(signed);
            return sound ? ExitCode.DONE : ExitCode.FAILED;
        } catch (SettingsProblem problem) {
            throw new Failure(ExitCode.FAILED, String.valueOf(problem.getMessage()));
        } catch (Refused refused) {
            Problem problem = refused.problem(screen.words().isVietnamese());
            throw new Failure(
                    ExitCode.FAILED, screen.text("try.refused", problem.status(), problem.detail(), problem.remedy()));
        }
    }

    private AlohubSettings alohub() throws Failure {
        try {
            return settings.alohub();
        } catch (RuntimeException unsound) {
            throw new Failure(ExitCode.FAILED, screen.text("settings.unsound"));
        }
    }

    private byte[] payload() throws Failure {
        if (file.equals("-")) {
            return Rehearsal.read(System.in);
        }
        try (InputStream payload = Files.newInputStream(Path.of(file))) {
            return Rehearsal.read(payload);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Failure(ExitCode.FAILED, screen.text("file.unreadable", file));
        }
    }

    /** @return null: no signature was given */
    private @Nullable Boolean signed(Rehearsal rehearsal, byte[] payload) throws Failure {
        if (header == null) {
            return null;
        }
        int colon = header.indexOf(':');
        String expected = rehearsal.signatureHeader();
        if (colon < 0) {
            throw new Failure(ExitCode.USAGE, screen.text("try.header"));
        }
        if (expected == null) {
            throw new Failure(ExitCode.USAGE, screen.text("try.unsigned", source));
        }
        String name = header.substring(0, colon).strip();
        if (!name.equalsIgnoreCase(expected)) {
            throw new Failure(ExitCode.USAGE, screen.text("try.other-header", name, expected));
        }
        return rehearsal.isSigned(header.substring(colon + 1).strip(), payload);
    }

    private static List<TriedRow> rows(AlohubSettings alohub, List<OutboxEntry> entries) {
        RowReader reader = RowReader.from(alohub);
        Map<String, RowOrder> accounts = new HashMap<>();
        for (ConfiguredAccount account : ConfiguredAccount.all(alohub)) {
            accounts.put(
                    account.name(),
                    new RowOrder(account.order() == AlohubSettings.Order.SOURCE_VERSION, account.sourceVersionUnit()));
        }
        return entries.stream()
                .map(entry -> TriedRow.of(entry, reader, accounts))
                .toList();
    }

    private void print(Rehearsal rehearsal, @Nullable Boolean signed, List<TriedRow> rows) {
        if (json) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("source", source);
            all.put("signed", signed);
            all.put("answer_status", rehearsal.answer());
            all.put("customers", rows.stream().map(TriedRow::row).toList());
            screen.data(JsonText.of(all));
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                screen.data("");
            }
            rows.get(i).lines(screen.words()).forEach(screen::data);
        }
        if (signed != null) {
            screen.say(signed ? "try.signed" : "try.forged");
        }
        long usable = rows.stream().filter(TriedRow::isUsable).count();
        screen.say(rows.isEmpty() ? "try.nothing" : "try.done", usable, rows.size() - usable, rehearsal.answer());
    }
}
