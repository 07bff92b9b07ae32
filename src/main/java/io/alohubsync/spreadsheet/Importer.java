package io.alohubsync.spreadsheet;

import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.spreadsheet.ImportStore.Entry;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the usable lines of a file as outbox rows, a batch in a transaction, and counts them in
 * it. It begins behind the lines that were counted before. One thread uses it.
 */
public final class Importer implements Closeable {

    static final int AT_ONCE = 2_000;

    private final ImportStore store;
    private final ImportJob job;
    private final Judge judge;
    private final Lines lines;
    private final @Nullable RejectedReport report;

    private ImportState state;
    private long toSkip; // lines that were imported before

    /**
     * @param state  as the store began it
     * @param report gets each rejected line of the file, also of a part that was imported before;
     *               null: there is no report
     */
    public Importer(ImportStore store, ImportJob job, Judge judge, ImportState state, @Nullable RejectedReport report)
            throws FileFault, IOException {
        this.store = store;
        this.job = job;
        this.judge = judge;
        this.report = report;
        this.state = state;
        this.lines = job.customers();
        this.toSkip = state.lines();
    }

    private void skip() throws FileFault, IOException {
        Batch batch = Batch.of(lines, (int) Math.min(toSkip, AT_ONCE));
        toSkip = batch.last() ? 0 : toSkip - batch.lines().size();
        if (report != null) {
            accepted(batch.lines());
        }
    }

    /** To the file's end: the report gets its rejected lines, and nothing is written. */
    public void readOver() throws FileFault, IOException {
        toSkip = Long.MAX_VALUE;
        while (toSkip > 0) {
            skip();
        }
    }

    /**
     * Reads over the next batch of those that were imported before, or writes the next one.
     *
     * @return false: the file is imported whole
     */
    public boolean step() throws FileFault, IOException, SQLException {
        if (toSkip > 0) {
            skip();
            return true;
        }
        Batch batch = Batch.of(lines, AT_ONCE);
        job.file().checkUnchanged();
        if (!batch.lines().isEmpty()) {
            List<Entry> entries =
                    accepted(batch.lines()).stream().map(this::entry).toList();
            state = store.write(job, state, entries, batch.lines().size());
        }
        if (batch.last()) {
            store.finish(job, state);
        }
        return !batch.last();
    }

    /** Those with a usable phone; the report gets the others. */
    private List<Line> accepted(List<Line> batch) throws IOException {
        List<Normalized<Phone>> phones = judge.phones(batch, job.layout().columns());
        List<Line> accepted = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (phones.get(i).value() != null) {
                accepted.add(batch.get(i));
            } else if (report != null) {
                report.add(batch.get(i), phones.get(i).reasons());
            }
        }
        return accepted;
    }

    /** As the source wrote it: the merge names what it repairs. */
    private Entry entry(Line line) {
        Columns columns = job.layout().columns();
        @Nullable String reference = Judge.text(columns.reference(line));
        return new Entry(
                Judge.text(columns.phone(line)),
                Judge.text(columns.name(line)),
                Judge.text(columns.email(line)),
                reference == null ? job.reference(line) : reference.strip(),
                judge.version(line, columns));
    }

    public ImportState state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
