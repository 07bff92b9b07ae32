package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.delivery.HotPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources and people call works in their sessions, whatever they have set there. */
class SessionsOfOthersIT {

    private static final List<String> PHONES = List.of("0868793800", "+84868793800", "84 868 793 800", "868793800");

    private final HotPath path = new HotPath();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standard_conforming_strings = off",
                "search_path = ''",
                "default_transaction_isolation = 'serializable'",
                "transform_null_equals = on",
                "TimeZone = 'Asia/Kathmandu'",
                "bytea_output = 'escape'",
                "IntervalStyle = 'postgres_verbose'",
                "alohub.notify = 'perhaps'"
            })
    void writing_and_operating_work_with(String setting) throws SQLException {
        try (Connection session = path.database.dataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("SET " + setting);
            statement.execute("INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0868793800', 'A')");
            statement.execute("INSERT INTO alohub.customer_inbox (id, phone, name) VALUES (7, '0868793800', 'B')");
            statement.execute("SELECT alohub.enqueue_customer(phone => '0868793800', name => 'C')");
            path.merge();
            path.deliver();
            for (String phone : PHONES) {
                assertEquals("PENDING", one(statement, "SELECT alohub.retry('" + phone + "', reason => 'again')"));
                assertEquals("HELD", one(statement, "SELECT alohub.hold('" + phone + "', reason => 'no calls')"));
                assertEquals("PENDING", one(statement, "SELECT alohub.release('" + phone + "')"));
            }
            path.deliver();
            assertEquals("1", one(statement, "SELECT queued FROM alohub.resync(account => 'default')"));
            assertEquals("PAUSED", one(statement, "SELECT alohub.pause(reason => 'stocktaking')"));
            assertEquals("RECOVERING", one(statement, "SELECT alohub.resume()"));
            for (String view : List.of("sync_status", "outbox_status", "account_status", "status_counts")) {
                assertTrue(Integer.parseInt(one(statement, "SELECT count(*) FROM alohub." + view)) > 0, view);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"off, local", "local, local", "on, on", "remote_apply, remote_apply"})
    void commits_of_the_daemon_are_on_the_disk_whatever_the_database_says(String ofDatabase, String ofDaemon)
            throws SQLException {
        path.database.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = " + ofDatabase
                + "', current_database()); END $$");
        try (Connection daemon = path.database.daemonConnection();
                Statement statement = daemon.createStatement()) {
            assertEquals(ofDaemon, one(statement, "SHOW synchronous_commit"));
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            assertTrue(row.next(), sql);
            return row.getString(1);
        }
    }
}
