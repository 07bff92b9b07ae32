package io.alohubsync.retention;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static io.alohubsync.delivery.HotPath.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.retention.RetentionSql.History;
import io.alohubsync.retention.RetentionSql.Purged;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows are moved in time, not the clock. */
class RetentionIT {

    private static final String PHONE = "0868793800";
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration CARRIED = Duration.ofDays(15);
    private static final Set<String> FINAL = Set.of("DELIVERED", "SUPERSEDED", "UNCHANGED", "REJECTED");

    private final HotPath path = new HotPath();

    /** All that has happened so far happened so long ago; nothing begins to wait anew by that. */
    private void age(String interval) {
        path.database.execute("UPDATE alohub.customer_outbox SET merged_at = merged_at - interval '" + interval + "'");
        path.database.execute("UPDATE alohub.customer SET delivered_at = delivered_at - interval '" + interval + "'");
        path.database.execute(
                "UPDATE alohub.delivery_attempt SET started_at = started_at - interval '" + interval + "'");
    }

    /** A pass from the beginning to its end. @return how many are gone */
    private int purge(History history, int limit) throws SQLException {
        try (Connection connection = path.database.daemonConnection()) {
            int gone = 0;
            long after = 0;
            while (true) {
                Purged purged = RetentionSql.purge(connection, history, KEPT, CARRIED, after, limit);
                gone += purged.purged();
                after = purged.last();
                if (purged.looked() < limit) {
                    return gone;
                }
            }
        }
    }

    private int purge() throws SQLException {
        return purge(History.CUSTOMER_OUTBOX, 1000);
    }

    private List<String> rows() {
        return path.database.column("SELECT id FROM alohub.customer_outbox ORDER BY id");
    }

    private static List<String> ids(Long... rows) {
        return List.of(rows).stream().map(String::valueOf).toList();
    }

    private String phone(int customer) {
        return "09123456" + (10 + customer);
    }

    private void settleAll(java.util.function.Function<Claimed, Settlement> how) throws SQLException {
        for (Claimed customer : path.claim(1000)) {
            path.settle(how.apply(customer));
        }
    }

    /**
     * One row of each status. DELIVERED, SUPERSEDED (both kinds), UNCHANGED and REJECTED come
     * first.
     */
    private List<Long> oneOfEach() throws SQLException {
        List<Long> rows = new ArrayList<>();
        rows.add(path.insert(phone(1), "A", null)); // DELIVERED
        path.merge();
        path.deliver();
        rows.add(path.insert(phone(1), "A", null)); // UNCHANGED
        rows.add(path.insert("12", "A", null)); // REJECTED
        rows.add(path.insert(phone(2), "A", null)); // SUPERSEDED: replaced after its merge
        path.merge();
        rows.add(path.insert(phone(2), "B", null)); // SUPERSEDED: replaced in its own merge
        rows.add(path.insert(phone(2), "C", null)); // DEAD
        path.merge();
        settleAll(HotPath::refused);
        rows.add(path.insert(phone(3), "A", null)); // HELD
        path.merge();
        path.database.execute("SELECT alohub.hold('" + phone(3) + "')");
        rows.add(path.insert(phone(4), "A", null)); // RETRYING
        path.merge();
        settleAll(customer -> failed(customer, Duration.ofHours(1)));
        rows.add(path.insert(phone(5), "A", null)); // SENDING
        path.merge();
        path.claimOne();
        rows.add(path.insert(phone(6), "A", null)); // PENDING
        rows.add(Long.parseLong(
                path.database.one("INSERT INTO alohub.customer_outbox (account, phone) VALUES ('nobody', '" + PHONE
                        + "') RETURNING id"))); // REJECTED, account.unknown
        path.merge();
        rows.add(path.insert(phone(7), "A", null)); // NEW
        return rows;
    }

    private List<String> statuses(List<Long> rows) {
        return rows.stream().map(path.database::rowStatus).toList();
    }

