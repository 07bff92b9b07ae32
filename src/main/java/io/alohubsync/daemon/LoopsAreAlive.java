package io.alohubsync.daemon;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the loops begin rounds. An absent Alohub or database is no reason for a restart. */
@Liveness
@ApplicationScoped
public class LoopsAreAlive implements HealthCheck {

    private final Daemon daemon;

    LoopsAreAlive(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> stalled = daemon.stalledLoops();
        var response = HealthCheckResponse.named("loops").status(stalled.isEmpty());
        return (stalled.isEmpty() ? response : response.withData("stalled", String.join(", ", stalled))).build();
    }
}
