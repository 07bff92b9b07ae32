package io.alohubsync.merge;

import io.alohubsync.jdbc.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Wakes the merge when a source commits a row, without a cost for sources while it is awake: see the migration
 * {@code R__3_triggers.sql}. One of the replicas, the keeper, holds the lock that makes writers ring; all of them listen. Used by
 * one thread. Whatever goes wrong here, the poll interval is the net below.
 */
public final class RowListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RowListener.class);

    /** As in the migration: held by one that sleeps, shared by sources that write. */
    private static final long IDLE_LOCK = 4705186213417410L;

    private static final long LISTENERS_LOCK = IDLE_LOCK + 1;
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000; // far above the waits for a lock and for a notification
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(500); // a stop is seen that soon

    private final DataSource database;
    private final Duration pollInterval;
    private final Duration maxLockWait;
    private @Nullable Connection connection;
    private boolean keeper;
    private boolean locked;
    private boolean complained;

    public RowListener(DataSource database, Duration pollInterval) {
        this.database = database;
        this.pollInterval = pollInterval;
        this.maxLockWait = pollInterval.compareTo(MAX_LOCK_WAIT) < 0 ? pollInterval : MAX_LOCK_WAIT;
    }

    /**
     * Called when there was nothing to do. The first time it only makes sources ring from now on: what was committed without a
     * ring until then is found by one more look. From the second time on it sleeps until somebody rings; who wakes for a poll and
     * finds nothing keeps the lock, and goes on sleeping.
     *
     * @param atMost the poll interval, or less
     */
    void awaitNotification(Duration atMost, BooleanSupplier stopping) {
        try {
            PGConnection listening = listening();
            if (keeper && !locked) {
                locked = lock();
                if (locked) {
                    return; // look once more
                }
            }
            if (sleep(listening, atMost, stopping)) {
                unlock();
            }
            complained = false;
        } catch (SQLException failure) {
            if (!complained) {
                LOG.warnf("Notifications do not arrive, rows are polled for (%s)", SqlFailure.describe(failure));
                complained = true;
            }
            close();
            pause();
        }
    }

    /** There is something to do: sources need not ring. */
    void wake() {
        if (locked) {
            try {
                unlock();
            } catch (SQLException failure) {
                close();
            }
        }
    }

    private PGConnection listening() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = database.getConnection();
            connection = current;
            current.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            execute("LISTEN alohub_rows");
        }
        if (!keeper) {
            keeper = query("SELECT pg_try_advisory_lock(" + LISTENERS_LOCK + ")");
        }
        return current.unwrap(PGConnection.class);
    }

    /** Waits for every source that has written without a ring and not committed yet; false: one takes long. */
    private boolean lock() throws SQLException {
        try {
            // The limit is this transaction's alone: the session's own is the pool's.
            execute("SELECT set_config('lock_timeout', '" + maxLockWait.toMillis()
                    + "', true); SELECT pg_advisory_lock(" + IDLE_LOCK + ")");
            return true;
        } catch (SQLException failure) {
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                return false; // rows are polled for as long as that one is open
            }
            throw failure;
        }
    }

    /** @return whether somebody rang */
    private boolean sleep(PGConnection listening, Duration atMost, BooleanSupplier stopping) throws SQLException {
        if (keeper && !locked) {
            return false;
        }
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && !stopping.getAsBoolean(); left = end - System.nanoTime()) {
            int millis = (int) Math.max(1, Math.min(SLICE.toMillis(), left / 1_000_000));
            if (listening.getNotifications(millis).length > 0) {
                return true;
            }
        }
        return false;
    }

    private void unlock() throws SQLException {
        if (locked) {
            execute("SELECT pg_advisory_unlock(" + IDLE_LOCK + ")");
            locked = false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connected().createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean query(String sql) throws SQLException {
        try (Statement statement = connected().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private Connection connected() throws SQLException {
        Connection current = connection;
        if (current == null) {
            throw new SQLException("not connected");
        }
        return current;
    }

    private void pause() {
        try {
            Thread.sleep(pollInterval);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves nothing behind on the connection. */
    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        keeper = false;
        locked = false;
        if (current == null) {
            return;
        }
        try (current;
                Statement statement = current.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all(); UNLISTEN *");
        } catch (SQLException broken) {
            LOG.debug("The connection for notifications is gone", broken);
        }
    }
}
