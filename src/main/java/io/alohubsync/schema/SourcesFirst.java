package io.alohubsync.schema;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Checks five times a second whether a session waits for the outbox or the inbox because of a
 * migration, and cancels the migration's statement once that has lasted 1.5 s. The lock timeout
 * bounds how long one statement waits; this bounds what a source waits, however many locks a
 * migration takes and however long it holds them. Its own thread checks; the thread that migrates
 * starts and closes it.
 */
final class SourcesFirst implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SourcesFirst.class);
    /** Of the connections of a migration, for pg_stat_activity and for the statement below. */
    static final String APPLICATION_NAME = "alohub-sync migrate";

    private static final long BETWEEN_LOOKS_MILLIS = 200;

    private static final Sql CANCEL = Sql.named("schema/cancel-migration");

    private final DataSource database;
    private final Thread thread;
    private volatile boolean over;

    private SourcesFirst(DataSource database) {
        this.database = database;
        this.thread = Thread.ofPlatform().daemon().name("sources-first").start(this::watch);
    }

    static SourcesFirst watch(DataSource database) {
        return new SourcesFirst(database);
    }

    private void watch() {
        while (!over) {
            try (Connection connection = database.getConnection()) {
                while (!over) {
                    CANCEL.on(connection)
                            .set("application_name", APPLICATION_NAME)
                            .list(row -> row.getBoolean(1));
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
                }
            } catch (SQLException away) {
                LOG.debugf("The migration's locks are not watched (SQLSTATE %s)", away.getSQLState());
                pause();
            } catch (RuntimeException fault) {
                LOG.debugf(
                        "The migration's locks are not watched (%s)",
                        fault.getClass().getName());
                pause();
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException closed) {
            over = true;
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
