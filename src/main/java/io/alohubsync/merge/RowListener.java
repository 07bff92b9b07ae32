package io.alohubsync.merge;

import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The listener: wakes the merge when a source commits a row. Sources notify only while rows are
 * rare; see the migration {@code R__3_triggers.sql}. All replicas listen. One of them is elected:
 * while rows are rare it holds the lock that makes sources notify, also while a row is merged, so
 * that a single row costs no statement before its merge. The merging loop alone uses it and owns
 * its connection. Should a notification fail, the loop polls at the poll interval.
 */
public final class RowListener implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RowListener.class);

    private static final Sql ELECT = Sql.named("merge/elect-listener");
    private static final Sql MAKE_SOURCES_NOTIFY = Sql.named("merge/make-sources-notify");
    private static final Sql STOP_NOTIFICATIONS = Sql.named("merge/stop-notifications");

    /** As in the migration: held by an idle listener, shared by sources that write. */
    private static final long IDLE_LOCK = 4705186213417410L;

    /** Held by the elected listener. */
    private static final long LISTENERS_LOCK = IDLE_LOCK + 1;

    /** A wait reads and sends nothing: only a statement shows that the other end is gone. */
    private static final Duration UNTESTED = Duration.ofSeconds(20);

    private static final Duration ANSWER = Duration.ofSeconds(10); // far above the wait for a lock
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(1);
    private static final int RARE = 20; // rows within a second: more of them, and sources need not notify
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration SLICE = Duration.ofSeconds(1); // a stop is seen that soon

    private final DataSource database;
    private final Duration pollInterval;
    private final LongSupplier nanoTime;
    private final Duration maxLockWait;
    private final Duration untested;
    private final Duration answer;
    private @Nullable Connection connection;
    private boolean elected;
    private boolean idle; // sources notify
    private boolean complained; // since notifications last arrived
    private long secondBegan;
    private int inSecond; // rows found since then
    private long answered; // when the last statement was

    public RowListener(DataSource database, Duration pollInterval, LongSupplier nanoTime) {
        this(database, pollInterval, nanoTime, UNTESTED, ANSWER);
    }

    /**
     * @param nanoTime the monotonic clock
     * @param untested so long after its last statement the connection is tested
     * @param answer   so long a statement waits for the server at most
     */
    RowListener(DataSource database, Duration pollInterval, LongSupplier nanoTime, Duration untested, Duration answer) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.untested = untested;
        this.answer = answer;
        this.pollInterval = pollInterval;
        this.maxLockWait = pollInterval.compareTo(MAX_LOCK_WAIT) < 0 ? pollInterval : MAX_LOCK_WAIT;
    }

    /**
     * To be called when no row was found. The first call only makes sources notify from now on, and
     * returns: one more scan finds what was committed without a notification until then. The next
     * calls wait for a notification. The lock stays held over a poll that finds nothing.
     *
     * @param atMost the poll interval, or less
     * @return whether rows are to be looked for; false: the time is over
     */
    boolean awaitNotification(Duration atMost, BooleanSupplier stopping) {
        try {
            PGConnection listening = listening();
            if (elected && !idle) {
                idle = lock();
                if (idle) {
                    return true; // for one more scan
                }
            }
            boolean notified = await(listening, atMost, stopping);
            complained = false;
            return notified;
        } catch (SQLException failure) {
            if (!complained) {
                LOG.warnf("LISTEN does not work, rows are polled for (%s)", DatabaseTrouble.inLog(failure));
                complained = true;
            }
            close();
            pause();
            return true;
        }
    }

    /** Every source that commits a row notifies now. */
    boolean isNotified() {
        return idle;
    }

    /**
     * Rows were found. Where they are many, sources need not notify: their commits would wait for
     * each other.
     */
    void found(int rows) {
        long now = nanoTime.getAsLong();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            inSecond = 0;
        }
        inSecond += rows;
        if (idle && inSecond > RARE) {
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
            current.setNetworkTimeout(Runnable::run, (int) answer.toMillis());
            execute("LISTEN alohub_rows");
        }
        if (!elected) {
            elected = ELECT.on(current).set("lock", LISTENERS_LOCK).query(row -> row.next() && row.getBoolean(1));
        }
        return current.unwrap(PGConnection.class);
    }

    /**
     * Waits for every source that has written without a notification and not committed yet; false:
     * one takes long.
     */
    private boolean lock() throws SQLException {
        try {
            MAKE_SOURCES_NOTIFY
                    .on(connected())
                    .set("lock", IDLE_LOCK)
                    .set("wait", String.valueOf(maxLockWait.toMillis()))
                    .query(ResultSet::next);
            return true;
        } catch (SQLException failure) {
            if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                return false; // rows are polled for as long as that one is open
            }
            throw failure;
        }
    }

    /** Ends with a notification, a stop or the time. @return false: with the time */
    private boolean await(PGConnection listening, Duration atMost, BooleanSupplier stopping) throws SQLException {
        if (elected && !idle) {
            return true;
        }
        long end = nanoTime.getAsLong() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && !stopping.getAsBoolean(); left = end - nanoTime.getAsLong()) {
            test();
            int millis = (int) Math.max(1, Math.min(SLICE.toMillis(), left / 1_000_000));
            if (listening.getNotifications(millis).length > 0) {
                return true;
            }
        }
        return stopping.getAsBoolean();
    }

    /**
     * After a failover without a word the old connection would wait for ever, and no source would
     * notify the new primary's listener. What arrives meanwhile is kept for the next look.
     */
    private void test() throws SQLException {
        if (nanoTime.getAsLong() - answered > untested.toNanos()) {
            execute("SELECT 1");
        }
    }

    private void unlock() throws SQLException {
        if (idle) {
            STOP_NOTIFICATIONS.on(connected()).set("lock", IDLE_LOCK).query(ResultSet::next);
            idle = false;
        }
    }

    /** LISTEN and UNLISTEN take no parameters, and cannot be explained. */
    private void execute(String sql) throws SQLException {
        try (Statement statement = connected().createStatement()) {
            statement.execute(sql);
        }
        answered = nanoTime.getAsLong();
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

    /** Gives up the locks and the subscription, and returns the connection to the pool. */
    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        elected = false;
        idle = false;
        if (current == null) {
            return;
        }
        try (current;
                Statement statement = current.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all(); UNLISTEN *");
        } catch (SQLException broken) {
            LOG.debug("The LISTEN connection is lost", broken);
        }
    }
}
