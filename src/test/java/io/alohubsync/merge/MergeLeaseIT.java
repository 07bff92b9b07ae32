package io.alohubsync.merge;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.ExpiredLeases;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.delivery.SettleSql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Merged and leased in one step, and what lies below a low-water mark. */
class MergeLeaseIT {

    private static final String PHONE = "0868793800";
    private static final String KEY = "+84868793800";

    private final HotPath path = new HotPath();

    private List<Claimed> mergeAndLease(int limit) throws SQLException {
        return path.intake()
                .mergeBatch(100, Map.of("default", new LeaseRequest("default", HotPath.KEY, limit, HotPath.LEASE)))
                .leased()
                .getOrDefault("default", List.of());
    }

    private Claimed leased(String name) throws SQLException {
        path.insert(PHONE, name, null);
        return mergeAndLease(10).getFirst();
    }

    @Test
    void an_unknown_customer_is_leased_as_it_is_merged_and_claimed_by_nobody() throws SQLException {
        long row = path.insert(PHONE, "A", "a@example.vn");
        Claimed customer = mergeAndLease(10).getFirst();
        assertEquals("A", customer.name());
        assertEquals("a@example.vn", customer.email());
        assertEquals(1, customer.revision());
        assertEquals("SENDING", path.database.rowStatus(row));
        assertEquals("SENDING", path.database.status(KEY));
        assertEquals(
                "t", path.database.one("SELECT next_attempt_at > now() + interval '80 s' FROM alohub.sync_status"));
        assertEquals("SENDING", counted());
        assertEquals(List.of(), path.claim(10));
        assertEquals(Set.of(customer.customerId()), path.settle(accepted(customer)));
        assertEquals("DELIVERED", path.database.rowStatus(row));
        assertEquals("DELIVERED", path.database.status(KEY));
        assertEquals("DELIVERED", counted());
        assertNothingIsLeft();
    }

    @Test
    void who_is_accepted_at_the_first_attempt_never_has_a_row_in_due() throws SQLException {
        path.database.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'a row in due'; END $$");
        path.database.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON alohub.due FOR EACH STATEMENT EXECUTE FUNCTION refuse()");
        path.settle(accepted(leased("A")));
        path.settle(accepted(leased("B")));
        assertNothingIsLeft();
    }

