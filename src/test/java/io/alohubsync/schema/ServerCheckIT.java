package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.jdbc.DatabaseTrouble;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the start refuses in a server, on the real one. */
class ServerCheckIT {

    private static String refusal(ServerCheck check) {
        return assertThrows(Migration.Unusable.class, check::run).getMessage();
    }

    @Test
    void a_database_in_utf8_with_sessions_of_its_own_passes() {
        TestDatabase database = TestDatabase.empty();
        assertDoesNotThrow(new ServerCheck(database.dataSource()::getConnection)::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "WIN1258", "LATIN1"})
    void any_other_encoding_is_refused_by_its_name(String encoding) {
        TestDatabase database = TestDatabase.empty("TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
        String sentence = refusal(new ServerCheck(database.dataSource()::getConnection));
        assertTrue(sentence.contains("has the encoding " + encoding + ", and alohub-sync needs UTF8"), sentence);
    }

    @Test
    void a_parameter_that_the_driver_refuses_is_no_database_that_is_away() {
        TestDatabase database = TestDatabase.empty();
        String sentence =
                refusal(new ServerCheck(ServerCheck.to(database.url() + "&prepareThreshold=many", null, null)));
        assertTrue(sentence.contains("refuses a parameter of quarkus.datasource.jdbc.url"), sentence);
    }

    @Test
    void a_database_that_is_away_is_to_be_asked_again() {
        ServerCheck away = new ServerCheck(ServerCheck.to("jdbc:postgresql://127.0.0.1:1/erp", "erp", "topsecret"));
        SQLException failure = assertThrows(SQLException.class, away::run);
        assertEquals(
                "it can't be reached: nothing takes connections at its address and port",
                DatabaseTrouble.describe(failure));
    }
}
