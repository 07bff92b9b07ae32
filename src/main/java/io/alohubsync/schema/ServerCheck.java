package io.alohubsync.schema;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.SimplePassword;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server, before anything is migrated or written, for faults that do not pass by waiting:
 * its version, its encoding, and whether a pooler shares its sessions or reuses them as they are.
 * On connections of its own, which leave nothing on a session that others use.
 */
public final class ServerCheck {

    private static final int OLDEST_VERSION = 150_000;
    private static final int ROUNDS = 5;
    private static final String PARAMETER = "22";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private static final Sql SERVER = Sql.named("schema/read-server");
    private static final String SESSION = "SELECT pg_backend_pid()";

    /** A setting and a prepared statement, which end with their session. */
    private static final String MARK =
            "SET alohub_sync.pooler = 'kept'; PREPARE alohub_sync_pooler AS SELECT pg_backend_pid()";

    private static final String UNMARK = "SET alohub_sync.pooler = '';"
            + " DO $$ BEGIN DEALLOCATE alohub_sync_pooler; EXCEPTION WHEN invalid_sql_statement_name THEN NULL; END $$";

    /** True, false, or null for false. */
    private static final String IS_USED =
            "SELECT current_setting('alohub_sync.pooler', true) = 'kept' OR EXISTS (SELECT FROM pg_prepared_statements)";

    /** Opens connections of its own to the server. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    private final Connections connections;

    public ServerCheck(Connections connections) {
        this.connections = connections;
    }

    /** To the same server as the pool, by the driver alone. */
    static Connections beside(AgroalDataSource pool) {
        AgroalConnectionFactoryConfiguration to =
                pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        Properties properties = new Properties();
        properties.putAll(to.jdbcProperties());
        if (to.principal() != null) {
            properties.setProperty("user", to.principal().getName());
        }
        for (Object credential : to.credentials()) {
            if (credential instanceof SimplePassword password) {
                properties.setProperty("password", password.getWord());
            }
        }
        return () -> DriverManager.getConnection(to.jdbcUrl(), properties);
    }

    /**
     * To the server at that address.
     *
     * @param user null: as the address says, or the driver's default; so is the password
     */
    public static Connections to(String url, @Nullable String user, @Nullable String password) {
        return to(url, user, password, new Properties());
    }

    /** @param properties further ones of the driver's */
    public static Connections to(String url, @Nullable String user, @Nullable String password, Properties properties) {
        Properties all = new Properties();
        all.putAll(properties);
        if (user != null) {
            all.setProperty("user", user);
        }
        if (password != null) {
            all.setProperty("password", password);
        }
        return () -> DriverManager.getConnection(url, all);
    }

    /**
     * @throws Migration.Unusable the server can't be used; the message is a sentence with the
     *         remedy
     * @throws SQLException       the server could not be asked
     */
    public void run() throws SQLException {
        try {
            ask();
            handedOn();
        } catch (SQLException failure) {
            if (failure.getSQLState() != null && failure.getSQLState().startsWith(PARAMETER)) {
                throw new Migration.Unusable(
                        "the driver or the server refuses a parameter of quarkus.datasource.jdbc.url (SQLSTATE "
                                + failure.getSQLState() + "): correct or remove it.");
            }
            throw failure;
        }
    }

    private void ask() throws SQLException {
        try (Connection one = connections.open();
                Connection other = connections.open()) {
            server(one);
            session(one, other);
            mark(one, other);
        }
    }

    private record Server(int number, String version, String encoding, String database) {}

    private static void server(Connection connection) throws SQLException {
        Server server = SERVER.on(connection).query(row -> {
            row.next();
            return new Server(row.getInt(1), row.getString(2), row.getString(3), row.getString(4));
        });
        if (server.number < OLDEST_VERSION) {
            throw new Migration.Unusable(
                    "the server is PostgreSQL " + server.version
                            + ", and alohub-sync needs 15 or newer: upgrade it, or keep the schema alohub in a database of a newer server.");
        }
        if (!server.encoding.equals("UTF8")) {
            throw new Migration.Unusable(
                    "the database " + server.database + " has the encoding "
                            + server.encoding
                            + ", and alohub-sync needs UTF8: create a database with ENCODING 'UTF8' and let the sources write there.");
        }
    }

    /**
     * Two sessions that are open at the same time have two backends, each always the same, unless a
     * pooler shares them.
     */
    private static void session(Connection one, Connection other) throws SQLException {
        Set<Integer> ones = new HashSet<>();
        Set<Integer> others = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            ones.add(backend(one));
            others.add(backend(other));
        }
        boolean shared = ones.stream().anyMatch(others::contains);
        if (shared || ones.size() > 1 || others.size() > 1) {
            throw new Migration.Unusable(
                    "quarkus.datasource.jdbc.url leads to a pooler that shares sessions (PgBouncer with"
                            + " pool_mode = transaction or statement), where settings and locks of alohub-sync would reach other programs:"
                            + " set it to the database's own address, or to a pool with pool_mode = session.");
        }
    }

    /** A new session has no past, unless a pooler has given it to another client before. */
    private static void mark(Connection one, Connection other) throws SQLException {
        if (isUsed(one) || isUsed(other)) {
            throw new Migration.Unusable(Migration.HANDED_ON);
        }
        execute(one, MARK);
        execute(other, MARK);
    }

    private void handedOn() throws SQLException {
        try (Connection one = connections.open();
                Connection other = connections.open()) {
            boolean used = isUsed(one) | isUsed(other);
            if (used) {
                execute(one, UNMARK);
                execute(other, UNMARK);
                throw new Migration.Unusable(Migration.HANDED_ON);
            }
        } catch (SQLException failure) {
            if (!TOO_MANY_CONNECTIONS.equals(failure.getSQLState())) { // of the two before, which end just now
                throw failure;
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isUsed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_USED)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SESSION)) {
            row.next();
            return row.getInt(1);
        }
    }
}
