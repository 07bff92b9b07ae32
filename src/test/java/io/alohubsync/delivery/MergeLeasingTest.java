package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.AccountState;
import io.alohubsync.loop.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The claiming loop has made a client and has read the account state; nothing is in flight. */
class MergeLeasingTest {

    private final ScriptedAccount account = new ScriptedAccount();
    private final MergeLeasing leasing = account.leasing;

    @BeforeEach
    void the_account_is_known() throws SQLException {
        account.reading.read(account.client.refreshed());
        firstCallHasEnded();
    }

    /** The first call of a process is made alone. */
    private void firstCallHasEnded() {
        account.capacity.called();
    }

    private void claimLeftNoneDue() {
        account.claims.caughtUp(new Claims.Batch(List.of(), account.time.now(), true, Duration.ZERO));
    }

    @Test
    void a_merge_takes_the_capacity_that_is_free_and_what_it_does_not_lease_is_free_again() {
        Allowance allowance = leasing.take();
        assertEquals(ScriptedAccount.CONCURRENCY, allowance.request().limit());
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.unsettled());
        leasing.deliver(allowance, List.of(ScriptedAccount.customer(1)));
        assertEquals(1, account.capacity.unsettled());
        assertEquals(1, account.calls.queued());
    }

    @Test
    void a_merge_that_failed_gives_all_of_it_free() {
        leasing.deliver(leasing.take(), List.of());
        assertEquals(0, account.capacity.unsettled());
    }

    @Test
    void where_all_capacity_is_taken_there_is_no_allowance() {
        assertNotNull(leasing.take());
        assertNull(leasing.take());
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.unsettled());
    }

    @Test
    void the_lease_counts_from_before_the_merge() {
        account.now += 5;
        Lease lease = leasing.take().lease();
        long latest = 5 + ScriptedAccount.SEND_BY.toNanos();
        assertTrue(lease.mayBegin(new Moment(latest, 0)));
        assertFalse(lease.mayBegin(new Moment(latest + 1, 0)));
    }

    @Test
    void nothing_is_leased_before_the_state_was_read_while_the_breaker_is_tripped_or_at_the_stop() throws SQLException {
        account.breaker.forget();
        assertNull(leasing.take());
        assertEquals(Integer.MAX_VALUE, leasing.available(), "waiting is of no use");
        account.state = AccountState.MISCONFIGURED;
        account.breaker.read("key");
        assertNull(leasing.take());
        account.state = AccountState.ACTIVE;
        account.breaker.read("key");
        assertEquals(ScriptedAccount.CONCURRENCY, leasing.available());
        leasing.stop();
        assertNull(leasing.take());
        assertEquals(Integer.MAX_VALUE, leasing.available());
        assertEquals(0, account.capacity.unsettled());
    }

    @Test
    void while_calls_need_slots_a_claim_alone_takes_them() throws SQLException {
        account.state = AccountState.RECOVERING;
        account.breaker.read("key");
        assertNull(leasing.take());
        assertEquals(Integer.MAX_VALUE, leasing.available());
    }

    @Test
    void customers_that_may_wait_for_a_claim_come_first() {
        account.capacity.takeForProbe();
        assertEquals(0, leasing.available(), "capacity will be free");
        claimLeftNoneDue();
        assertEquals(ScriptedAccount.CONCURRENCY - 1, leasing.available());
    }

    /** A monotonic clock may begin anywhere, at 0 too: nothing was claimed yet. */
    @Test
    void no_claim_has_left_none_due_before_the_first_one() {
        assertEquals(0, account.now);
        assertEquals(false, account.claims.isCaughtUp());
    }

    @Test
    void while_the_claiming_loop_waits_for_capacity_a_merge_leases_only_if_no_customer_waits_for_it() throws Exception {
        for (int i = 1; i < ScriptedAccount.CONCURRENCY; i++) { // less than a quarter is left: no claim is worth it
            account.capacity.takeForProbe();
        }
        Thread claiming = Thread.ofPlatform().daemon().start(() -> {
            try {
                account.capacity.await(0, 1, Duration.ofHours(1));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        while (!account.capacity.isAwaited()) {
            Thread.onSpinWait();
        }
        assertNull(leasing.take(), "a customer may wait for it");
        claimLeftNoneDue();
        assertNotNull(leasing.take());
        claiming.interrupt();
        claiming.join();
    }
}
