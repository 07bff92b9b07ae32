package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The plan of every statement, for any values of its parameters, as the daemon's connections plan:
 * without statistics, and with none of the planner's luck.
 */
class PlansOfSqlIT {

    private static final Pattern LARGE_TABLE_READ_WHOLE =
            Pattern.compile("Seq Scan on (customer_outbox|customer|due|delivery_attempt)\\b(?!_)");

    /** Statements that may read a large table from end to end, and why. */
    private static final Map<String, String> MAY_READ_ALL = Map.of();

    private static final List<String> WALK_THE_CLAIM_INDEX = List.of(
            "delivery/claim",
            "delivery/claim-full-scan",
            "delivery/claim-scheduled",
            "delivery/claim-scheduled-full-scan");

    private static final List<String> WALK_THE_INDEX_OF_NEW_ROWS = List.of(
            "merge/lock-new-rows",
            "merge/lock-new-rows-skipping",
            "merge/lock-new-rows-full-scan",
            "merge/lock-new-rows-full-scan-skipping");

    private static final List<String> ASK_FOR_ROWS_THAT_THE_MERGE_DECIDED =
            List.of("cli/count-rejections", "cli/find-unmerged-rows-by-phone", "cli/read-rows-of-customer");

    private static final Map<String, String> PLANS = new LinkedHashMap<>();

    /**
     * Of some of them, while so many customers are not at rest that statuses of rows are looked up
     * one by one.
     */
    private static final Map<String, String> PLANS_WHILE_MANY_ARE_OPEN = new LinkedHashMap<>();

