package io.alohubsync.schema;

import io.alohubsync.jdbc.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema to the newest version and keeps no source waiting for more than 2 s meanwhile.
 * All later requests queue behind a lock request that waits, so no lock is waited for longer than
 * that ({@code lock_timeout}), and {@link SourcesFirst} ends a migration that holds its locks for
 * too long. Flyway runs each migration in a transaction, so one that was refused has changed
 * nothing and is tried again.
 */
public final class Migration {

    private static final String OF_A_TABLE =
            "end the transaction that holds the table (docs/database.md, \"A migration that has to wait\", shows how to find it)"
                    + " or let the sources rest while it migrates.";

    private static final String OF_ANOTHER =
            "look whether it still works, and end its session if it hangs: in pg_stat_activity its application_name is"
                    + " alohub-sync migrate.";

    /** What Flyway says when its lock stays taken, and never of another lock. */
    private static final String LOCK_OF_FLYWAY = "acquire PostgreSQL advisory lock";

    private static final int RETRIES_OF_THE_LOCK = 1; // after a second; ten times that where the schema has to be made

    static final String HANDED_ON =
            "quarkus.datasource.jdbc.url leads to a pooler that reuses sessions with their settings"
                    + " and prepared statements (PgBouncer without server_reset_query): set server_reset_query = DISCARD ALL in the"
                    + " pooler, or the address to the database's own.";

    /**
     * Statements and Flyway's transaction around them have no limit of time. Keepalives still find
     * a client that is gone.
     */
    private static final String ON_ITS_CONNECTIONS = "SET lock_timeout = '2s'; SET statement_timeout = 0;"
            + " SET idle_in_transaction_session_timeout = 0; SET idle_session_timeout = 0;"
            + " DO 'BEGIN SET transaction_timeout = 0; EXCEPTION WHEN OTHERS THEN NULL; END';" // from 17 on
            + " SET standard_conforming_strings = on; SET default_transaction_isolation = 'read committed';"
            + " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;"
            + " SET TimeZone = 'UTC'; SET application_name = '" + SourcesFirst.APPLICATION_NAME + "'";

    /** Finds a schema from before the first release, which this version does not migrate. */
    private static final String BEFORE_THE_FIRST_RELEASE =
            "SELECT FROM alohub.flyway_schema_history WHERE script = 'V1__outbox_customers_and_history.sql'";

    /**
     * They print stacks of a try that is made again; what failed is said here. Kept: a logger that
     * nothing refers to is collected.
     */
    static final List<Logger> FLYWAYS_OWN_WORDS = Stream.of(
                    "org.flywaydb.core.internal.jdbc.TransactionalExecutionTemplate",
                    "org.flywaydb.core.internal.command.DbMigrate")
            .map(Logger::getLogger)
            .toList();

