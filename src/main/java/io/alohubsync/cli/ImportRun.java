package io.alohubsync.cli;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.JsonText;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.spreadsheet.ImportJob;
import io.alohubsync.spreadsheet.ImportState;
import io.alohubsync.spreadsheet.ImportStore;
import io.alohubsync.spreadsheet.Importer;
import io.alohubsync.spreadsheet.Judge;
import io.alohubsync.spreadsheet.Preview;
import io.alohubsync.spreadsheet.RejectedReport;
import io.alohubsync.spreadsheet.read.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code import}: previews and writes with a progress bar, and says what came of it. One
 * thread uses it.
 */
final class ImportRun {

    private final Screen screen;
    private final ImportStore store;
    private final ImportJob job;
    private final Judge judge;
    private final ProgressBar bar;

    private long written;
    private @Nullable Path report;

    ImportRun(Screen screen, ImportStore store, ImportJob job, Judge judge) {
        this.screen = screen;
        this.store = store;
        this.job = job;
        this.judge = judge;
        this.bar = new ProgressBar(screen);
    }

    /** Read to the file's end. */
    Preview preview(Connection connection) throws FileFault, IOException, SQLException {
        Preview preview = new Preview(connection, job, judge);
        try {
            while (preview.step()) {
                bar.paint(preview.rows(), 0);
            }
            bar.clear();
            return preview;
        } catch (FileFault | IOException | SQLException failure) {
            bar.clear();
            preview.close();
            throw failure;
        }
    }

    /** What a person should look at before it is confirmed. */
    void sayDoubts(ImportPreview shown) throws SQLException {
        long damaged = job.file().encoding().damaged();
        if (damaged > 0) {
            screen.say("import.damaged", damaged);
        }
        if (!job.layout().otherPhones().isEmpty()) {
            screen.say(
                    "import.other-phones",
                    job.layout().otherPhones().stream().map(shown::title).collect(Collectors.joining(", ")));
        }
        ImportState state = store.state(job);
        if (state.finished()) {
            screen.say("import.finished-before", state.written());
        } else if (state.isBegun()) {
            screen.say("import.continues", state.lines(), state.written());
        }
    }

    void sayFinished(boolean json) throws SQLException {
        ImportState state = store.state(job);
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("file_digest", job.file().digest());
            all.put("account", job.target().account());
            all.put("result", "already_imported");
            all.put("written", 0);
            all.put("written_before", state.written());
            screen.data(JsonText.of(all));
        }
        screen.say("import.already", state.written());
    }

    /**
     * The rejected lines of a file that has no others: they become no rows, so that nothing but the
     * report names them.
     *
     * @param to null: there is no report
     */
    void reject(Preview preview, @Nullable Path to) throws Failure, FileFault, IOException, SQLException {
        job.file().checkUnchanged();
        if (preview.rejected() == 0 || to == null) {
            return;
        }
        try (RejectedReport rejected = opened(to);
                Importer importer = new Importer(store, job, judge, store.state(job), rejected)) {
            importer.readOver();
            rejected.complete();
        }
        sayReport(preview, to);
    }

    /** @param to of the rejected lines; null: there is no report */
    void write(Preview preview, boolean again, String why, @Nullable Path to)
            throws Failure, FileFault, IOException, SQLException {
        job.file().checkUnchanged();
        if (preview.rejected() == 0 || to == null) {
            write(preview, again, why, (RejectedReport) null);
            return;
        }
        try (RejectedReport rejected = opened(to)) {
            write(preview, again, why, rejected);
            rejected.complete();
        }
        sayReport(preview, to);
    }

    private void sayReport(Preview preview, Path to) {
        report = to;
        screen.say("import.report", preview.rejected(), Table.plain(to.toString()));
    }

    private RejectedReport opened(Path to) throws Failure {
        try {
            RejectedReport rejected = RejectedReport.to(to, job, screen.words().isVietnamese());
            rejected.deleteOnExit();
            return rejected;
        } catch (IOException failure) {
            throw new Failure(ExitCode.FAILED, screen.text("import.no-report", Table.plain(to.toString())));
        }
    }

    private void write(Preview preview, boolean again, String why, @Nullable RejectedReport rejected)
            throws FileFault, IOException, SQLException {
        ImportState before = store.begin(job, again, why);
        long start = System.nanoTime();
        AtomicLong rows = new AtomicLong(before.written());
        Thread interrupted = Thread.ofPlatform().unstarted(() -> cutOff(rows.get()));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try (Importer importer = new Importer(store, job, judge, before, rejected)) {
            while (importer.step()) {
                rows.set(importer.state().written());
                bar.paint(importer.state().lines(), preview.rows());
            }
            written = importer.state().written() - before.written();
        } catch (SQLException | IOException | FileFault failure) {
            cutOff(rows.get());
            throw failure;
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        bar.clear();
        double seconds = (System.nanoTime() - start) / 1e9;
        screen.say(
                "import.done",
                written,
                Times.age(Math.round(seconds)),
                Math.round((preview.rows() - before.lines()) / seconds));
    }

    private void cutOff(long rows) {
        bar.clear();
        screen.say("import.cut-off", rows);
    }

    void report(ImportPreview shown, boolean json, String result) {
        if (json) {
            Map<String, @Nullable Object> all = shown.json();
            all.put("result", result);
            all.put("written", written);
            all.put("report", report == null ? null : report.toString());
            screen.data(JsonText.of(all));
        }
    }
}
