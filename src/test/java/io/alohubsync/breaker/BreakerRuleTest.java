package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerRuleTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");

    private static Claimed customer(boolean probe, int throttled) {
        return new Claimed(
                7,
                42,
                new Phone("+84868793800"),
                "Bằng",
                null,
                1,
                new EarlierAttempts(0, false, false, throttled, 0),
                probe);
    }

    @Test
    void a_503_without_a_time_while_others_are_accepted_is_a_limit_three_times() {
        Outcome busy = new Outcome.Failed(503, "HTTP 503");
        Outcome limit = new Outcome.Throttled(503, Duration.ofMillis(100), "HTTP 503");
        assertEquals(limit, BreakerRule.asLimit(customer(false, 0), busy, another -> another == 7));
        assertEquals(limit, BreakerRule.asLimit(customer(false, 2), busy, another -> true));
        assertEquals(busy, BreakerRule.asLimit(customer(false, 3), busy, another -> true), "it is the customer's own");
        assertEquals(busy, BreakerRule.asLimit(customer(false, 0), busy, another -> false), "none is accepted");
        assertEquals(busy, BreakerRule.asLimit(customer(true, 0), busy, another -> true), "a probe");
    }

    @Test
    void no_other_failure_is_a_limit() {
        for (Outcome outcome : new Outcome[] {
            new Outcome.Failed(500, "HTTP 500"), new Outcome.Failed(null, "garbled"), new Outcome.Unknown("timeout")
        }) {
            assertEquals(outcome, BreakerRule.asLimit(customer(false, 0), outcome, another -> true));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_refused_key_trips_the_breaker_for_the_key_that_was_used(boolean probe) {
        BreakerEvent.Trip trip = trip(new Outcome.AccountRefused(401, TripCause.KEY, "HTTP 401 UNAUTHORIZED"), probe);
        assertEquals(TripCause.KEY, trip.cause());
        assertEquals(AccountState.KEY_REJECTED, trip.cause().state());
        assertEquals(KEY.fingerprint(), trip.key());
        assertTrue(trip.reason().contains("HTTP 401 UNAUTHORIZED"), trip.reason());
        assertTrue(trip.cause().needs().contains("alohub.api-key-file"), "the remedy");
        assertFalse(trip.toString().contains(KEY.value()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_wrong_endpoint_trips_the_breaker(boolean probe) {
        BreakerEvent.Trip trip = trip(new Outcome.AccountRefused(404, TripCause.ENDPOINT, "HTTP 404"), probe);
        assertEquals(TripCause.ENDPOINT, trip.cause());
        assertTrue(trip.reason().contains("HTTP 404"), trip.reason());
        assertTrue(trip.cause().needs().contains("alohub.base-url"), "the remedy");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            HTTP 403 INSUFFICIENT_SCOPE: Lan of Huế, 0868793800 → HTTP 403 INSUFFICIENT_SCOPE
            HTTP 403 NGUYEN_VAN_AN: no                          → HTTP 403
            HTTP 403 Lan: no                                    → HTTP 403
            HTTP 403: HTTP 500 KEY_EXPIRED of Lan               → HTTP 403
            HTTP 403                                            → HTTP 403
            a web page came instead of Alohub's answer: HTTP 403: Lan: HTTP 404 → a web page came instead of Alohub's answer: HTTP 403
            """)
    void the_accounts_reason_holds_no_word_of_an_answer(String words, String expected) {
        List<BreakerEvent> events = List.of(
                trip(new Outcome.AccountRefused(403, TripCause.KEY, words), false),
                BreakerRule.of(new Outcome.Throttled(403, null, words), false, KEY, false, 7),
                trip(new Outcome.NotSent(403, words), false),
                BreakerRule.of(atFault(TripCause.FAILING), new Outcome.Failed(403, words), KEY),
                BreakerRule.of(atFault(TripCause.REFUSALS), new Outcome.Refused(403, words), KEY));
        for (BreakerEvent event : events) {
            String reason =
                    event instanceof BreakerEvent.Trip trip ? trip.reason() : ((BreakerEvent.Throttle) event).what();
            assertTrue(reason.endsWith(expected), reason);
            assertFalse(reason.contains("Lan"), reason);
            assertFalse(reason.contains("NGUYEN"), reason);
        }
    }

    @Test
    void the_remedy_names_the_party_that_can_help() {
        assertTrue(TripCause.PAYMENT.needs().contains("Pay"), "402");
        assertTrue(TripCause.CONTRACT.needs().contains("proxy"), "415");
        assertTrue(TripCause.FIREWALL.needs().contains("firewall"), "a page with 403");
        for (TripCause cause : new TripCause[] {TripCause.PAYMENT, TripCause.CONTRACT, TripCause.FIREWALL}) {
            BreakerEvent.Trip trip = trip(new Outcome.AccountRefused(403, cause, "HTTP 403"), false);
            assertEquals(cause, trip.cause());
            assertEquals(
                    cause == TripCause.FIREWALL ? AccountState.BLOCKED : AccountState.MISCONFIGURED, cause.state());
            assertFalse(trip.reason().contains("key"), trip.reason());
            assertFalse(cause.needs().contains("Replace the key"), cause.needs());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, KEY, false",
        "403, KEY, true",
        "402, PAYMENT, false",
        "404, ENDPOINT, true",
        "405, CONTRACT, true",
        "403, FIREWALL, true"
    })
    void a_refusal_of_the_account_is_charged_to_a_customer_who_is_refused_alone(
            int status, TripCause cause, boolean atOnce) {
        Outcome refused = new Outcome.AccountRefused(status, cause, "HTTP " + status);
        Outcome own = BreakerRule.asCustomersOwn(suspect(true), refused, true);
        String words = "HTTP " + status + " (others are accepted: it is this customer that is refused)";
        assertEquals(atOnce ? new Outcome.Refused(status, words) : new Outcome.Failed(status, words), own);
        assertEquals(refused, BreakerRule.asCustomersOwn(suspect(false), refused, true), "for the first time");
        assertEquals(refused, BreakerRule.asCustomersOwn(suspect(true), refused, false), "no other was accepted since");
        Outcome other = new Outcome.NotSent("the connection was refused");
        assertEquals(other, BreakerRule.asCustomersOwn(suspect(true), other, true));
    }

    private static Claimed suspect(boolean suspect) {
        return new Claimed(
                7, 42, new Phone("+84868793800"), "Bằng", null, 1, new EarlierAttempts(0, false, suspect, 0, 0), false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_connection_trips_the_breaker(boolean probe) {
        BreakerEvent.Trip trip = trip(new Outcome.NotSent("the connection was refused"), probe);
        assertEquals(TripCause.CONNECTION, trip.cause());
        assertTrue(trip.reason().contains("the connection was refused"), trip.reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_throttling_pauses_the_account_as_long_as_alohub_asks(boolean probe) {
        Duration pause = Duration.ofSeconds(30);
        assertEquals(
                new BreakerEvent.Throttle(pause, "HTTP 429", probe ? KEY.fingerprint() : null, 7),
                BreakerRule.of(new Outcome.Throttled(429, pause, "HTTP 429"), probe, KEY, false, 7));
        assertEquals(
                new BreakerEvent.Throttle(null, "HTTP 429", probe ? KEY.fingerprint() : null, 7),
                BreakerRule.of(new Outcome.Throttled(429, null, "HTTP 429"), probe, KEY, false, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void a_probe_that_is_accepted_starts_the_recovery_whatever_tripped_the_breaker(int status) {
        BreakerEvent recovers = new BreakerEvent.Recover(KEY.fingerprint(), true);
        assertEquals(recovers, probed(new Outcome.Accepted(status, true), false));
        assertEquals(recovers, probed(new Outcome.Accepted(status, true), true));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void a_probe_whose_customer_is_refused_starts_the_recovery_unless_such_answers_tripped_the_breaker(int status) {
        Outcome refused = new Outcome.Refused(status, "no");
        assertEquals(new BreakerEvent.Recover(KEY.fingerprint(), false), probed(refused, false));
        assertEquals(new BreakerEvent.StayTripped(true), probed(refused, true));
    }

    @Test
    void a_probe_that_fails_with_a_2xx_is_answered_about_its_customer_too() {
        Outcome failed = new Outcome.Failed(200, "SỰ CỐ");
        assertEquals(new BreakerEvent.Recover(KEY.fingerprint(), false), probed(failed, false));
        assertEquals(new BreakerEvent.StayTripped(true), probed(failed, true));
    }

    @Test
    void a_probe_that_shows_nothing_leaves_the_breaker_tripped() {
        List<Outcome> nothing = List.of(
                new Outcome.Failed(500, "HTTP 500"),
                new Outcome.Failed(408, "HTTP 408"),
                new Outcome.Failed(null, "no status line"),
                new Outcome.Unknown("no answer"),
                new Outcome.NotStarted());
        for (Outcome outcome : nothing) {
            assertEquals(new BreakerEvent.StayTripped(false), probed(outcome, false));
            assertEquals(new BreakerEvent.StayTripped(false), probed(outcome, true));
        }
    }

    @Test
    void a_probe_of_a_breaker_that_one_fault_tripped_may_find_another() {
        assertEquals(
                TripCause.KEY,
                assertInstanceOf(
                                BreakerEvent.Trip.class,
                                probed(new Outcome.AccountRefused(401, TripCause.KEY, "no"), false))
                        .cause());
    }

    @Test
    void an_outcome_of_one_customer_says_nothing_about_the_account() {
        assertNull(of(new Outcome.Accepted(200, true)));
        assertNull(of(new Outcome.Refused(422, "no")));
        assertNull(of(new Outcome.Failed(500, "HTTP 500")));
        assertNull(of(new Outcome.Unknown("no answer")));
        assertNull(of(new Outcome.NotStarted()));
    }

    @Test
    void the_first_probe_comes_soon_where_others_are_accepted_and_it_may_be_the_customers_own_refusal() {
        Outcome forbidden = new Outcome.AccountRefused(403, TripCause.FIREWALL, "HTTP 403");
        Outcome unauthorized = new Outcome.AccountRefused(401, TripCause.KEY, "HTTP 401");
        assertEquals(BreakerEvent.Evidence.ONE_CALL_AMID_ACCEPTED, evidence(forbidden, true));
        assertEquals(BreakerEvent.Evidence.ONE_CALL, evidence(forbidden, false));
        assertEquals(BreakerEvent.Evidence.ONE_CALL_AMID_ACCEPTED, evidence(unauthorized, true));
        assertEquals(BreakerEvent.Evidence.ONE_CALL, evidence(unauthorized, false));
    }

    private static BreakerEvent.Evidence evidence(Outcome outcome, boolean amidAccepted) {
        return ((BreakerEvent.Trip) BreakerRule.of(outcome, false, KEY, amidAccepted, 7)).evidence();
    }

    private static BreakerEvent of(Outcome outcome) {
        return BreakerRule.of(outcome, false, KEY, true, 7);
    }

    private static BreakerEvent probed(Outcome outcome, boolean trippedByAnswers) {
        return BreakerRule.ofProbe(outcome, trippedByAnswers, KEY, 7);
    }

    private static ConsecutiveFailures.AtFault atFault(TripCause cause) {
        return new ConsecutiveFailures.AtFault(cause, List.of(), false);
    }

    private static BreakerEvent.Trip trip(Outcome outcome, boolean probe) {
        return assertInstanceOf(BreakerEvent.Trip.class, BreakerRule.of(outcome, probe, KEY, false, 7));
    }
}
