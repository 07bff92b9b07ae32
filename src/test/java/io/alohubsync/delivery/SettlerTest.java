package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Refund;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds by hand, on a clock and a database of the test. */
class SettlerTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScriptedAccount account = new ScriptedAccount();
    private final Settler settler = account.settler;
    private final Lease lease = account.lease();

    private void round() throws Exception {
        settler.settleNext(Duration.ZERO);
    }

    @Test
    void capacity_and_lease_are_free_once_the_settlement_is_written() throws Exception {
        account.settleLater(1, lease);
        assertEquals(1, account.capacity.unsettled());
        round();
        assertEquals(List.of("settled [1]"), account.written);
        assertEquals(0, account.capacity.unsettled());
        assertTrue(lease.isSettled());
    }

    @Test
    void all_that_is_queued_is_one_batch() throws Exception {
        account.settleLater(1, lease);
        account.settleLater(2, lease);
        round();
        assertEquals(List.of("settled [1, 2]"), account.written);
    }

    @Test
    void while_the_database_is_away_a_settlement_keeps_its_capacity_and_is_tried_again_with_its_token()
            throws Exception {
        account.settleLater(1, lease);
        account.failing = "alohub";
        round();
        assertEquals(1, account.capacity.unsettled());
        assertFalse(lease.isSettled());
        account.failing = null;
        round();
        assertEquals(List.of("settled [1]"), account.written);
        assertEquals(0, account.capacity.unsettled());
    }

    /** The loop's round has failed, so the replica is not ready. */
    @Test
    void a_full_disk_of_the_database_ends_the_round_with_the_failure() throws Exception {
        account.settleLater(1, lease);
        account.failing = "alohub";
        account.failingWith = "53100";
        assertThrows(SQLException.class, this::round);
        assertEquals(1, account.capacity.unsettled());
        account.failing = null;
        round();
        assertEquals(List.of("settled [1]"), account.written);
    }

    @Test
    void it_is_given_up_when_its_lease_has_ended_and_not_before() throws Exception {
        account.settleLater(1, lease);
        account.failing = "alohub";
        account.now = ScriptedAccount.LEASE.toNanos() - 1;
        round();
        round();
        assertEquals(1, account.capacity.unsettled());
        account.now++;
        account.failing = null;
        round();
        assertEquals(List.of(), account.written, "the next claim takes the customer as Unknown");
        assertEquals(0, account.capacity.unsettled());
        assertTrue(lease.isSettled());
    }

    @Test
    void a_customer_that_another_transaction_holds_delays_no_other() throws Exception {
        account.lockedElsewhere.add(1L);
        account.settleLater(1, lease);
        account.settleLater(2, lease);
        round();
        assertEquals(List.of("settled [2]"), account.written);
        assertEquals(1, account.capacity.unsettled());
        account.lockedElsewhere.clear();
        round();
        assertEquals(List.of("settled [2]", "settled [1]"), account.written);
        assertEquals(0, account.capacity.unsettled());
    }

    @Test
    void customers_that_another_transaction_holds_leave_their_capacity_to_others() throws Exception {
        for (long id = 1; id <= ScriptedAccount.CONCURRENCY; id++) {
            account.lockedElsewhere.add(id);
            account.settleLater(id, lease);
        }
        assertEquals(0, account.capacity.claimable(account.now, 0));
        round();
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.claimable(account.now, 0));
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.unsettled(), "the stop waits for them");
        account.failing = "alohub";
        round();
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.claimable(account.now, 0));
        account.failing = null;
        account.lockedElsewhere.remove(1L);
        round();
        assertEquals(List.of("settled [1]"), account.written);
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.claimable(account.now, 0));
        account.now = ScriptedAccount.LEASE.toNanos();
        round();
        assertEquals(0, account.capacity.unsettled(), "given up");
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.claimable(account.now, 0), "no more than before");
    }

    @Test
    void a_refund_follows_the_settlement_that_spent_the_attempt() throws Exception {
        account.settleLater(7, lease);
        settler.refund(List.of(new Refund(7, 1, 1)));
        round();
        assertEquals(List.of("settled [7]", "refunded [7]"), account.written);
    }

    @Test
    void a_refund_waits_for_a_settlement_that_could_not_be_written() throws Exception {
        account.lockedElsewhere.add(7L);
        account.settleLater(7, lease);
        settler.refund(List.of(new Refund(7, 1, 1)));
        round();
        assertEquals(List.of(), account.written);
        account.lockedElsewhere.clear();
        round();
        assertEquals(List.of("settled [7]", "refunded [7]"), account.written);
    }

    @Test
    void the_end_writes_refunds_that_no_round_has_taken() {
        settler.refund(List.of(new Refund(7, 1, 1)));
        settler.finish();
        assertEquals(List.of("refunded [7]"), account.written);
    }

    /** Else a wake-up between two rounds would be lost. */
    @Test
    void what_is_queued_before_a_round_begins_ends_its_wait_at_once() {
        account.settleLater(1, lease);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> settler.settleNext(LONG));
        assertEquals(List.of("settled [1]"), account.written);
    }

    @Test
    void a_round_without_a_settlement_sends_nothing() throws Exception {
        round();
        assertEquals(List.of(), account.database.statements());
    }
}
