package io.alohubsync.worker;

import io.alohubsync.customer.SqlFailure;
import io.alohubsync.customer.Transaction;
import io.alohubsync.phone.Reason;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings the schema up to date, waiting for the database as long as it takes. */
final class Schema {

    private static final Logger LOG = Logger.getLogger(Schema.class);
    private static final String KEEP_REASONS = """
            INSERT INTO alohub.reason AS r (code, english, vietnamese) VALUES (?, ?, ?)
            ON CONFLICT (code) DO UPDATE SET english = excluded.english, vietnamese = excluded.vietnamese
            WHERE (r.english, r.vietnamese) IS DISTINCT FROM (excluded.english, excluded.vietnamese)""";

    private final Flyway flyway;
    private final DataSource database;
    private final boolean migrate;
    private volatile boolean ready;

    Schema(Flyway flyway, DataSource database, boolean migrate) {
        this.flyway = flyway;
        this.database = database;
        this.migrate = migrate;
    }

    /** The database could not be used because of something that waiting does not mend. */
    static final class Unusable extends RuntimeException {
        Unusable(String sentence) {
            super(sentence);
        }
    }

    boolean isReady() {
        return ready;
    }

    /**
     * Returns when the schema is there, or when {@code stopping} says so.
     *
     * @throws Unusable a migration failed for a reason of its own
     */
    void awaitReady(BooleanSupplier stopping) throws InterruptedException {
        String told = null;
        while (!stopping.getAsBoolean()) {
            String why = tryReady();
            if (why == null) {
                ready = true;
                return;
            }
            if (!why.equals(told)) {
                LOG.warnf("Waiting for the database: %s", why);
                told = why;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** @return null: ready; else what is missing */
    private @Nullable String tryReady() {
        try {
            if (migrate) {
                flyway.migrate();
            }
            keepReasons();
            return null;
        } catch (FlywayException failure) {
            SQLException cause = sqlCause(failure);
            if (cause == null || !SqlFailure.mayPass(cause)) {
                throw new Unusable(
                        "The migration of the schema alohub failed: " + firstLine(failure.getMessage())
                                + " — give the user the right to create the schema, or migrate with another user and set alohub.database.migrate=false.");
            }
            return told(cause);
        } catch (SQLException failure) {
            boolean missing =
                    failure.getSQLState() != null && failure.getSQLState().startsWith("42P01");
            return missing && !migrate
                    ? "the schema alohub is not migrated, and alohub.database.migrate is false; run the migrations"
                    : told(failure);
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    private void keepReasons() throws SQLException {
        Transaction.run(database, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KEEP_REASONS)) {
                for (Reason reason : Reason.values()) {
                    statement.setString(1, reason.code());
                    statement.setString(2, reason.english());
                    statement.setString(3, reason.vietnamese());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String told(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && state.startsWith("28")) {
            return "it refuses the user or the password (SQLSTATE " + state + ")";
        }
        return state == null || state.startsWith("08") ? "it can't be reached" : SqlFailure.told(failure);
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "no message"
                : message.strip().lines().findFirst().orElse("no message");
    }
}
