package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, whose synchronous standby is gone: each commit waits there for ever. */
class AbandonedSessionsIT {

    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    @Test
    void a_commit_that_waits_for_a_standby_leaves_no_session_behind(@TempDir Path folder) throws Exception {
        try (LocalPostgres server = LocalPostgres.start(Optional.of(folder.resolve("data")));
                Connection person = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = person.createStatement();
                AgroalDataSource pool = pool(server)) {
            statement.execute("CREATE TABLE written (n int)");
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = 'gone'");
            statement.execute("SELECT pg_reload_conf()");
            SQLException failure = assertThrows(SQLException.class, () -> write(pool));
            assertTrue(SqlFailure.isUnanswered(failure));
            Await.until("its session has ended", () -> one(statement, WAITING).equals("0"));
            statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
            statement.execute("SELECT pg_reload_conf()");
            write(pool);
            assertEquals("2", one(statement, "SELECT count(*) FROM written"), "the first one was made");
        }
    }

    private static void write(AgroalDataSource pool) throws SQLException {
        Transaction.run(pool, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO written VALUES (1)");
            }
        });
    }

    private static AgroalDataSource pool(LocalPostgres server) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .exceptionSorter(new PostgreSQLExceptionSorter()) // as in Quarkus
                        .connectionFactoryConfiguration(to -> to.jdbcUrl(server.url())
                                .initialSql(TestDatabase.SESSION)
                                .jdbcProperty("ApplicationName", "alohub-sync")
                                .principal(new NamePrincipal(server.user()))
                                .credential(new SimplePassword(server.password())))));
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