    static {
        FLYWAYS_OWN_WORDS.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration BEHIND_ANOTHER = Duration.ofMillis(500);

    private final Flyway flyway;
    private int refusals;

    /**
     * @param base data source, schema and place of the migrations; its connections keep this one's
     *             settings: close them afterwards
     */
    public Migration(Configuration base) {
        this.flyway = Flyway.configure(base.getClassLoader())
                .configuration(base)
                .initSql(ON_ITS_CONNECTIONS)
                .callbacks(new SchemaNumber())
                .lockRetryCount(RETRIES_OF_THE_LOCK) // another process migrates: tried again, for as long as that takes
                .load();
    }

    /** The migration failed for a reason that does not pass by waiting. */
    public static final class Unusable extends RuntimeException {
        Unusable(String sentence) {
            super(sentence);
        }
    }

    /** The migration did not get a lock, or held one for too long; nothing has changed. */
    public static final class Refused extends Exception {
        private final String remedy;
        private final Duration pause;

        private Refused(String why, String remedy, Duration pause) {
            super(why);
            this.remedy = remedy;
            this.pause = pause;
        }

        static Refused byTable(Duration pause) {
            return new Refused(
                    "other sessions use a table that the migration changes; nothing was changed", OF_A_TABLE, pause);
        }

        static Refused byAnother() {
            return new Refused("another process migrates the schema alohub", OF_ANOTHER, BEHIND_ANOTHER);
        }

        /** What to do if that lasts. */
        public String remedy() {
            return remedy;
        }

        /** Another migration works: it takes as long as it takes. */
        public boolean isByAnother() {
            return remedy.equals(OF_ANOTHER);
        }

        /**
         * The pause before the next try, in which sources can write: 3 s, twice as long each time,
         * at most 30 s.
         */
        public Duration pause() {
            return pause;
        }
    }

    /**
     * One try.
     *
     * @return false: a newer program has migrated the database, so nothing was run
     * @throws Refused      a source, another transaction or another migration holds the locks: try
     *                      again after a pause
     * @throws SQLException the database is away, or another failure that passes
     * @throws Unusable     the migration itself is at fault
     */
    public boolean tryOnce() throws Refused, SQLException {
        try {
            return !isNewer() && migrate();
        } catch (RuntimeException | SQLException failure) { // Flyway's own, or others around a failure of the database
            if (isByNewer(failure)) {
                return false;
            }
            SQLException cause = sqlCause(failure);
            if (cause == null && failure instanceof RuntimeException fault && !(failure instanceof FlywayException)) {
                throw fault;
            }
            if (cause == null && String.valueOf(failure.getMessage()).contains(LOCK_OF_FLYWAY)) {
                throw Refused.byAnother();
            }
            if (cause == null && isFromBeforeTheFirstRelease()) {
                throw new Unusable(
                        "The schema alohub was made by a version from before the first release, and is not migrated"
                                + " — let that version deliver what is left, then run DROP SCHEMA alohub CASCADE and start again.");
            }
            if (cause != null && "42P05".equals(cause.getSQLState())) { // of a session that another client had
                throw new Unusable(HANDED_ON);
            }
            if (cause == null || !SqlFailure.mayPass(cause)) {
                throw new Unusable("The migration of the schema alohub failed: "
                        + (cause == null ? firstLine(failure.getMessage()) : SqlFailure.describe(cause))
                        + remedy(cause));
            }
            if (isRefusal(cause)) {
                throw Refused.byTable(pause(refusals++));
            }
            throw cause;
        }
    }

    private boolean isNewer() throws SQLException {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            return SchemaNumber.in(connection) > SchemaNumber.OURS;
        }
    }

    private boolean migrate() {
        try (SourcesFirst _ = SourcesFirst.watch(flyway.getConfiguration().getDataSource())) {
            flyway.migrate();
            refusals = 0;
            return true;
        }
    }

    private boolean isFromBeforeTheFirstRelease() {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BEFORE_THE_FIRST_RELEASE)) {
            return rows.next();
        } catch (SQLException noHistory) {
            return false;
        }
    }

    /** lock_not_available, or query_canceled: by {@link SourcesFirst}, or by a person. */
    private static boolean isRefusal(SQLException failure) {
        return "55P03".equals(failure.getSQLState()) || "57014".equals(failure.getSQLState());
    }

    static Duration pause(int refusals) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Under Flyway's lock: the newer program migrated after the first look. */
    private static boolean isByNewer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemaNumber.Newer) {
                return true;
            }
        }
        return false;
    }

    static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String remedy(@Nullable SQLException cause) {
        if (cause == null) { // Flyway's own: a history that is ahead of this version, or a migration that was changed
            return " — run the version of alohub-sync that migrated this database, or a newer one.";
        }
        return "42501".equals(cause.getSQLState())
                ? " — give the user the right to create the schema, or migrate with another user and set alohub.database.migrate=false."
                : " — mend what the server says, then start again: a migration that failed has changed nothing.";
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "no message"
                : message.strip().lines().findFirst().orElse("no message");
    }
}
