package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The statements behind the console, the API and the notifications, executed: NULL for each
 * parameter, an empty array for each list.
 */
class NullParametersIT {

    private static final Pattern OF_PEOPLE = Pattern.compile("(access|notify|operate|upload)/.*");

    /**
     * A column that is not nullable, or an operator function that names the customer or account
     * that is missing.
     */
    private static final Pattern REFUSED = Pattern.compile("23...|P0001");

    @Test
    void each_is_executed_without_a_value_also_over_rows_whose_source_wrote_no_finite_time() throws SQLException {
        TestDatabase database = TestDatabase.migrated();
        fill(database);
        List<String> names = SqlFiles.names().stream()
                .filter(name -> OF_PEOPLE.matcher(name).matches())
                .toList();
        assertTrue(names.size() > 80, names.size() + " statements");
        List<String> failed = new ArrayList<>();
        try (Connection connection = database.daemonConnection()) {
            connection.setAutoCommit(false);
            for (String name : names) {
                execute(connection, name, failed);
            }
        }
        assertEquals(List.of(), failed);
    }

    private static void fill(TestDatabase database) {
        database.execute("INSERT INTO alohub.account (name) VALUES ('default') ON CONFLICT DO NOTHING;"
                + " WITH c AS (INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, last_outcome, http_status)"
                + "   VALUES ('default', '+84868793800', 'x', 1, 1, 'REFUSED', 422) RETURNING id),"
                + " d AS (INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, dead, due_at)"
                + "   SELECT id, 'default', 1, 1, true, 'infinity' FROM c)"
                + " INSERT INTO alohub.customer_outbox (phone, source, created_at, merge_status, customer_id, revision, carries_name, carries_email, merged_at)"
                + " SELECT 'x', 'erp', t, 'MERGED', id, 1, true, false, now() FROM c, unnest('{infinity,-infinity}'::timestamptz[]) t;"
                + " INSERT INTO alohub.customer_outbox (phone, source, created_at, merge_status, reasons, merged_at)"
                + " SELECT 'x', 'erp', t, 'REJECTED', '{phone.letters}', now() FROM unnest('{infinity,-infinity}'::timestamptz[]) t;"
                + " INSERT INTO alohub.delivery_attempt (customer_id, started_at, revision, attempt, account, phone, outcome)"
                + " VALUES (1, now(), 1, 1, 'default', '+84868793800', 'REFUSED')");
    }

    private static void execute(Connection connection, String name, List<String> failed) throws SQLException {
        String text =
                NamedParameters.parse(name, SqlFiles.text(name), place -> "?").text();
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                int type = parameters.getParameterType(i);
                if (type == Types.ARRAY) {
                    String element = parameters.getParameterTypeName(i).substring(1);
                    statement.setArray(i, connection.createArrayOf(element, new Object[0]));
                } else {
                    statement.setNull(i, type);
                }
            }
            statement.execute();
        } catch (SQLException failure) {
            if (!REFUSED.matcher(String.valueOf(failure.getSQLState())).matches()) {
                failed.add(name + ": " + failure.getSQLState() + " " + failure.getMessage());
            }
        } finally {
            connection.rollback();
        }
    }
}
