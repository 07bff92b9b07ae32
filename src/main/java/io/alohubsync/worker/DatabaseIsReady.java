package io.alohubsync.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the database answers and the schema is migrated. */
@Readiness
@ApplicationScoped
public class DatabaseIsReady implements HealthCheck {

    private static final int ANSWER_SECONDS = 2;

    private final Worker worker;
    private final DataSource database;

    DatabaseIsReady(Worker worker, DataSource database) {
        this.worker = worker;
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database");
        if (!worker.isSchemaReady() || !worker.isRunning()) {
            return response.down()
                    .withData("waiting for", "the database and its migrations")
                    .build();
        }
        try (Connection connection = database.getConnection()) {
            return response.status(connection.isValid(ANSWER_SECONDS)).build();
        } catch (SQLException away) {
            return response.down().withData("waiting for", "the database").build();
        }
    }
}
