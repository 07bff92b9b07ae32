package io.alohubsync.daemon;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once the loops run for the first time. */
@Startup
@ApplicationScoped
public class HasStarted implements HealthCheck {

    private final Daemon daemon;

    HasStarted(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(daemon.isRunning()).build();
    }
}
