package io.alohubsync.schema;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.contact.Reason;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema up to date, and waits for the database as long as it takes. The thread
 * {@code start} calls it; any thread asks whether it is ready.
 */
public final class Schema {

    private static final Logger LOG = Logger.getLogger(Schema.class);
    private static final Sql KEEP_REASONS = Sql.named("schema/keep-reasons");

    private static final int MOST_CAUSES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Migration migration;
    private final AgroalDataSource database;
    private final ServerCheck server;
    private final boolean migrate;
    private final RefusedLogin login;
    private volatile boolean ready;
    private boolean saidNewer; // of the thread start

    public Schema(Flyway flyway, AgroalDataSource database, boolean migrate, RefusedLogin login) {
        this.login = login;
        this.server = new ServerCheck(ServerCheck.beside(database));
        this.migration = new Migration(
                Flyway.configure().configuration(flyway.getConfiguration()).dataSource(new Unhurried(database)));
        this.database = database;
        this.migrate = migrate;
    }

    public boolean isReady() {
        return ready;
    }

    /**
     * Returns when the schema is there, or when {@code stopping} is true.
     *
     * @throws Migration.Unusable a migration itself is at fault
     */
    public void awaitReady(BooleanSupplier stopping) throws InterruptedException {
        String logged = null;
        while (!stopping.getAsBoolean()) {
            Wait wait = tryReady();
            if (wait == null) {
                ready = true;
                return;
            }
            if (!wait.why().equals(logged)) {
                LOG.warnf(wait.fault(), "Waiting for the database: %s", wait.why());
                logged = wait.why();
            }
            TimeUnit.MILLISECONDS.sleep(wait.pause().toMillis());
        }
    }

    /** @param fault of the program, which is logged with its stack */
    private record Wait(
            String why, Duration pause, @Nullable Throwable fault) {
        Wait(String why, Duration pause) {
            this(why, pause, null);
        }
    }

    /** @return null: ready; else what is missing, and when to try again */
    private @Nullable Wait tryReady() {
        try {
            server.run();
            if (migrate) {
                migrate();
            }
            keepReasons();
            return null;
        } catch (Migration.Refused refused) {
            return new Wait(refused.getMessage() + "; if this goes on, " + refused.remedy(), refused.pause());
        } catch (SQLException failure) {
            login.failed(failure);
            boolean missing = "42P01".equals(failure.getSQLState()) || "3F000".equals(failure.getSQLState());
            String why = missing && !migrate
                    ? "the schema alohub is not migrated, and alohub.database.migrate is false; run the migrations"
                    : DatabaseTrouble.describe(failure);
            return new Wait(why, BETWEEN_TRIES);
        } catch (Migration.Unusable unusable) {
            throw unusable;
        } catch (RuntimeException failure) {
            return after(failure);
        }
    }

    static String causeOf(RuntimeException failure) {
        SQLException cause = Migration.sqlCause(failure);
        return cause != null
                ? DatabaseTrouble.describe(cause)
                : "a fault of alohub-sync's own ended the try ("
                        + innermost(failure).getClass().getName() + ")";
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Wait after(RuntimeException failure) {
        boolean ofTheDatabase = Migration.sqlCause(failure) != null;
        return new Wait(causeOf(failure), BETWEEN_TRIES, ofTheDatabase ? null : Fault.withoutMessages(failure));
    }

    private void migrate() throws Migration.Refused, SQLException {
        try {
            if (!migration.tryOnce() && !saidNewer) {
                saidNewer = true;
                LOG.infof(
                        "A newer version of alohub-sync has migrated the schema alohub; this one (schema number %d) migrates"
                                + " nothing and works on it",
                        SchemaNumber.OURS);
            }
        } finally {
            database.flush(AgroalDataSource.FlushMode.GRACEFUL); // the migration's connections have other limits
        }
    }

    private void keepReasons() throws SQLException {
        List<Reason> reasons = List.of(Reason.values());
        Transaction.run(
                database,
                connection -> KEEP_REASONS
                        .on(connection)
                        .texts("codes", reasons, Reason::code)
                        .texts("english", reasons, Reason::english)
                        .texts("vietnamese", reasons, Reason::vietnamese)
                        .update());
    }
}
