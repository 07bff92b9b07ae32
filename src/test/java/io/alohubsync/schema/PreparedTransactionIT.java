package io.alohubsync.schema;

import static io.alohubsync.schema.Statements.execute;
import static io.alohubsync.schema.Statements.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Two-phase commit of a source, on a server of its own that allows it. */
class PreparedTransactionIT {

    /** As in the migration and in the daemon's RowListener. */
    private static final String SLEEPS = "SELECT pg_advisory_lock(4705186213417410)";

    private static final String INSERT = "INSERT INTO alohub.customer_outbox (phone) VALUES ('0868793800')";

    private static EmbeddedPostgres server;
    private Connection daemon;
    private Connection source;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "10")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
        Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .schemas("alohub")
                .load()
                .migrate();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        daemon = server.getPostgresDatabase().getConnection();
        source = server.getPostgresDatabase().getConnection();
        execute(daemon, SLEEPS);
        execute(daemon, "LISTEN alohub_rows");
    }

    @AfterEach
    void disconnect() throws SQLException {
        source.close();
        daemon.close();
    }

    private void prepare(String name) throws SQLException {
        source.setAutoCommit(false);
        execute(source, INSERT);
        execute(source, "PREPARE TRANSACTION '" + name + "'");
        source.setAutoCommit(true);
    }

    private int notifications() throws SQLException {
        execute(daemon, "SELECT 1");
        return daemon.unwrap(PGConnection.class).getNotifications().length;
    }

    @Test
    void a_source_prepares_its_transaction_while_the_daemon_sleeps_and_notifies_if_it_is_set_to() throws SQLException {
        prepare("one");
        execute(source, "COMMIT PREPARED 'one'");
        assertEquals("1", one(source, "SELECT count(*) FROM alohub.customer_outbox"));
        execute(source, INSERT);
        assertEquals(0, notifications());

        execute(source, "SET alohub.notify = 'on'");
        execute(source, INSERT);
        assertEquals(1, notifications());
        assertThrows(SQLException.class, () -> prepare("two"), "who wants to be heard at once can't prepare");
        source.rollback();
        source.setAutoCommit(true);
        execute(source, "SET alohub.notify = 'nonsense'");
        prepare("three");
        execute(source, "COMMIT PREPARED 'three'");
    }

    @Test
    void a_transaction_that_stays_prepared_lets_others_insert_and_the_daemon_poll() throws SQLException {
        execute(daemon, "SELECT pg_advisory_unlock_all()");
        prepare("forgotten");
        assertEquals("f", one(daemon, "SELECT pg_try_advisory_lock(4705186213417410)"), "it polls");
        execute(source, "SET statement_timeout = '2s'");
        execute(source, INSERT);
        execute(source, "ROLLBACK PREPARED 'forgotten'");
        assertEquals("t", one(daemon, "SELECT pg_try_advisory_lock(4705186213417410)"), "it is idle again");
    }
}