    @BeforeAll
    static void plan() throws SQLException {
        TestDatabase database = TestDatabase.migrated();
        database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision)"
                + " SELECT i, 'default', 1 FROM generate_series(1, 20000) i");
        try (Connection connection = database.daemonConnection()) {
            for (String name : SqlFiles.names()) {
                PLANS.put(name, plan(connection, name));
            }
            database.execute(
                    "INSERT INTO alohub.due (customer_id, account, wanted_revision) VALUES (20001, 'default', 1)");
            for (String name : ASK_FOR_ROWS_THAT_THE_MERGE_DECIDED) {
                PLANS_WHILE_MANY_ARE_OPEN.put(name, plan(connection, name));
            }
        }
    }

    private static String plan(Connection connection, String name) throws SQLException {
        NamedParameters.Parsed parsed = NamedParameters.parse(name, SqlFiles.text(name), place -> "$" + place);
        int places = parsed.positions().values().stream().mapToInt(List::size).sum();
        String values = places == 0 ? "" : "(" + String.join(", ", Collections.nCopies(places, "NULL")) + ")";
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE planned AS " + parsed.text());
            try (ResultSet line = statement.executeQuery("EXPLAIN EXECUTE planned " + values)) {
                while (line.next()) {
                    plan.append(line.getString(1)).append('\n');
                }
            }
            statement.execute("DEALLOCATE planned");
        } catch (SQLException failure) {
            throw new SQLException(name + ": " + failure.getMessage(), failure);
        }
        return plan.toString();
    }

    /** The plan of a claim that found none is kept, and a vacuum had cut the table to nothing. */
    @Test
    void claims_that_were_planned_while_nothing_was_due_read_no_more_than_they_take() throws SQLException {
        TestDatabase database = TestDatabase.migrated();
        database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision) VALUES (1, 'default', 1)");
        database.execute("DELETE FROM alohub.due");
        database.execute("VACUUM alohub.due");
        assertEquals("0", database.one("SELECT pg_relation_size('alohub.due')"));
        Pattern whole = Pattern.compile("Scan using due_[a-z]+ on due d(?:_\\d+)? [^\n]*\n(?! +Index Cond)");
        try (Connection connection = database.daemonConnection()) {
            for (String name : SqlFiles.names()) {
                if (name.startsWith("delivery/claim")) {
                    String plan = plan(connection, name);
                    assertFalse(whole.matcher(plan).find(), name + "\n" + plan);
                }
            }
        }
    }

    @Test
    void no_statement_reads_a_large_table_from_end_to_end_but_those_with_a_reason() {
        Map<String, Set<String>> read = new LinkedHashMap<>();
        PLANS.forEach((name, plan) -> {
            Set<String> tables = LARGE_TABLE_READ_WHOLE
                    .matcher(plan)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!tables.isEmpty()) {
                read.put(name, tables);
            }
        });
        assertEquals(new TreeSet<>(MAY_READ_ALL.keySet()), new TreeSet<>(read.keySet()), read.toString());
    }

    @Test
    void claims_walk_their_index_and_sort_nothing() {
        for (String name : WALK_THE_CLAIM_INDEX) {
            String plan = PLANS.get(name);
            assertTrue(plan.contains("Index Scan using due_claim on due d"), name + "\n" + plan);
            assertFalse(plan.contains("Sort"), name + "\n" + plan);
        }
    }

    /**
     * Taken the other way round, where the planner holds an account's customers to be few, the look
     * would be repeated for each of them.
     */
    @Test
    void customers_of_a_group_of_failures_are_found_by_the_look_one_by_one_whatever_the_planner_holds_them_to_be() {
        Pattern oneByOne = Pattern.compile("Limit [^\n]*\n +-> +Index Scan using customer_pkey on customer");
        for (String name : List.of("operate/read-failure-group", "operate/list-failed", "operate/find-next-of-group")) {
            String plan = PLANS.get(name);
            assertTrue(oneByOne.matcher(plan).find(), name + "\n" + plan);
        }
    }

    /** Of a backlog of a million that waits, the few that failed. */
    @Test
    void commands_find_failed_customers_by_the_index_of_those_in_trouble() {
        for (String name : List.of("cli/count-failures", "cli/count-dead", "cli/find-dead")) {
            String plan = PLANS.get(name);
            assertTrue(plan.contains("Index Scan using due_trouble on due"), name + "\n" + plan);
            assertFalse(plan.contains("due_pkey") || plan.contains("merge_lease"), name + "\n" + plan);
        }
        String batch = PLANS.get("cli/find-dead");
        assertTrue(batch.contains("Index Cond: (customer_id > $"), "a batch begins behind the one before\n" + batch);
    }

    @Test
    void looks_for_new_rows_walk_their_index_and_sort_nothing() {
        for (String name : WALK_THE_INDEX_OF_NEW_ROWS) {
            String plan = PLANS.get(name);
            assertTrue(plan.contains("Index Scan using customer_outbox_new on customer_outbox"), name + "\n" + plan);
            assertFalse(plan.contains("Sort"), name + "\n" + plan);
        }
    }

    @Test
    void rows_that_the_merge_decided_are_found_without_looking_at_all_others_while_many_customers_wait() {
        // A walk over merged rows looks up the status of each; the one for a customer ends with its
        // last row.
        PLANS_WHILE_MANY_ARE_OPEN.forEach((name, plan) -> assertEquals(
                name.equals("cli/read-rows-of-customer") ? 1 : 0,
                plan.split("on replaced_value v(?:_\\d+)? .*\\n.*field = 'name'", -1).length - 1,
                name + "\n" + plan));
    }

    @Test
    void a_page_of_a_search_begins_where_the_one_before_ended() {
        for (String name : List.of("operate/find-by-name", "operate/find-by-email", "operate/find-by-phone")) {
            String plan = PLANS.get(name);
            assertTrue(plan.contains("Index Cond: ((ROW("), name + "\n" + plan);
        }
    }

    @Test
    void walks_over_a_group_of_failures_end_with_the_last_customer_that_is_wanted() {
        for (String name : List.of("operate/list-failed", "operate/find-next-of-group")) {
            String plan = PLANS.get(name);
            assertEquals(1, plan.split("Sort Key: [cdf]", -1).length - 1, name + ": of the result alone\n" + plan);
        }
    }
}
