package io.alohubsync.operate.upload;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An upload while this replica works on it: each word about it counts only while the lease is its
 * own. One thread uses it.
 */
final class UploadLease {

    /** Longer than the longest step: a killed replica's upload goes on after it. */
    static final Duration LENGTH = Duration.ofSeconds(60);

    private static final long SAY_EVERY = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_REST = 1000;

    private static final Sql PROGRESS = Sql.named("upload/record-progress");
    private static final Sql PREVIEW = Sql.named("upload/record-preview");
    private static final Sql BEGIN = Sql.named("upload/record-begin");
    private static final Sql RELEASE = Sql.named("upload/release-upload");
    private static final Sql END = Sql.named("upload/end-upload");
    private static final Sql REPORT = Sql.named("upload/append-report");

    /**
     * It was cancelled, another replica has it, or this one stops: there is nothing more to do
     * here.
     */
    static final class Over extends Exception {
        Over() {
            super(null, null, false, false);
        }
    }

    /** @param takes with this one, since it last got further */
    record Taken(String id, Upload.State state, UploadTerms terms, boolean vietnamese, boolean again, int takes) {}

    /** A sleep; tests have one that takes no time. */
    @FunctionalInterface
    interface Rest {
        void rest(long millis) throws InterruptedException;
    }

    private final Connection connection;
    private final Taken taken;
    private final String worker;
    private final BooleanSupplier stopping;
    private final Rest rest;
    private long said = System.nanoTime();
    private long rested = System.nanoTime();

    UploadLease(Connection connection, Taken taken, String worker, BooleanSupplier stopping, Rest rest) {
        this.connection = connection;
        this.taken = taken;
        this.worker = worker;
        this.stopping = stopping;
        this.rest = rest;
    }

    Taken upload() {
        return taken;
    }

    /**
     * Between two steps: says how far it is, and rests as long as the last step took, since
     * deliveries need the processor, too.
     */
    void step(long lines) throws SQLException, Over, InterruptedException {
        if (System.nanoTime() - said >= SAY_EVERY) {
            say(lines);
        }
        if (stopping.getAsBoolean()) {
            RELEASE.on(connection).set("id", taken.id()).set("worker", worker).update();
            throw new Over();
        }
        rest.rest(Math.min(LONGEST_REST, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - rested)));
        rested = System.nanoTime();
    }

    /** What is written is counted with each batch: see {@link #mayWrite}. */
    void say(long lines) throws SQLException, Over {
        counts(record(lines, null));
        said = System.nanoTime();
    }

    /** In the transaction of a batch. @return false: the upload was cancelled, or is another's */
    boolean mayWrite(long lines, long written) throws SQLException {
        return record(lines, written) == 1;
    }

    /** The lease goes on: a part of the work is done that reads no line. */
    void renew() throws SQLException, Over {
        counts(record(null, null));
        said = System.nanoTime();
    }

    private int record(@Nullable Long lines, @Nullable Long written) throws SQLException {
        return PROGRESS.on(connection)
                .set("id", taken.id())
                .set("worker", worker)
                .set("lines", lines == null ? null : String.valueOf(lines))
                .set("written", written == null ? null : String.valueOf(written))
                .set("lease", LENGTH)
                .update();
    }

    private static void counts(int rows) throws Over {
        if (rows != 1) {
            throw new Over();
        }
    }

    /** In the transaction that begins the import. @param key of its state */
    void begin(String key) throws SQLException, Over {
        counts(BEGIN.on(connection)
                .set("id", taken.id())
                .set("worker", worker)
                .set("key", key)
                .update());
    }

    /** @param figures null: there is a fault, about which a person can do something */
    void previewed(@Nullable UploadFigures figures, Upload.@Nullable Fault fault) throws SQLException, Over {
        counts(PREVIEW.on(connection)
                .set("id", taken.id())
                .set("worker", worker)
                .set("preview", figures == null ? null : UploadRows.json(figures))
                .set("fault", fault == null ? null : fault.kind())
                .set("line", fault == null ? 0 : fault.line())
                .set("detail", fault == null ? null : fault.detail())
                .set("lines", figures == null ? 0 : figures.rows())
                .update());
    }

    void appendReport(int n, byte[] piece) throws SQLException, Over {
        counts(REPORT.on(connection)
                .set("id", taken.id())
                .set("worker", worker)
                .set("n", n)
                .set("bytes", piece)
                .update());
    }

    /** The file is not needed any more. */
    void end(Upload.@Nullable Fault fault, long report) throws SQLException, Over {
        counts(END.on(connection)
                .set("id", taken.id())
                .set("worker", worker)
                .set("state", (fault == null ? Upload.State.DONE : Upload.State.FAILED).name())
                .set("fault", fault == null ? null : fault.kind())
                .set("line", fault == null ? 0 : fault.line())
                .set("detail", fault == null ? null : fault.detail())
                .set("report", report)
                .update());
        Chunks.delete(connection, taken.id(), Chunks.FILE);
    }
}
