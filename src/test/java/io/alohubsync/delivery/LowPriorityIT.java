package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.merge.OutboxMerge;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The most urgent go first, but one of twenty looks and claims is for the oldest of the others. */
class LowPriorityIT {

    private static final String KEY = "+84868793800";

    private final HotPath path = new HotPath();
    private final AtomicLong now = new AtomicLong(1);
    private int urgent;

    private void urgent(int rows) {
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, priority) SELECT '0912' || (100000 + i), 10"
                + " FROM generate_series(" + (urgent + 1) + ", " + (urgent + rows) + ") i");
        urgent += rows;
    }

    private void low() {
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, priority) VALUES ('0868793800', 0), ('0868793801', -5)");
    }

    @Test
    void a_row_of_low_priority_is_merged_beside_an_endless_stream_of_urgent_ones() throws SQLException {
        OutboxMerge intake = path.newIntake(false, now::get);
        urgent(4);
        low();
        int looks = 0;
        while (path.database.status(KEY) == null) {
            urgent(2);
            intake.mergeBatch(2, Map.of());
            assertTrue(++looks <= 20, "looks in vain");
        }
        assertEquals(20, looks, "the urgent ones before it");
        assertEquals("PENDING", path.database.status("+84868793801"), "less urgent still, and as old");
    }

    private interface Claim {
        List<Claimed> claim(LeaseRequest request) throws SQLException;
    }

    private void claimBesideUrgentOnes(Claim claim) throws SQLException {
        low();
        path.merge();
        LeaseRequest request = new LeaseRequest("default", HotPath.KEY, 2, HotPath.LEASE);
        int claims = 0;
        while (!"SENDING".equals(path.database.status(KEY))) {
            urgent(3);
            path.merge();
            assertEquals(2, claim.claim(request).size());
            assertTrue(++claims <= 20, "claims in vain");
        }
        assertEquals(20, claims, "the urgent ones before it");
    }

    @Test
    void a_customer_of_low_priority_is_claimed_beside_an_endless_stream_of_urgent_ones() throws SQLException {
        LowWaterMark lowWaterMark = new LowWaterMark(now::get);
        claimBesideUrgentOnes(request -> Transaction.run(
                path.database.dataSource(),
                connection -> ClaimSql.claim(connection, request, lowWaterMark).customers()));
    }

    @Test
    void a_claim_of_the_oldest_does_not_say_that_none_is_left() throws SQLException {
        LowWaterMark lowWaterMark = new LowWaterMark(now::get);
        low();
        path.merge();
        LeaseRequest request = new LeaseRequest("default", HotPath.KEY, 3, HotPath.LEASE);
        while (!"SENDING".equals(path.database.status(KEY))) {
            urgent(4);
            path.merge();
            assertFalse(Transaction.run(
                            path.database.dataSource(), connection -> ClaimSql.claim(connection, request, lowWaterMark))
                    .leftNone());
        }
    }

    @Test
    void the_same_where_calls_need_slots() throws SQLException {
        LowWaterMark lowWaterMark = new LowWaterMark(now::get);
        ClaimSql.Pace pace = new ClaimSql.Pace(1e-6, 2, 1, 8);
        claimBesideUrgentOnes(request -> Transaction.run(
                path.database.dataSource(),
                connection -> ClaimSql.claim(connection, request.atMost(2), pace, lowWaterMark)
                        .customers()));
    }

    @Test
    void a_resend_goes_behind_what_sources_write_today() throws SQLException {
        path.insert("0868793800", "A", null);
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, priority) VALUES ('0868793801', 'B', 10)");
        path.merge();
        for (Claimed customer : path.claim(1)) {
            path.settle(HotPath.refused(customer)); // the urgent one, dead
        }
        path.deliver();
        path.database.execute("SELECT alohub.retry(phone, account) FROM alohub.sync_status");
        path.insert("0868793802", "Today", null);
        path.merge();
        assertEquals("Today", path.claimOne().name());
        path.insert("0868793801", "Today too", null);
        path.merge();
        assertEquals("Today too", path.claimOne().name(), "as urgent as its new row");
        assertEquals("A", path.claimOne().name());
    }
}
