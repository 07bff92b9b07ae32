package io.alohubsync.customer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** One short transaction on the hot path. A network that went dead ends it with an error, not with a wait. */
public final class Transaction {

    private static final int NETWORK_TIMEOUT_MILLIS = 30_000;
    private static final Executor SAME_THREAD = Runnable::run;

    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private Transaction() {}

    public static <T> T run(DataSource database, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(SAME_THREAD, NETWORK_TIMEOUT_MILLIS);
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            } catch (Throwable failure) { // an Error too: a transaction left open would go back into the pool
                rollBack(connection, failure);
                throw failure;
            }
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException gone) {
            failure.addSuppressed(gone);
        }
    }
}
