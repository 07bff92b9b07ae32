package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The first and the fourth step; the tests of the daemon have them all. */
class DeliveryTest {

    private static final long SEND_BY = TimeUnit.SECONDS.toNanos(2);
    private static final long WALL = 1_795_000_000_000L;
    private static final long LONGEST_AFTER_SLOT = TimeUnit.MILLISECONDS.toNanos(40);
    private static final LeadClient CLIENT = StandingDelivery.client(ApiKey.of("a-key-of-nobody"));

    private final Lease lease = new Lease(new Moment(0, WALL), Duration.ofNanos(SEND_BY), Duration.ofSeconds(90));
    private final FixedJudgement breaker = new FixedJudgement();
    private long now = TimeUnit.SECONDS.toNanos(1);
    private long wall = WALL;
    private final Delivery delivery = new Delivery(
            PhoneFormat.NATIONAL,
            new RetryPolicy(
                    2,
                    new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> 0),
                    Duration.ofSeconds(60),
                    "test"),
            breaker,
            null,
            new Time(() -> Instant.ofEpochMilli(wall), () -> now));

    private static final class FixedJudgement implements Breaker {
        private boolean probesMayBegin = true;
        private boolean othersMayBegin = true;
        private Outcome outcome = new Outcome.Accepted(200, true);
        private boolean sparesAttempt;

        @Override
        public boolean mayBegin(boolean probe) {
            return probe ? probesMayBegin : othersMayBegin;
        }

        @Override
        public Judgement judge(Claimed customer, Outcome read) {
            return new Judgement(outcome, sparesAttempt, null);
        }

        @Override
        public boolean learn(EndedCall call) {
            return false;
        }
    }

    private static Claimed customer(EarlierAttempts earlier, boolean probe) {
        return new Claimed(1, 1, new Phone("+84868793800"), "Bằng", null, 1, earlier, probe);
    }

    private Attempt attempt(int attempts) {
        return Attempt.atOnce(customer(new EarlierAttempts(attempts, false, false, 0, 0), false), lease);
    }

    private Attempt inSlot(long slot) {
        return Attempt.inSlot(customer(EarlierAttempts.NONE, false), lease, slot);
    }

    private Attempt probe() {
        return Attempt.atOnce(customer(EarlierAttempts.NONE, true), lease);
    }

    private void assertBegins(Attempt attempt) {
        assertTrue(delivery.begin(attempt, CLIENT, false));
        assertEquals(now, attempt.begun);
    }

    /** Nothing begins and nothing is spent. */
    private void assertReleased(Attempt attempt, LeadClient client, boolean stopping) {
        assertFalse(delivery.begin(attempt, client, stopping));
        assertInstanceOf(Outcome.NotStarted.class, attempt.outcome);
        assertEquals(Consequence.RELEASED, attempt.settlement.consequence());
        assertEquals(Duration.ZERO, attempt.settlement.pause());
        assertFalse(attempt.settlement.isSpent());
    }

    @Test
    void a_call_begins_where_nothing_is_against_it() {
        assertBegins(attempt(0));
        assertBegins(attempt(1));
    }

    @Test
    void no_call_begins_behind_s() {
        now = SEND_BY;
        assertBegins(attempt(0));
        now = SEND_BY + 1;
        assertReleased(attempt(0), CLIENT, false);
    }

    /** Its monotonic clock stands meanwhile, and leases have ended that it still counts as its own. */
    @Test
    void no_call_begins_after_the_machine_was_suspended() {
        wall = WALL + 3000;
        assertBegins(attempt(0));
        wall = WALL + 3001;
        assertReleased(attempt(0), CLIENT, false);
        wall = WALL + Duration.ofHours(1).toMillis();
        assertReleased(attempt(0), CLIENT, false);
    }

    @Test
    void a_wall_clock_that_was_set_back_stops_no_call() {
        wall = WALL - Duration.ofHours(1).toMillis();
        assertBegins(attempt(0));
    }

    @Test
    void an_attempt_that_missed_its_slot_is_released() {
        assertBegins(inSlot(now));
        assertBegins(inSlot(now - LONGEST_AFTER_SLOT));
        assertReleased(inSlot(now - LONGEST_AFTER_SLOT - 1), CLIENT, false);
    }

    @Test
    void without_a_client_nothing_begins() {
        assertReleased(attempt(0), null, false);
    }

    @Test
    void nothing_begins_while_the_daemon_stops() {
        assertReleased(attempt(0), CLIENT, true);
    }

    @Test
    void while_the_breaker_is_tripped_a_probe_alone_begins() {
        breaker.othersMayBegin = false;
        assertReleased(attempt(0), CLIENT, false);
        assertReleased(inSlot(now), CLIENT, false);
        assertBegins(probe());
        breaker.probesMayBegin = false;
        assertReleased(probe(), CLIENT, false);
    }

    /** The claim after a release would not know that the last lease was lost, and send it once more. */
    @Test
    void a_last_attempt_that_was_lost_is_dead_whatever_keeps_calls_from_beginning() {
        Attempt attempt = Attempt.atOnce(customer(new EarlierAttempts(2, true, false, 0, 0), false), lease);
        assertFalse(delivery.begin(attempt, null, true));
        assertEquals(Consequence.DEAD, attempt.settlement.consequence());
    }

    @Test
    void the_breaker_says_which_outcome_counts_and_whether_it_spends_an_attempt() {
        Attempt attempt = attempt(1);
        attempt.outcome = new Outcome.Failed(503, "busy");
        breaker.outcome = new Outcome.Throttled(503, Duration.ofSeconds(1), "busy");
        delivery.decide(attempt);
        assertEquals(Consequence.RELEASED, attempt.settlement.consequence());

        breaker.outcome = new Outcome.Failed(500, "broken");
        delivery.decide(attempt);
        assertEquals(Consequence.DEAD, attempt.settlement.consequence(), "the second of two");

        breaker.sparesAttempt = true;
        delivery.decide(attempt);
        assertEquals(Consequence.RELEASED, attempt.settlement.consequence());
    }
}
