package io.alohubsync.operate.upload;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConsoleSettings;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Time;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Works on uploads in the background, one at a time over all replicas, and deletes what is over.
 * The daemon starts the scheduler.
 */
@ApplicationScoped
class UploadJobs {

    private static final Logger LOG = Logger.getLogger(UploadJobs.class);
    private static final Sql EXPIRE = Sql.named("upload/expire-uploads");
    private static final Sql PURGE_CHUNKS = Sql.named("upload/purge-chunks");
    private static final Sql PURGE = Sql.named("upload/purge-uploads");

    private final boolean isOpen; // without a way into the console there are no uploads
    private final Job work;
    private final Job expiry;
    private volatile boolean stopping; // written by the thread that stops the process
    private boolean begun; // of the job's thread

    UploadJobs(AgroalDataSource database, AlohubSettings settings) {
        this.isOpen = ConsoleSettings.isOpen(settings.console());
        LongSupplier nanoTime = Time.system().monotonic();
        UploadTurn turn = new UploadTurn(database, settings, () -> stopping, Thread::sleep);
        this.work = new Job("uploads", () -> work(turn), nanoTime);
        this.expiry = new Job("upload-expiry", () -> Transaction.run(database, UploadJobs::expire), nanoTime);
    }

    @Scheduled(identity = "uploads", every = "1s", concurrentExecution = SKIP)
    void work() {
        if (isOpen) {
            work.run();
        }
    }

    @Scheduled(identity = "upload-expiry", every = "60s", delayed = "30s", concurrentExecution = SKIP)
    void expire() {
        if (isOpen) {
            expiry.run();
        }
    }

    private void work(UploadTurn turn) throws SQLException, InterruptedException {
        if (!begun) {
            begun = true;
            deleteLeftOvers();
        }
        boolean more = true;
        while (more && !stopping) {
            more = turn.take();
        }
    }

    private static void deleteLeftOvers() {
        try {
            UploadFolder.deleteLeftOvers();
        } catch (IOException unreadable) {
            LOG.warn("Temporary files of an earlier process could not be deleted");
        }
    }

    static int expire(Connection connection) throws SQLException {
        int expired = EXPIRE.on(connection).update();
        PURGE_CHUNKS.on(connection).update();
        PURGE.on(connection).update();
        return expired;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        work.stop();
        expiry.stop();
    }
}
