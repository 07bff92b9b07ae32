package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which customer tries a closed breaker. */
class ProbeIT {

    private final HotPath path = new HotPath();

    @BeforeEach
    void close() {
        path.database.execute(
                "UPDATE alohub.account SET state = 'UNREACHABLE', trip_cause = 'FAILING', probe_at = clock_timestamp()");
    }

    /** @param ids of customers, due since {@code age} */
    private void due(String ids, String age, int priority) {
        path.database.execute("INSERT INTO alohub.customer (id, account, phone) OVERRIDING SYSTEM VALUE"
                + " SELECT i, 'default', '+84912' || lpad(i::text, 6, '0') FROM " + ids + " i");
        path.database.execute("INSERT INTO alohub.due (customer_id, account, priority, wanted_revision, due_at)"
                + " SELECT i, 'default', " + priority + ", 1, clock_timestamp() - interval '" + age
                + "' + i * interval '1 ms' FROM "
                + ids + " i");
    }

    /** The next probe is due, after so many. */
    private List<Claimed> probe(int probes) throws SQLException {
        path.database.execute("UPDATE alohub.account SET probe_at = clock_timestamp(), probes = " + probes);
        return Transaction.run(
                path.database.dataSource(),
                connection ->
                        ClaimSql.claimForProbe(connection, new LeaseRequest("default", HotPath.KEY, 1, HotPath.LEASE)));
    }

    private long probed(int probes) throws SQLException {
        Claimed customer = probe(probes).getFirst();
        assertTrue(customer.probe());
        path.settle(HotPath.notStarted(customer));
        return customer.customerId();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT FROM alohub.customer WHERE id <= 49 FOR UPDATE",
                "SELECT FROM alohub.due WHERE customer_id <= 49 FOR UPDATE",
                "SELECT alohub.hold('0912' || lpad(i::text, 6, '0')) FROM generate_series(1, 49) i",
                "SELECT alohub.retry('0912' || lpad(i::text, 6, '0')) FROM generate_series(1, 49) i"
            })
    void one_that_nobody_holds_locked(String lock) throws SQLException {
        due("generate_series(1, 50)", "1 minute", 0);
        try (Connection person = path.database.dataSource().getConnection();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute(lock);
            assertEquals(50, probe(0).getFirst().customerId());
        }
    }

    @Test
    void one_at_a_time_and_none_before_its_time() throws SQLException {
        due("generate_series(1, 4)", "1 minute", 0);
        probe(0);
        assertEquals(
                List.of(),
                Transaction.run(
                        path.database.dataSource(),
                        connection -> ClaimSql.claimForProbe(
                                connection, new LeaseRequest("default", HotPath.KEY, 1, HotPath.LEASE))));
    }

    @Test
    void customers_that_never_failed_as_well_as_those_that_did() throws SQLException {
        due("generate_series(1, 6)", "1 minute", 0);
        path.database.execute("UPDATE alohub.due SET refused_at = clock_timestamp() WHERE customer_id <= 2");
        path.database.execute("UPDATE alohub.customer SET last_outcome = 'FAILED' WHERE id = 3");
        assertTrue(Set.of(4L, 5L, 6L).contains(probed(0)));
        assertTrue(Set.of(4L, 5L, 6L).contains(probed(1)));
        assertEquals(3, probed(2));
        assertTrue(Set.of(4L, 5L, 6L).contains(probed(3)));
    }

    @Test
    void those_that_were_tried_take_turns() throws SQLException {
        due("generate_series(1, 3)", "1 minute", 0);
        assertEquals(3, new HashSet<>(List.of(probed(0), probed(1), probed(3))).size());
        for (int probe = 4; probe < 10; probe++) {
            long oldest =
                    Long.parseLong(path.database.one("SELECT customer_id FROM alohub.due ORDER BY probed_at LIMIT 1"));
            assertEquals(oldest, probed(probe));
        }
    }

    /** Good ones are from 5001 on. */
    private void assertFindsAGoodOne() throws SQLException {
        for (int probe = 0; probe < 40; probe++) {
            if (probed(probe) > 5000) {
                return;
            }
        }
        throw new AssertionError("forty probes, and none of a good customer");
    }

    @Test
    void no_block_is_all_there_is_to_choose_from_whatever_its_priority() throws SQLException {
        due("generate_series(1, 1000)", "1 minute", 10);
        due("generate_series(5001, 5300)", "10 minutes", 0);
        assertFindsAGoodOne();
    }

    @Test
    void no_block_is_all_there_is_to_choose_from_whatever_its_age() throws SQLException {
        due("generate_series(1, 1000)", "10 minutes", 0);
        due("generate_series(5001, 5300)", "5 minutes", 0);
        due("generate_series(1001, 2000)", "1 minute", 0);
        assertFindsAGoodOne();
    }

    @Test
    void nor_are_those_that_failed_and_are_due_later_than_all_others() throws SQLException {
        due("generate_series(1, 1000)", "10 minutes", 0);
        due("generate_series(5001, 5300)", "595 seconds", 0);
        due("generate_series(1001, 1200)", "10 seconds", 0);
        path.database.execute("UPDATE alohub.due SET refused_at = now() WHERE customer_id BETWEEN 1001 AND 1200");
        assertFindsAGoodOne();
    }
}
