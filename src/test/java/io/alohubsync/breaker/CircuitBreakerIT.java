package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.breaker.Breaker.EndedCall;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Refund;
import io.alohubsync.delivery.HotPath;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a replica makes of a trip and of the probes after it, in the account's row. */
class CircuitBreakerIT {

    private static final String KEY = HotPath.KEY;

    private final HotPath path = new HotPath();
    private final AtomicLong clock = new AtomicLong();
    private final Account account = new Account(
            "default",
            URI.create("http://127.0.0.1:9"),
            KeySource.fixed("key"),
            "Authorization",
            PhoneFormat.NATIONAL,
            1,
            null,
            RowOrder.BY_ID);
    private final BreakerStore store =
            new BreakerStore(path.database.dataSource(), account, Duration.ofSeconds(30), Duration.ofSeconds(8));
    private final ConsecutiveFailures failures = new ConsecutiveFailures(1);
    private final CircuitBreaker side = new CircuitBreaker(store, failures, clock::get);

    private void learn(BreakerEvent change) throws SQLException {
        side.learn(change);
        side.applyLearned(KEY);
        side.read(KEY);
    }

    private void trip(TripCause cause, BreakerEvent.Evidence evidence) throws SQLException {
        learn(new BreakerEvent.Trip(cause, "words", KEY, evidence, List.of(new Refund(1, 1, 1))));
    }

    @Test
    void what_failures_spent_is_refunded_and_the_first_probe_comes_soon() throws SQLException {
        trip(TripCause.REFUSALS, BreakerEvent.Evidence.ANSWERS);
        assertTrue(side.isTrippedByAnswers());
        assertEquals(List.of(new Refund(1, 1, 1)), side.takeRefunds());
        assertEquals(
                "t",
                path.database.one("SELECT probe_at < clock_timestamp() + interval '1.01 s' FROM alohub.account"),
                "the first probe within a second");
    }

    private EndedCall accepted(long customer) {
        return new EndedCall(
                customer(customer),
                new Outcome.Accepted(200, true),
                false,
                ApiKey.of("sk_live_4eC39HqLyjWD"),
                clock.get());
    }

    private boolean isProbedSoon() {
        return "t"
                .equals(path.database.one(
                        "SELECT probe_at < clock_timestamp() + interval '1.01 s' FROM alohub.account"));
    }

    /** Calls in flight may show that the refusal was one customer's. */
    @Test
    void a_call_that_is_accepted_after_one_call_tripped_it_brings_the_first_probe_forward() throws SQLException {
        side.read(KEY);
        trip(TripCause.FIREWALL, BreakerEvent.Evidence.ONE_CALL);
        assertFalse(isProbedSoon());
        side.learn(accepted(8));
        side.applyLearned(KEY);
        side.read(KEY);
        assertTrue(isProbedSoon());
        assertEquals(AccountState.BLOCKED, side.read(KEY).state());
        path.database.execute("UPDATE alohub.account SET probe_at = clock_timestamp() + interval '30 s', probes = 0");
        side.learn(accepted(9));
        side.applyLearned(KEY);
        assertFalse(isProbedSoon(), "once for each trip");
    }

    private String throttles() {
        return path.database.one("SELECT throttles FROM alohub.account");
    }

    private void acceptedLater() {
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        side.accepted(7, KEY, clock.get());
    }

    private void throttledAndOverIt() throws SQLException {
        learn(new BreakerEvent.Throttle(Duration.ofSeconds(1), "429", null, clock.get()));
        path.database.execute("UPDATE alohub.account SET state_until = clock_timestamp() - interval '1 second'"
                + " WHERE state = 'THROTTLED'");
        side.read(KEY); // the pause is over
        path.database.execute("UPDATE alohub.account SET state_until = clock_timestamp() - interval '1 second'"
                + " WHERE state = 'RECOVERING'");
        side.read(KEY); // and the ramp
        assertEquals("ACTIVE", path.database.one("SELECT state FROM alohub.account"));
    }

    /** The first calls may be answered late, or the account be quiet for a while. */
    @Test
    void an_acceptance_after_the_ramp_ends_the_count_of_throttlings_too() throws SQLException {
        side.read(KEY);
        throttledAndOverIt();
        assertEquals("1", throttles());
        acceptedLater();
        side.applyLearned(KEY);
        side.read(KEY);
        assertEquals("0", throttles());
    }

    @Test
    void a_replica_that_starts_later_ends_the_count_as_well() throws SQLException {
        side.read(KEY);
        throttledAndOverIt();
        CircuitBreaker fresh = new CircuitBreaker(store, failures, clock::get);
        fresh.read(KEY);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        fresh.accepted(7, KEY, clock.get());
        fresh.applyLearned(KEY);
        assertEquals("0", throttles());
    }

    private static Claimed customer(long id) {
        return new Claimed(id, 1, new Phone("+84868793800"), "Bằng", null, 1, EarlierAttempts.NONE, false);
    }

    private void assertAtFaultAfter(int customers) {
        for (int id = 1; id < customers; id++) {
            assertNull(failures.refused(customer(id), clock.get()));
        }
        assertNotNull(failures.refused(customer(customers), clock.get()));
    }

    @Test
    void a_trip_that_another_customers_acceptance_ends_soon_was_a_false_alarm() throws SQLException {
        side.read(KEY);
        trip(TripCause.REFUSALS, BreakerEvent.Evidence.ANSWERS);
        clock.addAndGet(Duration.ofSeconds(14).toNanos());
        learn(new BreakerEvent.Recover(KEY, true));
        assertAtFaultAfter(40);
        trip(TripCause.FAILING, BreakerEvent.Evidence.FAILURES);
        clock.addAndGet(Duration.ofSeconds(16).toNanos());
        learn(new BreakerEvent.Recover(KEY, true));
        assertAtFaultAfter(20);
    }
}
