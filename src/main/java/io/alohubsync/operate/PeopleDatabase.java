package io.alohubsync.operate;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.FlushMode;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/**
 * The database for console and API: a few connections of their own ({@link PeoplePool}), and an
 * answer within two seconds: a result, or {@link Unavailable}. A request that reads several times
 * has these two seconds for all of them together ({@link RequestWait}). Used by any thread.
 */
@ApplicationScoped
public class PeopleDatabase {

    /**
     * From the begin of a request to its end. The server ends a single statement a little earlier,
     * and keeps the connection.
     */
    private static final Duration PATIENCE = Duration.ofMillis(1900);

    private static final Duration SHORTER = Duration.ofMillis(100);

    /** A connection is waited for until so much of the time is left. */
    private static final Duration OF_THE_WORK = Duration.ofMillis(400);

    private static final int COMMIT_MILLIS = 5000;
    private static final Sql ACT_AS = Sql.named("operate/act-as");
    private static final Sql ACT_FOR_BULK = Sql.named("operate/act-for-bulk");

    private final Duration patience;
    private final PeoplePool pool;
    private final Semaphore turns = new Semaphore(PeoplePool.MOST, true); // for its connections
    private final SessionFactory entities;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("people-deadlines").daemon().factory());

    @Inject
    public PeopleDatabase(AgroalDataSource loops, SessionFactory entities) {
        this(loops, entities, PATIENCE);
    }

    /** @param patience from the begin of a request to its end */
    PeopleDatabase(AgroalDataSource loops, SessionFactory entities, Duration patience) {
        this.patience = patience;
        this.entities = entities;
        this.pool = new PeoplePool(loops, patience.minus(SHORTER));
    }

    /** Statements that read, each of its own snapshot. @throws Unavailable */
    public <T> T read(Transaction.Work<T> reading) {
        return within(false, (connection, deadline) -> reading.in(connection));
    }

    /**
     * A transaction in the name of that person, which entries of the audit carry.
     *
     * @throws Unavailable nothing is done, or it is not known whether
     */
    public <T> T act(Actor actor, Transaction.Work<T> acting) {
        return within(true, (connection, deadline) -> {
            connection.setAutoCommit(false);
            try {
                writable(connection, actor);
                T result = acting.in(connection);
                deadline.cancel(false); // a commit that was begun has an end of its own
                connection.setNetworkTimeout(Runnable::run, COMMIT_MILLIS);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (Throwable failure) { // an Error too: an open transaction must not go back into the pool
                rollBack(connection, failure);
                throw failure;
            }
        });
    }

    /** What is read as entities. */
    public interface Entities<T> {
        T in(Session session) throws SQLException;
    }

    /**
     * Entities on a connection that {@link #read} or {@link #act} has lent: for what is read by its
     * key or in the order of its ids. Other reads are statements in files (docs/adr/0047).
     */
    public <T> T entities(Connection connection, Entities<T> reading) throws SQLException {
        try (Session session = entities.withOptions().connection(connection).openSession()) {
            session.setDefaultReadOnly(true);
            session.setHibernateFlushMode(FlushMode.MANUAL);
            return reading.in(session);
        }
    }

    private static void writable(Connection connection, Actor actor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION READ WRITE");
        }
        actAs(connection, actor);
    }

    /** For the rest of the transaction. */
    public static void actAs(Connection connection, Actor actor) throws SQLException {
        ACT_AS.on(connection)
                .set("person", actor.name())
                .set("way", actor.way().name())
                .list(row -> row.getString(1));
    }

    /** As a part of that action on a group, for the rest of the transaction. */
    public static void actForBulk(Connection connection, String action) throws SQLException {
        ACT_FOR_BULK.on(connection).set("action", action).list(row -> row.getString(1));
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    /** Work that may end its deadline. */
    private interface Timed<T> {
        T in(Connection connection, Future<?> deadline) throws SQLException;
    }

    private <T> T within(boolean acts, Timed<T> work) {
        AtomicLong waited = RequestWait.soFar();
        long begun = System.nanoTime();
        long time = patience.toNanos() - waited.get();
        try {
            if (!takeTurn(Math.min(time, patience.minus(OF_THE_WORK).toNanos()))) {
                throw new Unavailable(Unavailable.Why.SLOW, new SQLTimeoutException("no time is left"));
            }
            return inTurn(acts, work, begun + time);
        } finally {
            waited.addAndGet(System.nanoTime() - begun);
        }
    }

    private boolean takeTurn(long nanos) {
        try {
            return nanos > 0 && turns.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T inTurn(boolean acts, Timed<T> work, long until) {
        AtomicBoolean late = new AtomicBoolean();
        try (Connection connection = Acquisition.of(pool, until - System.nanoTime(), deadlines)) {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
            connection.setNetworkTimeout(Runnable::run, COMMIT_MILLIS + (int) patience.toMillis());
            Future<?> deadline = deadlines.schedule(() -> abort(connection, late), left, TimeUnit.MILLISECONDS);
            try {
                return result(work, connection, deadline);
            } catch (SQLException failure) {
                if (SqlFailure.endsSession(failure)) {
                    Transaction.throwAway(connection);
                }
                throw failure;
            } finally {
                deadline.cancel(false);
            }
        } catch (SQLException failure) {
            throw Failures.of(failure, acts, late.get());
        } finally {
            turns.release();
        }
    }

    private static <T> T result(Timed<T> work, Connection connection, Future<?> deadline) throws SQLException {
        try {
            return work.in(connection, deadline);
        } catch (JDBCException ofEntities) {
            throw ofEntities.getSQLException();
        }
    }

    private static void abort(Connection connection, AtomicBoolean late) {
        late.set(true);
        try {
            Transaction.throwAway(connection);
        } catch (SQLException gone) {
            late.set(true); // it has ended by itself
        }
    }

    @PreDestroy
    public void close() {
        deadlines.shutdownNow();
        pool.close();
    }
}
