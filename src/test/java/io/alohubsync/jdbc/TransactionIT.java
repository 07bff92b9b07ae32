package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.quarkus.runtime.configuration.DurationConverter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions on the daemon's pool and its session settings, on the real server. */
class TransactionIT {

    private static final Duration CLIENT_LIMIT = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.migrated();
    private final AgroalDataSource pool = database.daemonPool();

    @AfterEach
    void close() {
        pool.close();
    }

    private String one(String sql) throws SQLException {
        return Transaction.run(pool, connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private int write() throws SQLException {
        return Transaction.run(
                pool,
                connection -> connection.createStatement().executeUpdate("UPDATE alohub.account SET throttles = 0"));
    }

    @ParameterizedTest
    @CsvSource({
        "lock_timeout",
        "statement_timeout",
        "idle_in_transaction_session_timeout",
        "client_connection_check_interval",
        "tcp_user_timeout"
    })
    void the_server_gives_up_before_the_client_does(String limit) throws SQLException {
        Duration set = Duration.ofMillis(Long.parseLong(
                one("SELECT setting::bigint * CASE unit WHEN 's' THEN 1000 ELSE 1 END FROM pg_settings WHERE name = '"
                        + limit + "'")));
        boolean unknownHere = limit.equals("tcp_user_timeout")
                && !System.getProperty("os.name").equals("Linux");
        assertTrue(unknownHere || (set.isPositive() && set.compareTo(CLIENT_LIMIT) < 0), limit + " is " + set);
    }

    @Test
    void a_client_that_is_gone_without_a_word_is_noticed_before_the_client_gives_up() throws SQLException {
        int seconds = Integer.parseInt(one("SELECT sum(CASE name WHEN 'tcp_keepalives_idle' THEN setting::int"
                + " WHEN 'tcp_keepalives_interval' THEN setting::int * current_setting('tcp_keepalives_count')::int END)"
                + " FROM pg_settings"));
        assertTrue(seconds > 0 && seconds < CLIENT_LIMIT.toSeconds(), seconds + " s");
    }

    @Test
    void a_connection_is_used_for_ten_minutes_at_most() {
        Duration lifetime =
                DurationConverter.parseDuration(TestDatabase.setting("quarkus.datasource.jdbc.max-lifetime"));
        assertTrue(lifetime.isPositive() && lifetime.compareTo(Duration.ofMinutes(10)) <= 0, lifetime::toString);
    }

    @Test
    void the_servers_defaults_for_time_and_isolation_count_for_nothing() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_isolation = 'serializable'");
        database.execute("ALTER DATABASE " + database.name() + " SET TimeZone = 'Asia/Ho_Chi_Minh'");
        assertEquals("read committed", one("SHOW transaction_isolation"));
        assertEquals("UTC", one("SHOW TimeZone"));
    }

    /** A server may not know all of them yet. */
    @ParameterizedTest
    @CsvSource({
        "idle_session_timeout, 0, '1min'",
        "transaction_timeout, 0, '1min'",
        "standard_conforming_strings, on, off"
    })
    void what_the_server_sets_for_programs_of_another_kind_counts_for_nothing(String name, String ours, String theirs)
            throws SQLException {
        if (database.one("SELECT 1 FROM pg_settings WHERE name = '" + name + "'") == null) {
            return; // older servers have no such limit
        }
        database.execute("ALTER DATABASE " + database.name() + " SET " + name + " = '" + theirs + "'");
        assertEquals(ours, one("SHOW " + name));
    }

    @Test
    void a_locked_table_ends_the_transaction_and_leaves_no_backend_that_waits() throws SQLException {
        try (Connection person = database.dataSource().getConnection()) {
            person.setAutoCommit(false);
            person.createStatement().execute("LOCK TABLE alohub.account IN ACCESS EXCLUSIVE MODE");
            SQLException refused = assertThrows(SQLException.class, this::write);
            assertEquals("55P03", refused.getSQLState());
            assertEquals(
                    "0",
                    database.one("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
                            + database.name() + "'"));
        }
        assertEquals(1, write());
    }

    @Test
    void a_session_that_is_read_only_since_a_failover_is_thrown_away() throws SQLException {
        database.readOnly(true);
        assertEquals("25006", assertThrows(SQLException.class, this::write).getSQLState());
        database.readOnly(false);
        assertEquals(1, write());
    }

    @ParameterizedTest
    @CsvSource({"57P01", "57P02", "57P03", "57P05", "25P03", "25P04"})
    void a_session_that_the_server_ends_is_thrown_away(String state) throws SQLException {
        String before = one("SELECT pg_backend_pid()");
        assertThrows(
                SQLException.class,
                () -> Transaction.run(pool, connection -> {
                    throw new SQLException("the session ends", state);
                }));
        assertTrue(!before.equals(one("SELECT pg_backend_pid()")), "another connection");
    }

    @Test
    void an_error_about_a_statement_keeps_the_connection() throws SQLException {
        String before = one("SELECT pg_backend_pid()");
        assertThrows(SQLException.class, () -> one("SELECT 1 / 0"));
        assertEquals(before, one("SELECT pg_backend_pid()"));
    }
}
