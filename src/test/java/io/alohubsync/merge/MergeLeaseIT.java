package io.alohubsync.merge;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import java.sql.SQLException;
import java.time.Duration;
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
                .mergeBatch(100, Map.of("default", new ClaimSql.Request("default", HotPath.KEY, limit, HotPath.LEASE)))
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
        assertEquals(List.of(), path.claim(10));
        assertEquals(Set.of(customer.customerId()), path.settle(accepted(customer)));
        assertEquals("DELIVERED", path.database.rowStatus(row));
        assertEquals("0", path.database.one("SELECT alohub.recount()"), "the counters saw it");
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
        assertTrue(next.lost());
        assertEquals(1, next.attempts());
        assertTrue(next.token() != stale.token());
        assertEquals(Set.of(), path.settle(accepted(stale)), "fenced");
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
        assertEquals(List.of(20000L), take(lowWaterMark), "full: the next look begins at the watermark");
        long late = path.insert(PHONE, "A", null);
        assertTrue(late < 15_000);
        assertEquals(List.of(late), take(lowWaterMark), "nothing above: it sweeps");
    }

    @Test
    void a_row_more_urgent_than_any_before_waits_for_no_sweep() throws SQLException {
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
            List<Long> rows = NewRowsSql.lock(connection, new NewRowsSql.Request(1, null), lowWaterMark).stream()
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
    void a_customer_that_is_due_below_the_watermark_is_claimed_by_the_next_sweep() throws SQLException {
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
        ClaimSql.Request request = new ClaimSql.Request("default", HotPath.KEY, limit, HotPath.LEASE);
        return Transaction.run(
                        path.database.dataSource(), connection -> ClaimSql.claim(connection, request, lowWaterMark))
                .size();
    }
}