    @Test
    void a_customer_that_fails_waits_in_due_with_its_priority_while_the_others_of_its_lease_come_to_rest()
            throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, priority) VALUES ('0912345671', 7), ('"
                + PHONE + "', 7), ('0912345672', 0)");
        List<Claimed> leased = mergeAndLease(10);
        assertEquals(3, leased.size());
        assertEquals(2, leased.stream().map(Claimed::token).distinct().count(), "one token for each priority");
        path.settle(accepted(leased.get(2)), failed(leased.get(1), Duration.ofHours(1)));
        assertEquals("1", path.database.one("SELECT count(*) FROM alohub.merge_lease"), "one is in flight");
        assertEquals("RETRYING", path.database.status(KEY));
        assertEquals("7 1", path.database.one("SELECT priority || ' ' || attempts FROM alohub.due"));
        path.settle(accepted(leased.getFirst()));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.merge_lease"));
        assertCountersAreRight();
    }

    @Test
    void a_lease_of_which_no_customer_is_accepted_is_deleted_too() throws SQLException {
        path.settle(failed(leased("A"), Duration.ofHours(1)));
        assertEquals("RETRYING", path.database.status(KEY));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.merge_lease"));
        assertCountersAreRight();
    }

    @Test
    void a_newer_revision_waits_for_the_end_of_the_call_and_is_not_lost_by_its_acceptance() throws SQLException {
        Claimed first = leased("A");
        long row = path.insert(PHONE, "B", null);
        mergeAndLease(10);
        assertEquals("SENDING", path.database.rowStatus(row));
        assertCountersAreRight();
        assertEquals(Set.of(first.customerId()), path.settle(accepted(first)));
        Claimed second = path.claimOne();
        assertEquals("B", second.name());
        path.settle(accepted(second));
        assertNothingIsLeft();
    }

    @Test
    void a_settlement_says_whether_its_customer_may_be_claimed_at_once() throws SQLException {
        assertFalse(leavesDue(accepted(leased("A"))));
        assertFalse(leavesDue(failed(leased("B"), Duration.ofHours(1))));
        path.endWaits();
        Claimed third = path.claimOne();
        path.insert(PHONE, "C", null);
        mergeAndLease(10);
        assertTrue(leavesDue(accepted(third)), "a newer revision is wanted");
    }

    private boolean leavesDue(Settlement settlement) throws SQLException {
        return Transaction.run(
                        path.database.dataSource(),
                        connection -> SettleSql.write(connection, List.of(settlement), List.of(Duration.ZERO), false))
                .leaveDue();
    }

    @Test
    void a_person_holds_or_retries_a_customer_in_flight() throws SQLException {
        Claimed held = leased("A");
        assertEquals("SENDING", path.database.one("SELECT alohub.hold('" + PHONE + "', reason => 'VIP')"));
        path.settle(accepted(held));
        assertEquals("HELD", path.database.status(KEY));
        path.database.execute("SELECT alohub.release('" + PHONE + "')");
        assertNothingIsLeft();
        Claimed retried = leased("B");
        assertEquals("SENDING", path.database.one("SELECT alohub.retry('" + PHONE + "')"));
        path.settle(accepted(retried));
        assertNothingIsLeft();
    }

    @Test
    void a_held_customer_is_not_leased_as_it_is_merged() throws SQLException {
        path.settle(accepted(leased("A")));
        path.database.execute("SELECT alohub.hold('" + PHONE + "')");
        path.insert(PHONE, "B", null);
        assertEquals(List.of(), mergeAndLease(10));
        assertEquals("HELD", path.database.status(KEY));
        assertCountersAreRight();
    }

    @Test
    void a_lease_that_ends_while_its_customer_is_locked_stays_until_that_is_free() throws Exception {
        Claimed locked = leased("A");
        path.insert("0912345671", "B", null);
        mergeAndLease(10);
        path.endLeases();
        assertEquals("RETRYING", path.database.status(KEY));
        try (Connection person = path.database.daemonConnection()) {
            person.setAutoCommit(false);
            person.createStatement()
                    .execute("SELECT FROM alohub.customer WHERE id = " + locked.customerId() + " FOR UPDATE");
            assertEquals("B", path.claimOne().name());
            assertEquals(List.of(), path.claim(10));
            assertEquals("1", path.database.one("SELECT count(*) FROM alohub.merge_leased"));
            person.rollback();
        }
        assertTrue(path.claimOne().earlier().lost());
        assertEquals(List.of(), path.claim(10));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.merge_lease"));
        assertCountersAreRight();
    }

    @Test
    void the_trace_of_a_customer_that_is_tried_again_is_kept() throws SQLException {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, traceparent) VALUES ('" + PHONE + "', '" + trace + "')");
        Claimed first = path.newIntake(true, System::nanoTime)
                .mergeBatch(10, Map.of("default", new LeaseRequest("default", HotPath.KEY, 10, HotPath.LEASE)))
                .leased()
                .get("default")
                .getFirst();
        assertEquals(trace, first.traceparent());
        path.settle(failed(first, Duration.ofHours(1)));
        assertEquals(trace, path.database.one("SELECT traceparent FROM alohub.due"));
        assertEquals("1", path.database.one("SELECT attempts FROM alohub.due"));
        assertCountersAreRight();
    }

    private String counted() {
        return path.database.one("SELECT string_agg(status, ' ') FROM alohub.status_counts WHERE customers > 0");
    }

    private void assertNothingIsLeft() {
        assertEquals(
                "0",
                path.database.one("SELECT (SELECT count(*) FROM alohub.due)"
                        + " + (SELECT count(*) FROM alohub.merge_lease)"
                        + " + (SELECT count(lease_token) FROM alohub.customer)"));
        assertCountersAreRight();
    }

    private void assertCountersAreRight() {
        assertEquals("0", path.database.one("SELECT alohub.recount()"));
    }

    @Test
    void a_customer_at_rest_is_leased_for_its_next_revision() throws SQLException {
        path.settle(accepted(leased("A")));
        Claimed next = leased("B");
        assertEquals(2, next.revision());
        path.settle(accepted(next));
        assertEquals("DELIVERED", path.database.status(KEY));
    }

    @Test
    void a_lease_of_a_merge_that_ends_is_an_attempt_whose_worker_vanished() throws SQLException {
        Claimed stale = leased("A");
        path.endLeases();
        Claimed next = path.claimOne();
        assertTrue(next.earlier().lost());
        assertEquals(1, next.earlier().spent());
        assertTrue(next.token() != stale.token());
        assertEquals(Set.of(), path.settle(accepted(stale)), "fenced");
    }

    @Test
    void the_row_of_a_lease_ends_with_its_last_customer_also_where_one_moved_to_due_for_its_trace()
            throws SQLException {
        path.insert(PHONE, "Without a trace", null);
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, traceparent) VALUES ('0912345678',"
                + " '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')");
        List<Claimed> leased = path.newIntake(true, System::nanoTime)
                .mergeBatch(100, Map.of("default", new LeaseRequest("default", HotPath.KEY, 10, HotPath.LEASE)))
                .leased()
                .get("default");
        assertEquals(2, leased.size());
        assertEquals(
                1, leased.stream().filter(customer -> customer.merge() == null).count());
        for (Claimed customer : leased) {
            path.settle(accepted(customer));
        }
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.merge_lease"));
    }

    @Test
    void leases_of_locked_customers_do_not_keep_another_from_its_claim() throws SQLException {
        List<Claimed> leased = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            path.insert("09123456" + (10 + i), "A", null);
            leased.addAll(mergeAndLease(10));
        }
        path.endLeases();
        long free = leased.getLast().customerId();
        try (Connection other = path.database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM alohub.customer WHERE id <> " + free + " FOR UPDATE");
            for (int i = 0; i < 50 && path.database.one("SELECT 1 FROM alohub.due") == null; i++) {
                Transaction.run(path.database.dataSource(), connection -> {
                    ExpiredLeases.move(connection, "default");
                    return true;
                });
            }
            other.rollback();
        }
        assertEquals(String.valueOf(free), path.database.one("SELECT customer_id FROM alohub.due"));
    }

    /** As of a replica that merged rows one by one and was killed. */
    @Test
    void hundreds_of_leases_that_have_ended_move_at_once_and_none_is_left() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, lease_token)"
                + " SELECT 'default', '+8491' || (1000000 + i), 'A', i, 1, -i FROM generate_series(1, 400) i;"
                + " INSERT INTO alohub.merge_lease (token, account, priority, leased_at, lease_until, customers)"
                + " SELECT lease_token, 'default', 0, now() - interval '2 min', now() - interval '1 min', ARRAY[id]"
                + " FROM alohub.customer WHERE lease_token < 0");
        boolean moved =
                Transaction.run(path.database.dataSource(), connection -> ExpiredLeases.move(connection, "default"));
        assertTrue(moved);
        assertEquals("400", path.database.one("SELECT count(*) FROM alohub.due"));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.merge_lease"));
    }

    @Test
    void who_is_under_a_lease_or_waits_keeps_its_place() throws SQLException {
        Claimed first = leased("A");
        path.insert(PHONE, "B", null);
        assertEquals(List.of(), mergeAndLease(10), "in flight");
        path.settle(failed(first, Duration.ofHours(1)));
        path.insert(PHONE, "C", null);
        assertEquals(List.of(), mergeAndLease(10), "its backoff is not over");
        assertEquals(List.of(), path.claim(10));
    }

    @Test
    void no_more_are_leased_than_offered_and_the_most_urgent_first() throws SQLException {
        for (int i = 0; i < 3; i++) {
            path.insert("091234567" + i, "Import", null);
        }
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, priority) VALUES ('" + PHONE + "', 10)");
        List<Claimed> leased = mergeAndLease(2);
        assertEquals(2, leased.size());
        assertEquals(KEY, leased.getFirst().phone().e164());
        assertEquals(2, path.claim(10).size());
    }

    @Test
    void nothing_is_leased_while_the_breaker_is_tripped_or_the_rate_is_learned_or_the_key_is_refused()
            throws SQLException {
        path.database.execute("SELECT alohub.pause(reason => 'test')");
        path.insert("0912345671", "A", null);
        assertEquals(List.of(), mergeAndLease(10));
        path.database.execute("UPDATE alohub.account SET state = 'ACTIVE', state_until = NULL, learned_rate = 5");
        path.insert("0912345672", "B", null);
        assertEquals(List.of(), mergeAndLease(10));
        path.database.execute("UPDATE alohub.account SET learned_rate = NULL, refused_keys = ARRAY['" + HotPath.KEY
                + "'], probe_at = now()");
        path.insert("0912345673", "C", null);
        assertEquals(List.of(), mergeAndLease(10));
        assertEquals("3", path.database.one("SELECT count(*) FROM alohub.due WHERE lease_token IS NULL"));
    }

    @Test
    void a_row_with_a_low_id_that_comes_late_is_taken_by_the_same_look() throws SQLException {
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (id, phone) OVERRIDING SYSTEM VALUE VALUES (20000, '0912345671')");
        LowWaterMark lowWaterMark = new LowWaterMark(new AtomicLong(1)::get);
        assertEquals(List.of(20000L), take(lowWaterMark), "full: the next look begins at the mark");
        long late = path.insert(PHONE, "A", null);
        assertTrue(late < 15_000);
        assertEquals(List.of(late), take(lowWaterMark), "nothing above: a full scan");
    }

    @Test
    void a_row_more_urgent_than_any_before_waits_for_no_full_scan() throws SQLException {
        LowWaterMark lowWaterMark = new LowWaterMark(new AtomicLong(1)::get);
        for (int i = 0; i < 4; i++) {
            path.insert("091234567" + i, "A", null);
        }
        take(lowWaterMark);
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, priority) VALUES ('" + PHONE + "', 10)");
        assertFalse(lowWaterMark.isFullScanDue());
        assertEquals(List.of(5L), take(lowWaterMark));
        path.merge();
        LowWaterMark claims = new LowWaterMark(new AtomicLong(1)::get);
        assertEquals(1, claim(claims, 1));
        assertEquals(1, claim(claims, 1));
        path.database.execute(
                "UPDATE alohub.due SET priority = 20 WHERE customer_id = (SELECT max(customer_id) FROM alohub.due"
                        + " WHERE lease_token IS NULL)");
        assertFalse(claims.isFullScanDue());
        assertEquals(1, claim(claims, 1));
        assertEquals(
                "20",
                path.database.one(
                        "SELECT priority FROM alohub.due WHERE lease_token = (SELECT max(lease_token) FROM alohub.due)"));
    }

    /** One row, marked so that nobody takes it again. */
    private List<Long> take(LowWaterMark lowWaterMark) throws SQLException {
        return Transaction.run(path.database.dataSource(), connection -> {
            List<Long> rows =
                    NewRowsSql.lock(connection, new NewRowsSql.Scan(1, null, OutboxNumbers.Highest.NONE), lowWaterMark)
                            .stream()
                            .map(NewRow::id)
                            .toList();
            MergeSql.markRows(
                    connection,
                    rows.stream()
                            .map(row -> RowStatus.rejected(row, Set.of(Reason.ROW_UNREADABLE)))
                            .toList());
            return rows;
        });
    }

    @Test
    void a_customer_that_is_due_below_the_mark_is_claimed_by_the_next_full_scan() throws SQLException {
        for (int i = 0; i < 4; i++) {
            path.insert("091234567" + i, "A", null);
        }
        path.merge();
        AtomicLong now = new AtomicLong(1);
        LowWaterMark lowWaterMark = new LowWaterMark(now::get);
        assertEquals(1, claim(lowWaterMark, 1));
        assertFalse(lowWaterMark.isFullScanDue());
        path.database.execute("UPDATE alohub.due SET due_at = now() - interval '1 hour' WHERE lease_token IS NULL");
        assertEquals(0, claim(lowWaterMark, 1), "below");
        assertTrue(lowWaterMark.isFullScanDue());
        assertEquals(3, claim(lowWaterMark, 10));
        assertEquals(0, claim(lowWaterMark, 10));
    }

    @Test
    void a_tripped_breaker_raises_no_low_water_mark() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        LowWaterMark lowWaterMark = new LowWaterMark(new AtomicLong(1)::get);
        path.database.execute("SELECT alohub.pause(reason => 'test')");
        assertEquals(0, claim(lowWaterMark, 10));
        path.database.execute("UPDATE alohub.account SET state = 'ACTIVE', state_until = NULL");
        assertEquals(1, claim(lowWaterMark, 10));
    }

    private int claim(LowWaterMark lowWaterMark, int limit) throws SQLException {
        LeaseRequest request = new LeaseRequest("default", HotPath.KEY, limit, HotPath.LEASE);
        return Transaction.run(
                        path.database.dataSource(),
                        connection -> ClaimSql.claim(connection, request, lowWaterMark)
                                .customers())
                .size();
    }
}