    @Test
    void what_is_final_and_old_goes_and_everything_else_stays_with_its_status() throws SQLException {
        List<Long> rows = oneOfEach();
        List<String> statuses = List.of(
                "DELIVERED",
                "UNCHANGED",
                "REJECTED",
                "SUPERSEDED",
                "SUPERSEDED",
                "DEAD",
                "HELD",
                "RETRYING",
                "SENDING",
                "PENDING",
                "REJECTED",
                "NEW");
        assertEquals(statuses, statuses(rows));
        assertEquals(0, purge(), "all are young");
        age("29 days");
        assertEquals(0, purge(), "all are a day too young");
        age("400 days");
        assertEquals(5, purge());
        assertEquals(statuses.subList(5, 12), statuses(rows.subList(5, 12)));
        assertEquals(rows.subList(5, 12).stream().map(String::valueOf).toList(), rows());
        assertEquals("0", path.database.one("SELECT alohub.recount()"));
        assertEquals(0, purge(), "a second pass finds nothing");
    }

    @Test
    void batches_of_any_size_come_to_the_same() throws SQLException {
        List<Long> rows = oneOfEach();
        age("400 days");
        int gone = purge(History.CUSTOMER_OUTBOX, 1) + purge(History.CUSTOMER_OUTBOX, 2);
        assertEquals(5, gone);
        assertEquals(7, rows().size());
        assertEquals("DEAD", path.database.rowStatus(rows.get(5)));
    }

    @Test
    void the_status_that_is_purged_by_is_the_one_that_people_see() throws SQLException {
        // Values of two fields that are carried, replaced before, in flight or wanted, in all their
        // combinations.
        for (int i = 0; i < 64; i++) {
            String phone = phone(i);
            for (int step = 0, choice = i; step < 3; step++, choice /= 4) {
                path.insert(
                        phone, choice % 2 == 0 ? "N" + step : null, choice / 2 % 2 == 0 ? "e" + step + "@x.vn" : null);
            }
        }
        List<Long> order = path.database.column("SELECT id FROM alohub.customer_outbox ORDER BY id").stream()
                .map(Long::valueOf)
                .toList();
        for (int step = 0; step < 3; step++) {
            for (int i = step; i < order.size(); i += 3) {
                Intakes.merge(path, order.get(i));
            }
            if (step < 2) {
                List<Claimed> claimed = path.claim(1000);
                for (int i = 0; i < claimed.size(); i++) {
                    if ((i + step) % 3 == 0) {
                        path.settle(accepted(claimed.get(i)));
                    } else if ((i + step) % 3 == 1) {
                        path.settle(HotPath.notStarted(claimed.get(i)));
                    } // the others stay in flight
                }
            }
        }
        age("400 days");
        List<String> left = path.database.column("SELECT id FROM alohub.outbox_status WHERE status NOT IN ('"
                + String.join("', '", FINAL) + "') ORDER BY id");
        assertTrue(left.size() > 20 && left.size() < 170, left::toString);
        purge();
        assertEquals(left, rows());
    }

