package io.alohubsync.worker;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Looks five times a second whether somebody waits for the outbox because of a migration, and cancels the migration's statement once
 * that has lasted 1.5 s. The lock timeout bounds how long one statement waits; this bounds what a source waits, however many locks a
 * migration takes and however long it holds them.
 */
final class SourcesFirst implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SourcesFirst.class);
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    /** The user may cancel its own statements. Before the first migration there is no outbox, and nobody waits. */
    private static final String CANCEL = """
            SELECT pg_cancel_backend(migrating.pid)
            FROM pg_locks waiting
            CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
            JOIN pg_stat_activity migrating ON migrating.pid = blocking.pid AND migrating.application_name = '%s'
            WHERE NOT waiting.granted
              AND waiting.locktype = 'relation'
              AND waiting.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND waiting.relation = to_regclass('alohub.customer_outbox')
              AND waiting.waitstart < clock_timestamp() - interval '1500 ms'""".formatted(Migration.APPLICATION_NAME);

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
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                while (!over) {
                    statement.execute(CANCEL);
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
                }
            } catch (SQLException away) {
                LOG.debugf("Nobody watches over the migration's locks (SQLSTATE %s)", away.getSQLState());
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
