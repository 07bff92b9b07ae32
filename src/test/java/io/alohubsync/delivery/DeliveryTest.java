package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.alohubsync.alohub.Outcome;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.Time;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Settlement.Consequence;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The first and the fourth step; the tests of the daemon have them all. */
class DeliveryTest {

    private static final long SEND_BY = 2_000;

    private final Lease lease = new Lease(SEND_BY, 90_000);
    private final FixedJudgement breaker = new FixedJudgement();
    private final Delivery delivery = new Delivery(
            PhoneFormat.NATIONAL,
            new RetryPolicy(
                    2,
                    new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> 0),
                    Duration.ofSeconds(60),
                    "test"),
            breaker,
            null,
            new Time(InstantSource.system(), () -> SEND_BY + 1));

    private static final class FixedJudgement implements Breaker {
        private Outcome outcome = new Outcome.Accepted(200);
        private boolean sparesAttempt;

        @Override
        public boolean mayBegin(boolean probe) {
            return false;
        }

        @Override
        public Judgement judge(Claimed customer, Outcome read) {
            return new Judgement(outcome, sparesAttempt, null);
        }

        @Override
        public void learn(EndedCall call) {}
    }

    private Attempt attempt(int attempts) {
        return attempt(attempts, false);
    }

    private Attempt attempt(int attempts, boolean lost) {
        return Attempt.atOnce(
                new Claimed(
                        1,
                        1,
                        new Phone("+84868793800"),
                        "Bằng",
                        null,
                        1,
                        new EarlierAttempts(attempts, lost, false, 0, 0),
                        false),
                lease);
    }

    @Test
    void without_a_client_or_while_the_breaker_is_tripped_nothing_begins_and_nothing_is_spent() {
        Attempt attempt = attempt(0);
        assertFalse(delivery.begin(attempt, null, false));
        assertInstanceOf(Outcome.NotStarted.class, attempt.outcome);
        assertEquals(Consequence.RELEASED, attempt.settlement.consequence());
        assertEquals(Duration.ZERO, attempt.settlement.pause());
    }

    /** The claim after a release would not know that the last lease was lost, and send it once more. */
    @Test
    void a_last_attempt_that_was_lost_is_dead_whatever_keeps_calls_from_beginning() {
        Attempt attempt = attempt(2, true);
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
