package io.alohubsync;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.alohubsync.demo.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of a test's own, on the one server that all tests of this JVM share. */
public final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** What the daemon sets on its connections. */
    public static final String SESSION = setting("quarkus.datasource.jdbc.new-connection-sql");

    private static final KeptConnections CONNECTIONS = new KeptConnections();

    private final String url;

    private TestDatabase(String url) {
        this.url = url;
    }

    /** Started with the first test that needs it, stopped with the JVM. */
    public static final class Server {
        static final LocalPostgres POSTGRES = started();

        private Server() {}

        private static LocalPostgres started() {
            LocalPostgres postgres = LocalPostgres.start(Optional.empty());
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return postgres;
        }

        public static LocalPostgres get() {
            return POSTGRES;
        }
    }

    /** Without the schema: the daemon's own start brings it. */
    public static TestDatabase empty() {
        return created("");
    }

    /** @param how the options of CREATE DATABASE */
    public static TestDatabase empty(String how) {
        return created(" " + how);
    }

    /** A copy of one that was migrated once: far quicker than migrating each. */
    public static TestDatabase migrated() {
        return created(" TEMPLATE " + Template.NAME);
    }

    private static final class Template {
        static final String NAME = migratedOnce();

        private static String migratedOnce() {
            TestDatabase database = empty();
            Flyway.configure()
                    .dataSource(database.url, Server.get().user(), Server.get().password())
                    .schemas("alohub")
                    .load()
                    .migrate();
            return database.name();
        }
    }

    /**
     * As a version whose triggers were others: the next migration replaces them, for which it needs
     * the outbox's lock.
     */
    public void migrateWithOlderTriggers() {
        Flyway.configure().dataSource(dataSource()).schemas("alohub").load().migrate();
        execute("DROP TRIGGER notify_idle_listener ON alohub.customer_outbox;"
                + " UPDATE alohub.flyway_schema_history SET checksum = 0 WHERE script = 'R__3_triggers.sql'");
    }

    public boolean triggersAreReplaced() {
        return one("SELECT 1 FROM pg_trigger WHERE tgname = 'notify_idle_listener'") != null;
    }

    private static TestDatabase created(String how) {
        String name = "alohub_test" + NUMBER.incrementAndGet();
        String server = Server.get().url();
        new TestDatabase(server)
                .execute("DROP DATABASE IF EXISTS " + name); // of an earlier run, on a server that was named
        new TestDatabase(server).execute("CREATE DATABASE " + name + how);
        return new TestDatabase(server.replaceFirst("(//[^/]+/)[^?]+", "$1" + name));
    }

    /** A setting that the program is built with. */
    public static String setting(String name) {
        try (InputStream file = TestDatabase.class.getResourceAsStream("/application.properties")) {
            Properties settings = new Properties();
            settings.load(file);
            return settings.getProperty(name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String name() {
        return url.replaceFirst(".*//[^/]+/([^?]+).*", "$1");
    }

    public String url() {
        return url;
    }

    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setPassword(Server.get().password());
        return source;
    }

    /** Connections that are kept when they are closed; each begins as a new session does. */
    public DataSource keptConnections() {
        return (DataSource) Proxy.newProxyInstance(
                TestDatabase.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return CONNECTIONS.lend(url, dataSource());
                });
    }

    public String urlWithoutLogin() {
        return url.replaceAll("(?<=[?&])(user|password)=[^&]*&?", "").replaceFirst("[?&]$", "");
    }

    /** A user of its own for this database, in these group roles. It goes with the server. */
    public Connection login(String user, String... roles) throws SQLException {
        String name = name() + "_" + user;
        if (one("SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'") == null) {
            execute("CREATE ROLE " + name + " LOGIN PASSWORD 'secret'");
            for (String role : roles) {
                execute("GRANT " + role + " TO " + name);
            }
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(urlWithoutLogin());
        source.setUser(name);
        source.setPassword("secret");
        return source.getConnection();
    }

    /** Connections as the daemon has them. */
    public Connection daemonConnection() throws SQLException {
        Connection connection = dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
        return connection;
    }

    /**
     * One connection, as the daemon's pool makes it. Every caller gets the same one, unless it was
     * evicted. To be closed.
     */
    public AgroalDataSource daemonPool() {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(settings -> settings.maxSize(1)
                            .acquisitionTimeout(Duration.ofSeconds(5))
                            .exceptionSorter(new PostgreSQLExceptionSorter()) // as in Quarkus
                            .connectionFactoryConfiguration(to -> to.jdbcUrl(url)
                                    .initialSql(SESSION)
                                    .principal(new NamePrincipal(Server.get().user()))
                                    .credential(new SimplePassword(Server.get().password())))));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void execute(String sql) {
        onConnection(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** The first column of the first row, as text; null where that is null or there is no row. */
    public String one(String sql) {
        List<String> column = column(sql);
        return column.isEmpty() ? null : column.getFirst();
    }

    public List<String> column(String sql) {
        return onConnection(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (result.next()) {
                    values.add(result.getString(1));
                }
                return values;
            }
        });
    }

    private <T> T onConnection(KeptConnections.Work<T> work) {
        try {
            return CONNECTIONS.use(url, dataSource(), work);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    /** @return the id */
    public long insert(String phone, String name, String email) {
        return Long.parseLong(one("INSERT INTO alohub.customer_outbox (phone, name, email) VALUES (" + literal(phone)
                + ", " + literal(name) + ", " + literal(email) + ") RETURNING id"));
    }

    public String rowStatus(long row) {
        return one("SELECT status FROM alohub.outbox_status WHERE id = " + row);
    }

    public String status(String e164) {
        return one("SELECT status FROM alohub.sync_status WHERE phone = '" + e164 + "'");
    }

    /**
     * Ends all connections and lets no new ones in, or lets them in again: for the daemon the
     * database is away.
     */
    public void cutOff(boolean away) {
        newSession();
        TestDatabase server = new TestDatabase(Server.get().url());
        server.execute("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS " + !away);
        if (away) {
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name() + "'");
        }
    }

    /**
     * As a failover to a standby leaves it, or brings it back: for sessions that begin from now on.
     */
    public void readOnly(boolean readOnly) {
        new TestDatabase(Server.get().url())
                .execute("ALTER DATABASE " + name() + " SET default_transaction_read_only = " + readOnly);
        newSession();
    }

    private void newSession() {
        try {
            CONNECTIONS.drop(url);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String literal(String text) {
        return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
    }
}
