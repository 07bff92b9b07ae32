package io.alohubsync.operate.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.TestEntities;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.bulk.StoredBulkAction;
import io.alohubsync.operate.bulk.StoredBulkItem;
import io.alohubsync.operate.lines.CustomerLines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read as entities: its values, and its plans for any values. */
class EntitiesIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final People PEOPLE = new People(DATABASE);
    private static final String PHONE = "+84868793800";

    @AfterAll
    static void close() {
        PEOPLE.close();
    }

    private static long customer;

    @BeforeAll
    static void write() {
        DATABASE.execute("INSERT INTO alohub.customer (account, phone) VALUES ('default', '" + PHONE + "')");
        customer = Long.parseLong(DATABASE.one("SELECT id FROM alohub.customer"));
    }

    @Test
    void calls_of_a_customer_come_newest_first_each_cut_to_what_is_shown() {
        DATABASE.execute(
                "INSERT INTO alohub.delivery_attempt (customer_id, started_at, revision, attempt, account, phone,"
                        + " outcome, http_status, duration_ms, error, replica) VALUES"
                        + " (" + customer + ", '2026-01-02 03:04:05+07', 1, 1, 'default', '" + PHONE
                        + "', 'FAILED', 500, 12, repeat('lỗi ', 1000), 'r1'),"
                        + " (" + customer + ", '2026-01-02 03:05:05+07', 1, 2, 'default', '" + PHONE
                        + "', 'ACCEPTED', 200, 7, NULL, NULL),"
                        + " (" + customer + ", '2026-01-02 03:06:05+07', 1, 1, 'other', '" + PHONE
                        + "', 'FAILED', NULL, NULL, 'x', NULL)");
        List<AttemptLine> lines = PEOPLE.detail.timeline(customer, PageRequest.first(10), Sight.FULL).items().stream()
                .map(Event::attempt)
                .toList();
        assertEquals(2, lines.size());
        assertEquals(
                new AttemptLine(
                        lines.getFirst().id(),
                        Instant.parse("2026-01-01T20:05:05Z"),
                        1,
                        2,
                        "ACCEPTED",
                        200,
                        null,
                        7,
                        null),
                lines.getFirst());
        assertEquals(2000, String.valueOf(lines.getLast().error()).length());
    }

    @Test
    void no_read_goes_through_a_large_table() {
        TestEntities.STATEMENTS.clear();
        PEOPLE.database.read(connection -> PEOPLE.database.entities(connection, entities -> {
            StoredBulkAction.find(entities, UUID.randomUUID(), People.IDS);
            StoredBulkAction.newest(entities, null, 2, People.IDS);
            StoredBulkAction.newest(entities, UUID.randomUUID(), 2, People.IDS);
            StoredBulkItem.after(entities, UUID.randomUUID(), 0, 2);
            new Timeline(connection, entities, CustomerLines.one(connection, customer)).page(PageRequest.first(2));
            for (String statement : TestEntities.STATEMENTS) {
                String plan = plan(connection, statement);
                assertFalse(
                        plan.matches("(?s).*Seq Scan on (customer|delivery_attempt)\\b.*"), statement + "\n" + plan);
                assertFalse(
                        statement.contains("from alohub.delivery_attempt") && !plan.contains("delivery_attempt_phone"),
                        plan);
            }
            assertTrue(TestEntities.STATEMENTS.size() >= 5, TestEntities.STATEMENTS.toString());
            return true;
        }));
    }

    private static String plan(Connection connection, String statement) throws SQLException {
        Matcher places = Pattern.compile("\\?").matcher(statement);
        int[] count = new int[1];
        String numbered = places.replaceAll(place -> "\\$" + ++count[0]);
        StringBuilder plan = new StringBuilder();
        try (Statement each = connection.createStatement()) {
            each.execute("SET plan_cache_mode = force_generic_plan");
            each.execute("PREPARE planned AS " + numbered);
            String values = count[0] == 0 ? "" : "(" + String.join(", ", Collections.nCopies(count[0], "NULL")) + ")";
            try (ResultSet line = each.executeQuery("EXPLAIN EXECUTE planned" + values)) {
                while (line.next()) {
                    plan.append(line.getString(1)).append('\n');
                }
            }
            each.execute("DEALLOCATE planned; RESET plan_cache_mode");
        }
        return plan.toString();
    }
}
