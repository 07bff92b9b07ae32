package io.alohubsync.daemon;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.alohubsync.loop.Time;
import io.alohubsync.observe.Metrics;
import io.alohubsync.schema.WriteProbe;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the schema is migrated and the database takes writes. */
@Readiness
@ApplicationScoped
public class DatabaseIsReady implements HealthCheck {

    private final Daemon daemon;
    private final WriteProbe probe;
    private volatile double takesWrites = Double.NaN; // as the last check found; written by whichever thread checks

    DatabaseIsReady(Daemon daemon, DataSource database) {
        this.daemon = daemon;
        this.probe = new WriteProbe(
                database,
                question -> Thread.ofPlatform().daemon().name("write-probe").start(question),
                Time.system().monotonic());
    }

    void onStart(@Observes StartupEvent event, Metrics metrics) {
        metrics.watchReadiness(() -> isWaiting() ? 0 : takesWrites);
    }

    /** For the metric, where no cluster asks for readiness. */
    @Scheduled(identity = "readiness", every = "10s", concurrentExecution = SKIP)
    void look() {
        call();
    }

    private boolean isWaiting() {
        return !daemon.isSchemaReady() || !daemon.isRunning() || daemon.foundDiskFull();
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database");
        if (!daemon.isSchemaReady() || !daemon.isRunning()) {
            return response.down()
                    .withData("waiting for", "the database and its migrations")
                    .build();
        }
        if (daemon.foundDiskFull()) {
            return response.down()
                    .withData("waiting for", "the database, whose disk is full")
                    .build();
        }
        boolean takes = probe.takesWrites();
        takesWrites = takes ? 1 : 0;
        return takes
                ? response.up().build()
                : response.down()
                        .withData("waiting for", "the database, which can't be reached or takes no writes")
                        .build();
    }
}
