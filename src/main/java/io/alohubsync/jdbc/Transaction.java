package io.alohubsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * One short transaction on the hot path. The server ends a statement that takes too long
 * (application.properties); a network timeout ends it with an error a little later. A connection
 * whose session can't be used any more is thrown away.
 */
public final class Transaction {

    private static final int NETWORK_TIMEOUT_MILLIS = 30_000; // longer than any limit on the server's side
    private static final Executor SAME_THREAD = Runnable::run;

    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private Transaction() {}

    public static <T> T run(DataSource database, Work<T> work) throws SQLException {
        try {
            return committed(database, work);
        } catch (SQLException failure) {
            AbandonedSessions.endAfter(failure, database);
            throw failure;
        }
    }

    private static <T> T committed(DataSource database, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(SAME_THREAD, NETWORK_TIMEOUT_MILLIS);
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (Throwable failure) { // an Error too: an open transaction must not go back into the pool
                rollBack(connection, failure);
                throw failure;
            }
        }
    }

    /** One statement that only reads, without a transaction around it: a single round trip. */
    public static <T> T read(DataSource database, Work<T> query) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(SAME_THREAD, NETWORK_TIMEOUT_MILLIS);
            try {
                return query.in(connection);
            } catch (SQLException failure) {
                if (SqlFailure.endsSession(failure)) {
                    throwAway(connection);
                }
                throw failure;
            }
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            if (failure instanceof SQLException ended && SqlFailure.endsSession(ended)) {
                throwAway(connection);
            }
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }

    /**
     * Closes the connection below the pool: the pool finds it closed at the next use, and makes a
     * new one.
     */
    public static void throwAway(Connection connection) throws SQLException {
        connection.unwrap(PgConnection.class).abort(SAME_THREAD);
    }
}
