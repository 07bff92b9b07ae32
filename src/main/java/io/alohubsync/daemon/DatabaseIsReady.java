package io.alohubsync.daemon;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.alohubsync.loop.Time;
import io.alohubsync.observe.Metrics;
import io.alohubsync.schema.WriteCheck;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ready when the schema is migrated and the database takes writes. */
@Readiness
@ApplicationScoped
public class DatabaseIsReady implements HealthCheck {

    private final Daemon daemon;
    private final WriteCheck check;
    private volatile double takesWrites = Double.NaN; // as the last check found; written by whichever thread checks

    DatabaseIsReady(Daemon daemon, DataSource database) {
        this.daemon = daemon;
        this.check = new WriteCheck(
                database,
                question -> Thread.ofPlatform().daemon().name("write-check").start(question),
                Time.system().monotonic());
    }

    void onStart(@Observes StartupEvent event, Metrics metrics) {
        metrics.watchReadiness(() -> waitingFor() == null ? takesWrites : 0);
    }

    /** For the metric, where no cluster asks for readiness. */
    @Scheduled(identity = "readiness", every = "10s", concurrentExecution = SKIP)
    void measure() {
        call();
    }

    /** Before the database is asked; null: for nothing. */
    private @Nullable String waitingFor() {
        if (!daemon.isSchemaReady() || !daemon.isRunning()) {
            return "the database and its migrations";
        }
        return daemon.cannotWrite();
    }

    @Override
    public HealthCheckResponse call() {
        String missing = waitingFor();
        if (missing == null && !takesWrites()) {
            missing = "the database, which can't be reached or takes no writes";
        }
        var response = HealthCheckResponse.named("database");
        return missing == null
                ? response.up().build()
                : response.down().withData("waiting for", missing).build();
    }

    private boolean takesWrites() {
        boolean takes = check.takesWrites();
        takesWrites = takes ? 1 : 0;
        return takes;
    }
}
