package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.GT;

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
}
