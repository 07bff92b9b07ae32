package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;

class UpkeepIT {

    private final TestDatabase database = TestDatabase.migrated();

    private double oldestTransaction(String role) throws SQLException {
        try (Connection connection = database.daemonConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + role);
            return Upkeep.oldestTransactionSeconds(connection);
        }
    }

    /** The oldest is looked for while a transaction is open that began with this statement. */
    private void beside(TestDatabase where, String statement, DoublePredicate oldest) throws SQLException {
        try (Connection connection = where.dataSource().getConnection();
                Statement first = connection.createStatement()) {
            connection.setAutoCommit(false);
            first.execute(statement);
            awaitOldest("NONE", oldest); // sessions of the tests before end a moment after they were closed
        }
    }

    private void awaitOldest(String role, DoublePredicate expected) {
        Await.until("the oldest transaction is as expected", () -> expected.test(oldestTransaction(role)));
    }

    @Test
    void without_transactions_the_oldest_is_0() {
        awaitOldest("NONE", oldest -> oldest == 0);
    }

    @Test
    void a_transaction_that_has_written_counts_and_so_does_one_that_keeps_its_snapshot() throws SQLException {
        beside(database, "SELECT pg_current_xact_id()", oldest -> oldest > 0.1);
        beside(database, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT 1", oldest -> oldest > 0.1);
    }

    @Test
    void one_that_has_no_snapshot_or_is_of_another_database_holds_nothing_back() throws SQLException {
        beside(database, "SET LOCAL lock_timeout = '1s'", oldest -> oldest == 0);
        beside(TestDatabase.empty(), "SELECT pg_current_xact_id()", oldest -> oldest == 0);
    }

    @Test
    void who_may_not_see_others_transactions_says_that_it_does_not_know() throws SQLException {
        assertEquals(Double.NaN, oldestTransaction("alohub_reader"));
    }

    @Test
    void the_daemons_role_may_see_them() {
        awaitOldest("alohub_worker", oldest -> oldest == 0);
    }

    @Test
    void each_table_of_the_schema_has_its_size_with_its_indices() throws SQLException {
        try (Connection connection = database.daemonConnection()) {
            Map<String, Long> bytes = Upkeep.storageBytes(connection);
            assertEquals(
                    new TreeSet<>(database.column("SELECT tablename FROM pg_tables WHERE schemaname = 'alohub'")),
                    new TreeSet<>(bytes.keySet()));
            assertTrue(bytes.keySet().containsAll(Set.of("customer", "due", "customer_outbox")));
            assertEquals(
                    Long.parseLong(database.one("SELECT pg_total_relation_size('alohub.customer')")),
                    bytes.get("customer"));
        }
    }

    @Test
    void a_migration_by_a_user_who_may_not_give_the_right_goes_on_without_it() {
        // The migration's file, as a user who owns nothing.
        database.execute("REVOKE pg_read_all_stats FROM alohub_worker");
        try {
            database.execute("SET ROLE alohub_reader; " + migration());
            assertEquals("f", database.one("SELECT pg_has_role('alohub_worker', 'pg_read_all_stats', 'USAGE')"));
        } finally {
            database.execute(migration());
        }
        assertEquals("t", database.one("SELECT pg_has_role('alohub_worker', 'pg_read_all_stats', 'USAGE')"));
    }

    private static String migration() {
        try (var file = UpkeepIT.class.getResourceAsStream("/db/migration/R__7_roles.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
