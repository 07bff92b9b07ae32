package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class DatabaseTroubleTest {

    private static final String TLS =
            "it can't be reached: TLS with it failed; check sslmode, sslrootcert and the server's certificate";

    /** The driver's texts, by which it translates them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The hostname {0} could not be verified by hostnameverifier {1}.",
                "Could not open SSL root certificate file {0}.",
                "The server does not support SSL.",
                "SSL error: {0}"
            })
    void a_refusal_of_the_drivers_names_the_settings_of_tls(String text) {
        String message = GT.tr(text, "db.example.vn", "PgjdbcHostnameVerifier");
        assertEquals(TLS, DatabaseTrouble.describe(new SQLException(message, "08006")));
    }

    @Test
    void a_failed_handshake_does_so_too() {
        assertEquals(
                TLS,
                DatabaseTrouble.describe(new SQLException("failed", "08006", new SSLHandshakeException("no path"))));
    }

    @Test
    void another_lost_connection_says_no_more_than_is_known() {
        assertEquals(
                "it can't be reached",
                DatabaseTrouble.describe(new SQLException("An I/O error", "08006", new EOFException())));
        assertEquals(
                "it can't be reached: nothing takes connections at its address and port",
                DatabaseTrouble.describe(new SQLException("refused", "08001", new ConnectException())));
    }

    /** What a newcomer mistypes first. */
    @Test
    void a_wrong_user_a_refused_machine_and_a_wrong_database_name_the_setting() {
        for (String state : new String[] {"28P01", "28000", "3D000"}) {
            String words = DatabaseTrouble.describe(new SQLException("x", state));
            assertTrue(words.contains("quarkus.datasource."), words);
        }
    }

    private static SQLException said(String state, String words) {
        return new PSQLException(new ServerErrorMessage("SFATAL\0C" + state + "\0M" + words + "\0Ddetail\0"));
    }

    /** PgBouncer refuses with 08P01 what it does not pass on: its words are all there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no more connections allowed (max_client_conn)",
                "SASL authentication failed",
                "no such database: erp",
                "bouncer config error"
            })
    void a_refusal_with_the_words_of_a_server_or_pooler_carries_them(String words) {
        assertEquals(
                "it refuses the connection, or a pooler in front of it does (SQLSTATE 08P01: " + words + ")",
                DatabaseTrouble.describe(said("08P01", words)));
    }

    @Test
    void words_of_another_server_stay_on_one_line_and_short() {
        String described = DatabaseTrouble.describe(said("08P01", "a\nb\u001b[31m" + "x".repeat(1000)));
        assertTrue(described.contains("a b [31mxx"), described);
        assertTrue(described.length() < 320, described);
    }

    @Test
    void a_missing_right_names_the_grant() {
        String described = DatabaseTrouble.describe(said("42501", "permission denied for schema alohub"));
        assertTrue(described.contains("SQLSTATE 42501: permission denied for schema alohub"), described);
        assertTrue(described.contains("GRANT alohub_worker TO"), described);
    }

    @ParameterizedTest
    @CsvSource({
        "53100, 'could not extend file: No space left on device', its disk is full",
        "53200, out of memory, it has too little of something",
        "53400, configuration limit exceeded, it has too little of something",
        "XX000, could not read block 0, its own log says more",
        "XX001, invalid page in block 1, its own log says more",
        "58030, could not write, its own log says more",
    })
    void a_fault_of_the_servers_own_names_what_to_do_there(String state, String words, String remedy) {
        String described = DatabaseTrouble.describe(said(state, words));
        assertTrue(described.contains("SQLSTATE " + state + ": " + words), described);
        assertTrue(described.contains(remedy), described);
        assertFalse(described.contains("jdbc.url"), described);
    }

    @Test
    void what_a_server_that_was_reached_can_not_do_is_no_question_of_the_address() {
        assertTrue(DatabaseTrouble.isAboutTheLogin(new SQLException("x", "08001")));
        assertTrue(DatabaseTrouble.isAboutTheLogin(new SQLException("x")));
        assertTrue(DatabaseTrouble.isAboutTheLogin(new SQLException("x", "28P01")));
        assertTrue(DatabaseTrouble.isAboutTheLogin(new SQLException("x", "3D000")));
        for (String state : new String[] {"42501", "53100", "53300", "XX000", "57014", "25006", "55P03"}) {
            assertFalse(DatabaseTrouble.isAboutTheLogin(new SQLException("x", state)), state);
        }
    }
}
