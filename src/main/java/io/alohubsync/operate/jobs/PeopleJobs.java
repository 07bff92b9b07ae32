package io.alohubsync.operate.jobs;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConsoleSettings;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Time;
import io.alohubsync.operate.bulk.BulkStep;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * Jobs of console and API in the background, on the loops' pool: bulk actions, figures, names to
 * search by. The daemon starts the scheduler. While the console is closed nothing runs; later the
 * jobs catch up.
 */
@ApplicationScoped
class PeopleJobs {

    private static final Sql PURGE = Sql.named("operate/purge-bulk-actions");
    private static final int STEPS = 5;
    private static final long PAUSE_MILLIS = 200;

    private final AgroalDataSource database;
    private final Job bulk;
    private final Job followers;
    private final boolean isOpen;

    PeopleJobs(AgroalDataSource database, AlohubSettings settings) {
        this.isOpen = ConsoleSettings.isOpen(settings.console());
        LongSupplier nanoTime = Time.system().monotonic();
        this.database = database;
        Followers all = new Followers(database, nanoTime);
        this.bulk = new Job("bulk", this::steps, nanoTime);
        this.followers = new Job("followers", all::run, nanoTime);
    }

    @Scheduled(identity = "bulk", every = "1s", concurrentExecution = SKIP)
    void bulk() {
        if (isOpen) {
            bulk.run();
        }
    }

    @Scheduled(identity = "followers", every = "2s", concurrentExecution = SKIP)
    void follow() {
        if (isOpen) {
            followers.run();
        }
    }

    /** Each is a transaction of its own. */
    private void steps() throws SQLException, InterruptedException {
        for (int i = 0; i < STEPS && BulkStep.make(database); i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Scheduled(identity = "purge-bulk", every = "1h", delayed = "5m", concurrentExecution = SKIP)
    void purge() {
        if (!isOpen) {
            return;
        }
        new Job(
                        "purge-bulk",
                        () -> Transaction.run(database, PeopleJobs::purge),
                        Time.system().monotonic())
                .run();
    }

    private static int purge(Connection connection) throws SQLException {
        return PURGE.on(connection).update();
    }
}
