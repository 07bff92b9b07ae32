package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.KeySource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rounds by hand. A wake-up that has come already ends each pause at once. */
@Timeout(30)
class ClaimLoopTest {

    private static final String CLAIM = "moment CROSS JOIN permits";

    private final ScriptedAccount account = new ScriptedAccount();

    @BeforeEach
    void the_first_call_has_ended() {
        account.capacity.called();
    }

    private void round() throws SQLException, InterruptedException {
        account.wakeUp.wake();
        account.claimLoop.round();
    }

    private void due(int customers) {
        LongStream.rangeClosed(1, customers).forEach(account.due::add);
    }

    private long claims() {
        return account.database.statements().stream()
                .filter(sql -> sql.contains(CLAIM))
                .count();
    }

    @Test
    void a_round_claims_as_many_as_there_is_capacity_for_and_passes_them_on() throws Exception {
        due(ScriptedAccount.CONCURRENCY + 2);
        round();
        assertEquals(ScriptedAccount.CONCURRENCY, account.calls.queued());
        assertEquals(ScriptedAccount.CONCURRENCY, account.capacity.unsettled());
        assertEquals(2, account.due.size());
    }

    @Test
    void capacity_that_a_claim_did_not_need_is_free_again() throws Exception {
        account.due.add(1L);
        round();
        assertEquals(1, account.capacity.unsettled());
        assertTrue(account.claims.isCaughtUp(), "it left none due");
    }

    @Test
    void a_claim_that_left_some_due_is_not_caught_up() throws Exception {
        due(ScriptedAccount.CONCURRENCY + 1);
        round();
        assertFalse(account.claims.isCaughtUp());
    }

    @Test
    void a_claim_that_fails_holds_no_capacity() {
        account.failing = CLAIM;
        assertThrows(SQLException.class, this::round);
        assertEquals(0, account.capacity.unsettled());
    }

    @Test
    void without_capacity_nothing_is_claimed() throws Exception {
        due(ScriptedAccount.CONCURRENCY + 1);
        round();
        round();
        assertEquals(1, claims());
    }

    @Test
    void while_the_breaker_is_tripped_nothing_is_claimed_and_a_probe_only_when_it_is_due() throws Exception {
        account.due.add(1L);
        account.state = AccountState.MISCONFIGURED;
        round();
        assertEquals(List.of(), account.written);
        account.probeDue = true;
        round();
        assertEquals(List.of("probe"), account.written);
        assertEquals(0, claims());
    }

    @Test
    void what_calls_have_shown_is_written_before_the_next_claim() throws Exception {
        account.due.add(1L);
        account.breaker.learn(ScriptedAccount.trip());
        account.state = AccountState.MISCONFIGURED; // as the row is after that
        round();
        assertEquals("state MISCONFIGURED", account.written.getFirst());
        assertEquals(0, claims());
    }

    /** Else the next probe or recovery would be seen only after a pause. */
    @Test
    void a_claim_that_took_none_because_another_replica_tripped_the_breaker_goes_on_without_a_pause() throws Exception {
        round();
        account.state = AccountState.MISCONFIGURED;
        account.claimLoop.round(); // no wake-up: a pause would last an hour
        assertEquals(2, claims());
    }

    @Test
    void without_a_key_nothing_is_read(@TempDir Path folder) throws Exception {
        KeyedClient none = new KeyedClient(
                KeySource.inFile(folder.resolve("key")), StandingDelivery::client, Duration.ofMinutes(1));
        ClaimLoop loop = new ClaimLoop(
                none,
                account.reading,
                account.claims,
                account.calls,
                new ClaimPause(account.wakeUp, Duration.ofHours(1), account.capacity));
        account.wakeUp.wake();
        loop.round();
        assertEquals(List.of(), account.database.statements());
    }
}
