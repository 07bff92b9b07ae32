package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements of one user. */
final class Statements {

    private Statements() {}

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /** The first column of the one row. */
    static String one(Connection connection, String sql) throws SQLException {
        List<String> values = column(connection, sql);
        assertEquals(1, values.size(), sql);
        return values.getFirst();
    }

    /** Insufficient privilege. */
    static void assertRefused(Connection connection, String sql) {
        SQLException failure = assertThrows(SQLException.class, () -> execute(connection, sql), sql);
        assertEquals("42501", failure.getSQLState(), sql + ": " + failure.getMessage());
    }
}