    @Test
    void what_a_source_says_of_the_time_decides_nothing() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, created_at) VALUES ('" + phone(1)
                + "', now() - interval '1 year'), ('" + phone(2) + "', now() + interval '1 year')");
        path.merge();
        path.deliver();
        assertEquals(0, purge(), "merged just now");
        age("31 days");
        assertEquals(2, purge());
    }

    @Test
    void a_row_that_was_delivered_late_stays_for_a_while() throws SQLException {
        long row = path.insert(PHONE, "A", null);
        path.merge();
        path.settle(refused(path.claimOne()));
        age("60 days");
        path.database.execute("SELECT alohub.retry('" + PHONE + "')");
        path.deliver();
        assertEquals("DELIVERED", path.database.rowStatus(row));
        assertEquals(0, purge(), "a source that waits for its status has to see it");
        age("16 days");
        assertEquals(1, purge());
    }

    @Test
    void rows_of_a_customer_that_is_delivered_again_and_again_go_all_the_same() throws SQLException {
        for (int day = 0; day < 60; day += 10) {
            path.insert(PHONE, "Name " + day, null);
            path.merge();
            path.deliver();
            age("10 days");
        }
        path.database.execute("DELETE FROM alohub.delivery_attempt WHERE started_at < now() - interval '30 days'");
        path.insert(PHONE, "Now", null);
        path.merge();
        path.deliver();
        assertEquals(4, purge(), "those of 60, 50, 40 and 30 days ago");
    }

    @Test
    void a_row_that_somebody_holds_is_passed_over_without_waiting() throws SQLException {
        long held = path.insert(phone(1), null, null);
        path.insert(phone(2), null, null);
        path.merge();
        path.deliver();
        age("31 days");
        try (Connection erp = path.database.dataSource().getConnection();
                Statement statement = erp.createStatement()) {
            erp.setAutoCommit(false);
            statement.execute("SELECT FROM alohub.customer_outbox WHERE id = " + held + " FOR KEY SHARE");
            assertEquals(1, assertTimeoutPreemptively(Duration.ofSeconds(10), () -> purge()));
            assertEquals(ids(held), rows());
            erp.rollback();
        }
        assertEquals(1, purge());
    }

    @Test
    void the_purge_takes_no_lock_that_an_insert_or_a_merge_would_meet() throws SQLException {
        path.insert(phone(1), null, null);
        path.merge();
        path.deliver();
        age("31 days");
        long fresh = path.insert(phone(2), "A", null);
        try (Connection daemon = path.database.daemonConnection()) {
            daemon.setAutoCommit(false);
            assertEquals(
                    1,
                    RetentionSql.purge(daemon, History.CUSTOMER_OUTBOX, KEPT, CARRIED, 0, 1000)
                            .purged());
            path.insert(phone(1), "B", null);
            path.merge();
            assertEquals("PENDING", path.database.rowStatus(fresh));
            path.deliver();
            assertEquals("DELIVERED", path.database.rowStatus(fresh));
            assertEquals(
                    "0",
                    path.database.one(
                            "SELECT count(*) FROM pg_locks WHERE relation = 'alohub.customer_outbox'::regclass AND mode IN"
                                    + " ('ShareLock', 'ShareUpdateExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')"
                                    + " AND pid = " + pid(daemon)));
            daemon.commit();
        }
    }

    private static String pid(Connection connection) throws SQLException {
        return String.valueOf(
                connection.unwrap(org.postgresql.PGConnection.class).getBackendPID());
    }

    @Test
    void a_customer_converges_as_before_when_all_its_rows_are_gone() throws SQLException {
        path.insert(PHONE, "old", null); // id 1: taken by nobody below
        long late = Long.parseLong(path.database.one("SELECT nextval('alohub.customer_outbox_id_seq')"));
        path.insert(PHONE, "Bằng", null);
        path.merge();
        path.deliver();
        age("400 days");
        assertEquals(2, purge());
        assertEquals("DELIVERED", path.database.status("+84868793800"));
        long same = path.insert(PHONE, "Bằng", null);
        path.merge();
        assertEquals("UNCHANGED", path.database.rowStatus(same));
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name) OVERRIDING SYSTEM VALUE VALUES ("
                + late + ", '" + PHONE + "', 'late')");
        path.merge();
        assertEquals("SUPERSEDED", path.database.rowStatus(late));
        assertEquals("Bằng", path.database.one("SELECT name FROM alohub.sync_status"));
        long next = path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        path.deliver();
        assertEquals("DELIVERED", path.database.rowStatus(next));
    }

    @Test
    void rows_of_an_account_that_appears_late_are_still_there() throws SQLException {
        long row = Long.parseLong(path.database.one(
                "INSERT INTO alohub.customer_outbox (account, phone) VALUES ('brandb', '" + PHONE + "') RETURNING id"));
        path.merge();
        age("400 days");
        assertEquals(0, purge());
        path.register("brandb", "id", "auto");
        path.intake().makeRejectedNew(10);
        path.merge();
        assertEquals("PENDING", path.database.rowStatus(row));
    }

    @Test
    void old_attempts_go_by_their_begin_and_take_no_status_with_them() throws SQLException {
        long row = path.insert(PHONE, "A", null);
        path.merge();
        path.deliver();
        assertEquals(0, purge(History.DELIVERY_ATTEMPT, 1000));
        path.database.execute("UPDATE alohub.delivery_attempt SET started_at = started_at - interval '31 days'");
        long dead = path.insert(PHONE, "B", null);
        path.merge();
        path.settle(refused(path.claimOne()));
        assertEquals(1, purge(History.DELIVERY_ATTEMPT, 1000));
        assertEquals("REFUSED", path.database.one("SELECT outcome FROM alohub.delivery_attempt"));
        assertEquals("DELIVERED", path.database.rowStatus(row));
        assertEquals("DEAD", path.database.rowStatus(dead));
    }

    @Test
    void replicas_share_one_turn_and_one_pass() throws SQLException {
        try (Connection one = path.database.daemonConnection();
                Connection other = path.database.daemonConnection()) {
            one.setAutoCommit(false);
            RetentionSql.Turn turn = RetentionSql.take(one, History.CUSTOMER_OUTBOX);
            assertFalse(turn.pause().isPositive());
            assertEquals(0, turn.after());
            assertTrue(RetentionSql.take(other, History.CUSTOMER_OUTBOX).pause().isPositive(), "the first has it");
            assertFalse(
                    RetentionSql.take(other, History.DELIVERY_ATTEMPT).pause().isPositive(), "each has its own");
            RetentionSql.next(
                    one,
                    History.CUSTOMER_OUTBOX,
                    new RetentionSql.Turn(77, Duration.ofMinutes(1), 1000, turn.full()),
                    false);
            one.commit();
            RetentionSql.Turn next = RetentionSql.take(other, History.CUSTOMER_OUTBOX);
            assertEquals(77, next.after());
            assertEquals(1000, next.young());
            assertTrue(next.full(), "the pass that began as a full one stays so");
            assertTrue(next.pause().toSeconds() > 50 && next.pause().toSeconds() <= 60, next::toString);
        }
        assertNull(path.database.one("SELECT history FROM alohub.retention WHERE after_id > 77"));
    }

    @Test
    void rows_of_a_phone_with_many_attempts_and_replaced_values_cost_no_more_than_others() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.deliver();
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, merge_status, customer_id, revision, carries_name, carries_email,"
                        + " merged_at) SELECT '" + PHONE
                        + "', 'MERGED', id, 1, true, false, now() FROM alohub.customer,"
                        + " generate_series(1, 999)");
        path.database.execute(
                "INSERT INTO alohub.delivery_attempt (customer_id, account, phone, revision, attempt, outcome,"
                        + " started_at) SELECT id, account, phone, 1, 1, 'UNKNOWN', now() FROM alohub.customer,"
                        + " generate_series(1, 100000)");
        path.database.execute("INSERT INTO alohub.replaced_value SELECT id, 'name', -n, -n FROM alohub.customer,"
                + " generate_series(1, 50000) n");
        age("31 days");
        path.database.execute("UPDATE alohub.customer SET delivered_at = now()");
        path.database.execute("VACUUM ANALYZE alohub.delivery_attempt, alohub.replaced_value, alohub.customer_outbox");
        try (Connection daemon = path.database.daemonConnection();
                Statement statement = daemon.createStatement()) {
            statement.execute("SET statement_timeout = '1s'");
            assertEquals(
                    0,
                    RetentionSql.purge(daemon, History.CUSTOMER_OUTBOX, KEPT, CARRIED, 0, 1000)
                            .purged(),
                    "the last acceptance is young, and the look back is bounded");
            statement.execute("DELETE FROM alohub.delivery_attempt WHERE outcome = 'UNKNOWN'");
            assertEquals(
                    1000,
                    RetentionSql.purge(daemon, History.CUSTOMER_OUTBOX, KEPT, CARRIED, 0, 1000)
                            .purged());
        }
    }

    @Test
    void the_daemons_role_may_do_it_all() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.deliver();
        age("31 days");
        try (Connection daemon = path.database.daemonConnection();
                Statement statement = daemon.createStatement()) {
            statement.execute("SET ROLE alohub_worker");
            for (History history : History.values()) {
                assertFalse(RetentionSql.take(daemon, history).pause().isPositive());
                assertEquals(
                        1,
                        RetentionSql.purge(daemon, history, KEPT, CARRIED, 0, 10)
                                .purged());
                RetentionSql.next(daemon, history, new RetentionSql.Turn(1, Duration.ofSeconds(1), 0, false), true);
            }
        }
    }

    /** Merges one row after the other, in any order of theirs. */
    private static final class Intakes {
        static void merge(HotPath path, long row) throws SQLException {
            path.database.execute("UPDATE alohub.customer_outbox SET priority = 100 WHERE id = " + row);
            path.intake().mergeBatch(1, Map.of());
        }
    }
}
