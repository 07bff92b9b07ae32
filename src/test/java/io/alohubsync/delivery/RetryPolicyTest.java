package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

    private static final RandomGenerator LEAST = () -> 0L;
    private static final RandomGenerator HALF = () -> Long.MIN_VALUE;
    private static final RandomGenerator MOST = () -> -1L;

    private static final int MAX_ATTEMPTS = 12;
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(5);
    private static final Duration BACKOFF_MAX = Duration.ofHours(1);
    private static final Duration QUARANTINE = Duration.ofSeconds(60);
    private static final Duration TOOK = Duration.ofMillis(35);

    private static final Outcome FAILED = new Outcome.Failed(500, "HTTP 500");
    private static final Outcome UNKNOWN = new Outcome.Unknown("no answer");

    @Test
    void accepted_is_delivered() {
        Settlement settlement = settle(customer(3), new Outcome.Accepted(201, true));
        assertEquals(Consequence.DELIVERED, settlement.consequence());
        assertTrue(settlement.isDelivered() && settlement.isSpent());
        assertTold(settlement, "ACCEPTED", 201, null);
        assertEquals(Duration.ZERO, settlement.pause());
    }

    @Test
    void refused_is_dead_at_once_in_the_crms_words() {
        Settlement settlement = settle(customer(0), new Outcome.Refused(422, "HTTP 422: no"));
        assertEquals(Consequence.DEAD, settlement.consequence());
        assertTrue(settlement.isSpent());
        assertTold(settlement, "REFUSED", 422, "HTTP 422: no");
    }

    @Test
    void failed_waits_and_spends_an_attempt() {
        Settlement settlement = settle(customer(0), FAILED);
        assertEquals(Consequence.WAITING, settlement.consequence());
        assertTrue(settlement.isSpent());
        assertTold(settlement, "FAILED", 500, "HTTP 500");
    }

    @Test
    void unknown_waits_and_spends_an_attempt() {
        Settlement settlement = settle(customer(0), UNKNOWN);
        assertEquals(Consequence.WAITING, settlement.consequence());
        assertTrue(settlement.isSpent());
        assertTold(settlement, "UNKNOWN", null, "no answer");
    }

    @ParameterizedTest
    @MethodSource("outcomesOfTheAccount")
    void what_is_the_accounts_affair_is_due_again_with_its_attempt_refunded(String name, Outcome outcome) {
        Duration behindOthers = Duration.ofSeconds(name.equals("ACCOUNT_REFUSED") ? 5 : 0);
        for (int attempts : new int[] {0, MAX_ATTEMPTS - 1, MAX_ATTEMPTS + 5}) {
            Settlement settlement = settle(customer(attempts), outcome);
            assertEquals(Consequence.RELEASED, settlement.consequence());
            assertEquals(behindOthers, settlement.pause());
            assertEquals(name, settlement.outcome());
            assertTrue(settlement.called(), "a call stands in the history");
            assertFalse(settlement.isSpent());
        }
    }

    static List<Object[]> outcomesOfTheAccount() {
        return List.of(
                new Object[] {"NOT_SENT", new Outcome.NotSent("refused")},
                new Object[] {"THROTTLED", new Outcome.Throttled(429, null, "HTTP 429")},
                new Object[] {"THROTTLED", new Outcome.Throttled(503, Duration.ofMinutes(5), "HTTP 503")},
                new Object[] {"ACCOUNT_REFUSED", new Outcome.AccountRefused(401, TripCause.KEY, "HTTP 401")},
                new Object[] {"ACCOUNT_REFUSED", new Outcome.AccountRefused(402, TripCause.PAYMENT, "HTTP 402")},
                new Object[] {"ACCOUNT_REFUSED", new Outcome.AccountRefused(403, TripCause.FIREWALL, "HTTP 403")},
                new Object[] {"ACCOUNT_REFUSED", new Outcome.AccountRefused(404, TripCause.ENDPOINT, "HTTP 404")},
                new Object[] {"ACCOUNT_REFUSED", new Outcome.AccountRefused(415, TripCause.CONTRACT, "HTTP 415")});
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 5", "2, 10", "3, 20", "4, 20", "1001, 20"})
    void a_customer_that_is_throttled_again_lets_others_go_first(int throttlings, int seconds) {
        Claimed customer = throttled(throttlings);
        for (Duration pause : new Duration[] {null, Duration.ofSeconds(1), Duration.ofDays(1)}) {
            Settlement settlement = settle(customer, new Outcome.Throttled(429, pause, "HTTP 429"));
            assertEquals(Consequence.RELEASED, settlement.consequence());
            assertEquals(Duration.ofSeconds(seconds), settlement.pause());
        }
    }

    @Test
    void a_customer_that_met_a_limit_again_goes_at_once() {
        Settlement settlement = settle(throttled(2), new Outcome.Throttled(503, Duration.ofMillis(100), "HTTP 503"));
        assertEquals(Duration.ZERO, settlement.pause());
    }

    private static Claimed throttled(int throttlings) {
        return new Claimed(
                7,
                42,
                new Phone("+84868793800"),
                "Bằng",
                null,
                3,
                new EarlierAttempts(0, false, false, 0, throttlings),
                false);
    }

    @Test
    void not_started_is_released_and_leaves_no_trace() {
        Settlement settlement = settle(customer(MAX_ATTEMPTS - 1), new Outcome.NotStarted());
        assertEquals(Consequence.RELEASED, settlement.consequence());
        assertEquals(Duration.ZERO, settlement.pause());
        assertFalse(settlement.called());
        assertFalse(settlement.isSpent());
        assertNull(settlement.outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5",
        "1, 10",
        "2, 20",
        "3, 40",
        "9, 2560",
        "10, 3600", // 5120 would be more than an hour
        "11, 3600"
    })
    void the_backoff_is_drawn_from_zero_to_a_bound_that_doubles(int attempts, int seconds) {
        Duration bound = Duration.ofSeconds(seconds);
        assertEquals(Duration.ZERO, pause(LEAST, attempts, FAILED));
        assertEquals(bound.dividedBy(2), pause(HALF, attempts, FAILED));
        Duration most = pause(MOST, attempts, FAILED);
        assertTrue(most.compareTo(bound) <= 0 && most.compareTo(bound.minusMillis(1)) > 0, most.toString());
    }

    @Test
    void the_bound_of_a_thousand_attempts_is_still_the_longest_backoff() {
        RetryPolicy patient = new RetryPolicy(1000, new Backoff(BACKOFF_MIN, BACKOFF_MAX, MOST), QUARANTINE, "worker");
        for (int attempts = 20; attempts < 1000; attempts++) {
            Duration pause = patient.decide(customer(attempts), FAILED, TOOK, false, null)
                    .pause();
            assertTrue(pause.compareTo(BACKOFF_MAX.minusMillis(1)) > 0 && pause.compareTo(BACKOFF_MAX) <= 0);
        }
    }

    @Test
    void after_unknown_the_phone_keeps_quiet_for_the_quarantine_at_least() {
        assertEquals(QUARANTINE, pause(LEAST, 0, UNKNOWN));
        assertEquals(QUARANTINE, pause(MOST, 0, UNKNOWN)); // a backoff of 5 s at most
        assertEquals(QUARANTINE, pause(LEAST, 9, UNKNOWN));
        assertEquals(Duration.ofSeconds(1280), pause(HALF, 9, UNKNOWN));
    }

    @Test
    void a_last_attempt_is_dead_but_keeps_its_quarantine() {
        assertEquals(
                Consequence.WAITING, settle(customer(MAX_ATTEMPTS - 2), FAILED).consequence());
        assertEquals(
                Consequence.DEAD, settle(customer(MAX_ATTEMPTS - 1), FAILED).consequence());
        assertEquals(Consequence.DEAD, settle(customer(MAX_ATTEMPTS), FAILED).consequence());
        Settlement unknown = settle(customer(MAX_ATTEMPTS - 1), UNKNOWN);
        assertEquals(Consequence.DEAD, unknown.consequence());
        assertTrue(unknown.pause().compareTo(QUARANTINE) >= 0, "a person may retry it, the request may still arrive");
        assertTold(unknown, "UNKNOWN", null, "no answer");
    }

    @Test
    void where_one_attempt_is_allowed_the_first_failure_is_dead() {
        RetryPolicy once = new RetryPolicy(1, new Backoff(BACKOFF_MIN, BACKOFF_MAX, LEAST), QUARANTINE, "worker");
        assertEquals(
                Consequence.DEAD,
                once.decide(customer(0), FAILED, TOOK, false, null).consequence());
        assertEquals(
                Consequence.DEAD,
                once.decide(customer(0), UNKNOWN, TOOK, false, null).consequence());
    }

    @Test
    void a_probe_spends_nothing_and_kills_nobody() {
        for (int attempts : new int[] {0, MAX_ATTEMPTS - 1, MAX_ATTEMPTS + 5}) {
            for (Outcome outcome : List.of(FAILED, UNKNOWN, new Outcome.NotSent("refused"), new Outcome.NotStarted())) {
                Settlement settlement = policy(HALF).decide(probe(attempts), outcome, TOOK, true, null);
                assertEquals(Consequence.RELEASED, settlement.consequence());
                assertFalse(settlement.isSpent());
            }
        }
    }

    @Test
    void a_probe_that_ends_unknown_keeps_its_quarantine() {
        Settlement settlement = policy(LEAST).decide(probe(0), UNKNOWN, TOOK, true, null);
        assertTrue(
                settlement.pause().compareTo(QUARANTINE) >= 0,
                settlement.pause().toString());
    }

    @Test
    void a_probe_that_is_answered_about_its_customer_settles_it() {
        assertEquals(
                Consequence.DELIVERED,
                policy(HALF)
                        .decide(probe(0), new Outcome.Accepted(200, true), TOOK, true, null)
                        .consequence());
        assertEquals(
                Consequence.DEAD,
                policy(HALF)
                        .decide(probe(0), new Outcome.Refused(422, "no"), TOOK, true, null)
                        .consequence());
    }

    @Test
    void a_customer_whose_last_allowed_attempt_was_lost_is_not_sent_again() {
        assertTrue(policy(HALF).isExhausted(lost(MAX_ATTEMPTS)));
        assertTrue(policy(HALF).isExhausted(lost(MAX_ATTEMPTS + 1)));
        assertFalse(policy(HALF).isExhausted(lost(MAX_ATTEMPTS - 1)));
        assertFalse(policy(HALF).isExhausted(customer(MAX_ATTEMPTS)), "its last lease was settled");

        Settlement settlement = policy(HALF).decideExhausted(lost(MAX_ATTEMPTS));
        assertEquals(Consequence.DEAD, settlement.consequence());
        assertFalse(settlement.called(), "no call was made: none stands in the history, no attempt is spent");
        assertFalse(settlement.isSpent());
        assertEquals("UNKNOWN", settlement.outcome());
        assertTrue(settlement.error() != null && settlement.error().contains("replica"), settlement.error());
    }

    @Test
    void a_settlement_tells_its_customer_its_call_and_its_worker() {
        Claimed customer = customer(0);
        Settlement settlement = settle(customer, FAILED);
        assertEquals(customer, settlement.customer());
        assertEquals(TOOK, settlement.duration());
        assertEquals("worker", settlement.replica());
    }

    private static void assertTold(Settlement settlement, String outcome, Integer status, String error) {
        assertTrue(settlement.called());
        assertEquals(outcome, settlement.outcome());
        assertEquals(status, settlement.httpStatus());
        assertEquals(error, settlement.error());
    }

    private static Duration pause(RandomGenerator jitter, int attempts, Outcome outcome) {
        return policy(jitter)
                .decide(customer(attempts), outcome, TOOK, false, null)
                .pause();
    }

    private static Settlement settle(Claimed customer, Outcome outcome) {
        return policy(HALF).decide(customer, outcome, TOOK, false, null);
    }

    private static RetryPolicy policy(RandomGenerator jitter) {
        return new RetryPolicy(MAX_ATTEMPTS, new Backoff(BACKOFF_MIN, BACKOFF_MAX, jitter), QUARANTINE, "worker");
    }

    private static Claimed customer(int attempts) {
        return claimed(attempts, false, false);
    }

    private static Claimed lost(int attempts) {
        return claimed(attempts, true, false);
    }

    private static Claimed probe(int attempts) {
        return claimed(attempts, false, true);
    }

    private static Claimed claimed(int attempts, boolean lost, boolean probe) {
        return new Claimed(
                7,
                42,
                new Phone("+84868793800"),
                "Bằng",
                null,
                3,
                new EarlierAttempts(attempts, lost, false, 0, 0),
                probe);
    }
}
