package io.alohubsync.operate.upload;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.upload.UploadLease.Over;
import io.alohubsync.operate.upload.UploadLease.Taken;
import io.alohubsync.spreadsheet.ImportJob;
import io.alohubsync.spreadsheet.ImportState;
import io.alohubsync.spreadsheet.ImportStore;
import io.alohubsync.spreadsheet.Importer;
import io.alohubsync.spreadsheet.Judge;
import io.alohubsync.spreadsheet.Preview;
import io.alohubsync.spreadsheet.RejectedReport;
import io.alohubsync.spreadsheet.SendRate;
import io.alohubsync.spreadsheet.Target;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.FileScan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Previews an upload, or imports it: from a copy of its own, in short transactions that another
 * replica can go on behind.
 */
final class UploadWork {

    /** Each phone takes memory that deliveries need (spreadsheet/PhoneSet). */
    static final long MOST_LINES = 1_000_000;

    private static final int MOST_TAKES = 3;
    private static final short PRIORITY = -1; // as the command's: behind what sources write today
    private static final Set<FileFault.Kind> ASKED_FOR = Set.of(
            FileFault.Kind.NO_SHEET,
            FileFault.Kind.SHEET_OF_TEXT,
            FileFault.Kind.NO_PHONE_COLUMN,
            FileFault.Kind.NO_PHONE_IN_SHEET,
            FileFault.Kind.NO_SUCH_COLUMN);

    private static final Sql BEGIN = Sql.named("upload/begin-import");

    private final Connection connection;
    private final UploadLease lease;
    private final Taken upload;
    private final AlohubSettings settings;
    private final PhoneNormalizer phones;
    private final Judge judge;

    UploadWork(Connection connection, UploadLease lease, AlohubSettings settings, PhoneNormalizer phones, Judge judge) {
        this.connection = connection;
        this.lease = lease;
        this.upload = lease.upload();
        this.settings = settings;
        this.phones = phones;
        this.judge = judge;
    }

    /** Returns normally, whatever the file is. */
    void run() throws SQLException, InterruptedException {
        try {
            work();
        } catch (Over | ImportStore.Overtaken over) {
            // by a person, or another replica goes on
        }
    }

    private void work() throws SQLException, Over, InterruptedException {
        if (upload.takes() > MOST_TAKES) {
            end(UploadFaults.PROGRAM);
            return;
        }
        try (UploadFolder folder = UploadFolder.create()) {
            ImportJob job = job(folder);
            if (upload.state() == Upload.State.PREVIEWING) {
                preview(job);
            } else {
                write(job, folder);
            }
        } catch (FileFault fault) {
            faulted(fault);
        } catch (SqlInStream failure) {
            throw failure.reason;
        } catch (IOException full) {
            end(UploadFaults.DISK);
        }
    }

    private void end(String fault) throws SQLException, Over {
        lease.end(new Upload.Fault(fault, 0, ""), 0);
    }

    private void faulted(FileFault fault) throws SQLException, Over {
        Upload.Fault said = new Upload.Fault(fault.kind().name(), fault.line(), fault.detail());
        if (ASKED_FOR.contains(fault.kind()) && upload.state() == Upload.State.PREVIEWING) {
            lease.previewed(null, said);
        } else {
            lease.end(said, 0);
        }
    }

    private ImportJob job(UploadFolder folder) throws IOException, FileFault, SQLException, Over {
        Path file = folder.file("upload");
        try (OutputStream copy = Files.newOutputStream(file)) {
            byte[] piece;
            for (int n = 0; (piece = Chunks.read(connection, upload.id(), Chunks.FILE, n)) != null; n++) {
                copy.write(piece);
            }
        }
        lease.renew();
        UploadTerms terms = upload.terms();
        Target target = new Target(terms.account(), terms.source(), PRIORITY);
        return ImportJob.of(FileScan.of(file), terms.sheet(), terms.columns(), target, phones);
    }

    private void preview(ImportJob job) throws IOException, FileFault, SQLException, Over, InterruptedException {
        ImportStore store = new ImportStore(connection);
        try (Preview preview = new Preview(connection, job, judge(store, job))) {
            while (preview.step()) {
                if (preview.rows() > MOST_LINES) {
                    end(UploadFaults.TOO_MANY_LINES);
                    return;
                }
                lease.step(preview.rows());
            }
            String account = job.target().account();
            lease.previewed(
                    UploadFigures.of(job, preview, SendRate.of(settings, store, account), store.state(job)), null);
        }
    }

    private void write(ImportJob job, UploadFolder folder)
            throws IOException, FileFault, SQLException, Over, InterruptedException {
        ImportStore store = new ImportStore(connection, after -> lease.mayWrite(after.lines(), after.written()));
        if (upload.state() == Upload.State.CONFIRMED) {
            begin(job);
        }
        Path report = folder.file("report");
        try (RejectedReport rejected = RejectedReport.to(report, job, upload.vietnamese());
                Importer importer = new Importer(store, job, judge(store, job), store.state(job), rejected)) {
            while (importer.step()) {
                lease.step(importer.state().lines());
            }
            ImportState state = importer.state();
            lease.say(state.lines());
            rejected.complete();
            lease.end(null, state.lines() > state.written() ? stored(report) : 0);
        }
    }

    private Judge judge(ImportStore store, ImportJob job) throws SQLException {
        return judge.of(store.order(job.target().account()), Instant.now());
    }

    /** Together with the upload's state: it is begun once, however often it is taken. */
    private void begin(ImportJob job) throws SQLException, Over {
        connection.setAutoCommit(false);
        try {
            BEGIN.on(connection)
                    .set("key", job.key())
                    .set("digest", job.file().digest())
                    .set("account", job.target().account())
                    .set("source", job.target().source())
                    .set("again", upload.again())
                    .update();
            lease.begin(job.key());
            connection.commit();
        } finally {
            connection.rollback(); // of nothing, once it is committed
            connection.setAutoCommit(true);
        }
    }

    private static final class SqlInStream extends IOException {
        private final transient SQLException reason;

        SqlInStream(SQLException reason) {
            this.reason = reason;
        }
    }

    /** @return its size */
    private long stored(Path report) throws IOException, SQLException {
        Chunks.delete(connection, upload.id(), Chunks.REPORT); // of a replica that did not come to the end
        PieceWriter pieces = new PieceWriter((n, piece) -> {
            try {
                lease.appendReport(n, piece);
                lease.renew();
            } catch (SQLException failure) {
                throw new SqlInStream(failure);
            } catch (Over over) {
                throw new SqlInStream(new SQLException("another replica has taken the upload", "40001", over));
            }
        });
        try (GZIPOutputStream zipped = new GZIPOutputStream(pieces)) {
            Files.copy(report, zipped);
        }
        return pieces.size();
    }
}
