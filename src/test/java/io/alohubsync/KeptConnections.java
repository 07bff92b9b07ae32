package io.alohubsync;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * The connections of the tests' own statements, kept from one statement to the next. A connection
 * for each look of a test that waits costs 17 ms of CPU time, twenty times as much as the look
 * itself. Each statement finds a session as new: DISCARD ALL. Shared by all threads of the tests,
 * guarded by its lock.
 */
final class KeptConnections {

    private static final int MOST = 8;
    private static final int SECONDS_TO_ANSWER = 5;

    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Map<String, Connection> idle = new LinkedHashMap<>();

    <T> T use(String url, DataSource source, Work<T> work) throws SQLException {
        Connection connection = taken(url, source);
        boolean ok = false;
        try {
            T result = work.on(connection);
            ok = true;
            return result;
        } finally {
            if (ok && isClean(connection)) {
                keep(url, connection);
            } else {
                connection.close();
            }
        }
    }

    /** One that comes back here when it is closed. */
    Connection lend(String url, DataSource source) throws SQLException {
        Connection lent = taken(url, source);
        AtomicBoolean isBack = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                KeptConnections.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        if (isBack.compareAndSet(false, true)) {
                            takeBack(url, lent);
                        }
                        return null;
                    }
                    try {
                        return method.invoke(lent, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private void takeBack(String url, Connection lent) throws SQLException {
        if (!lent.isClosed() && !lent.getAutoCommit()) {
            lent.rollback();
            lent.setAutoCommit(true);
        }
        if (!lent.isClosed() && isClean(lent)) {
            keep(url, lent);
        } else {
            lent.close();
        }
    }

    private Connection taken(String url, DataSource source) throws SQLException {
        Connection kept = remove(url);
        if (kept == null) {
            return source.getConnection();
        }
        if (kept.isValid(SECONDS_TO_ANSWER)) {
            return kept;
        }
        kept.close();
        return source.getConnection();
    }

    private static boolean isClean(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DISCARD ALL");
            return true;
        } catch (SQLException inATransactionOrGone) {
            return false;
        }
    }

    private synchronized Connection remove(String url) {
        return idle.remove(url);
    }

    private synchronized void keep(String url, Connection connection) throws SQLException {
        Connection other = idle.put(url, connection);
        if (other != null) {
            other.close();
        }
        if (idle.size() > MOST) {
            Iterator<Connection> oldest = idle.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }

    /** The next statement begins a session: with the settings that its database has now. */
    void drop(String url) throws SQLException {
        Connection kept = remove(url);
        if (kept != null) {
            kept.close();
        }
    }
}
