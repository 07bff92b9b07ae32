package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.BulkOptions;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.WhyOption;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.WrongKind;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.spreadsheet.ImportJob;
import io.alohubsync.spreadsheet.ImportStore;
import io.alohubsync.spreadsheet.Judge;
import io.alohubsync.spreadsheet.Preview;
import io.alohubsync.spreadsheet.RejectedReport;
import io.alohubsync.spreadsheet.SendRate;
import io.alohubsync.spreadsheet.Target;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.FileScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a file of customers: a preview first, and outbox rows when it is confirmed. */
@Command(name = "import")
final class ImportCommand implements Callable<Integer> {

    private static final int MOST_PRIORITY = 1000;

    private final Screen screen;
    private final Settings settings;

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "import-file")
    String file = "";

    @Option(names = "--account", paramLabel = "ACCOUNT", descriptionKey = "account-to-pause")
    @Nullable
    String account;

    @Option(names = "--source", paramLabel = "NAME")
    String source = "import";

    @Option(names = "--priority", paramLabel = "N")
    int priority = -1; // as what is sent again: behind what sources write today

    @Option(names = "--sheet", paramLabel = "NAME")
    String sheet = "";

    @Mixin
    ImportColumns columns = new ImportColumns();

    @Option(names = "--rejected", paramLabel = "FILE")
    @Nullable
    Path rejected;

    @Option(names = "--again")
    boolean again;

    @Mixin
    BulkOptions bulk = new BulkOptions();

    @Mixin
    WhyOption why = new WhyOption();

    ImportCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, SQLException, IOException {
        check();
        try (ImportFile input = ImportFile.of(file, System.in, screen.words());
                Connection connection = settings.connect(bulk.isDryRun());
                SmallHeap _ = SmallHeap.kept()) {
            return run(input, connection);
        } catch (FileFault fault) {
            throw ImportFaults.failure(fault, screen.words());
        } catch (
                OutOfMemoryError
                        full) { // of a workbook's texts, mostly: what was written stays, and nothing is half-written
            throw new Failure(ExitCode.FAILED, screen.text("import.memory"));
        }
    }

    private void check() throws Failure {
        if (source.isBlank() || source.length() > 100) {
            throw new Failure(ExitCode.USAGE, screen.text("import.source-wrong"));
        }
        if (Math.abs(priority) > MOST_PRIORITY) {
            throw new Failure(ExitCode.USAGE, screen.text("import.priority-wrong"));
        }
        if (rejected != null && Files.exists(rejected)) {
            throw new Failure(ExitCode.USAGE, screen.text("import.rejected-exists", Table.plain(rejected.toString())));
        }
    }

    private int run(ImportFile input, Connection connection) throws Failure, FileFault, SQLException, IOException {
        AlohubSettings alohub = alohub();
        String name = Accounts.one(connection, account, screen.words());
        PhoneNormalizer phones = new PhoneNormalizer(PhoneRules.of(alohub.phone()));
        Target target = new Target(name, source.strip(), (short) priority);
        ImportJob job = ImportJob.of(FileScan.of(input.path()), sheet, columns.named(), target, phones);
        ImportStore store = new ImportStore(connection);
        Judge.Rules rules = new Judge.Rules(
                phones,
                new NameNormalizer(alohub.name().placeholders()),
                new EmailNormalizer(alohub.email().placeholders()));
        Judge judge = new Judge(rules, zone(alohub)).of(store.order(name), Instant.now());
        ImportRun run = new ImportRun(screen, store, job, judge);
        if (!bulk.isDryRun() && !store.lock(job)) {
            throw new Failure(ExitCode.FAILED, screen.text("import.running"));
        }
        if (store.state(job).finished() && !again && !bulk.isDryRun()) {
            run.sayFinished(bulk.isJson());
            return ExitCode.DONE;
        }
        try (Preview preview = run.preview(connection)) {
            ImportPreview shown = new ImportPreview(job, preview, SendRate.of(alohub, store, name), screen.words());
            if (!bulk.isJson()) {
                shown.lines().forEach(screen::data);
            }
            run.sayDoubts(shown);
            return confirmed(input, run, shown);
        }
    }

    private int confirmed(ImportFile input, ImportRun run, ImportPreview shown)
            throws Failure, FileFault, SQLException, IOException {
        long usable = shown.preview().usable();
        if (bulk.isDryRun()) {
            run.report(shown, bulk.isJson(), "previewed");
            screen.say("import.dry-run");
            return ExitCode.DONE;
        }
        if (usable == 0) {
            if (bulk.isYes() || rejected != null) {
                run.reject(shown.preview(), target(input));
            }
            run.report(shown, bulk.isJson(), "nothing_usable");
            screen.say("import.nothing");
            return ExitCode.NOT_FOUND;
        }
        boolean confirmed = input.stdin() // which is read to its end: it has no answer to a question
                ? bulk.isYes()
                : bulk.isConfirmed(
                        screen, "import.confirm", usable, shown.job().target().account());
        if (!confirmed) {
            run.report(shown, bulk.isJson(), "unconfirmed");
            screen.say("import.unconfirmed");
            return ExitCode.NOT_CONFIRMED;
        }
        run.write(shown.preview(), again, why.text(), target(input));
        run.report(shown, bulk.isJson(), "imported");
        return ExitCode.DONE;
    }

    /** Of the rejected lines; null: there is no report. */
    private @Nullable Path target(ImportFile input) throws IOException {
        return rejected != null || input.stdin() ? rejected : RejectedReport.beside(input.path());
    }

    private ZoneId zone(AlohubSettings alohub) throws Failure {
        try {
            return ZoneId.of(alohub.console().zone());
        } catch (DateTimeException unknown) {
            throw new Failure(ExitCode.FAILED, screen.text("import.zone-wrong"));
        }
    }

    private AlohubSettings alohub() throws Failure {
        try {
            return settings.alohub();
        } catch (RuntimeException wrong) { // its message may hold a value
            List<String> sentences = WrongKind.sentences(wrong);
            throw new Failure(
                    ExitCode.FAILED,
                    sentences.isEmpty()
                            ? screen.text("doctor.settings-kind") + " " + screen.text("doctor.settings-remedy")
                            : String.join("\n", sentences));
        }
    }
}
