package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.GateChange;
import io.alohubsync.account.GateState;
import io.alohubsync.alohub.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateRuleTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_refused_key_closes_the_gate_for_the_key_that_was_used(boolean probe) {
        GateChange.Close close =
                closed(new Outcome.AccountRefused(401, GateState.REFUSED, "HTTP 401 UNAUTHORIZED"), probe);
        assertEquals(GateState.REFUSED, close.state());
        assertEquals(KEY.fingerprint(), close.key());
        assertTrue(close.reason().contains("HTTP 401 UNAUTHORIZED"), close.reason());
        assertTrue(close.reason().contains("alohub.api-key"), "the remedy: " + close.reason());
        assertFalse(close.toString().contains(KEY.value()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_wrong_endpoint_closes_the_gate(boolean probe) {
        GateChange.Close close = closed(new Outcome.AccountRefused(404, GateState.MISCONFIGURED, "HTTP 404"), probe);
        assertEquals(GateState.MISCONFIGURED, close.state());
        assertTrue(close.reason().contains("HTTP 404"), close.reason());
        assertTrue(close.reason().contains("alohub.base-url"), "the remedy: " + close.reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_connection_closes_the_gate(boolean probe) {
        GateChange.Close close = closed(new Outcome.NotSent("the connection was refused"), probe);
        assertEquals(GateState.UNREACHABLE, close.state());
        assertTrue(close.reason().contains("the connection was refused"), close.reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_throttling_pauses_the_account_as_long_as_alohub_asks(boolean probe) {
        Duration pause = Duration.ofSeconds(30);
        assertEquals(
                new GateChange.Throttle(pause, "HTTP 429", probe),
                GateRule.of(new Outcome.Throttled(429, pause, "HTTP 429"), probe, KEY));
        assertEquals(
                new GateChange.Throttle(null, "HTTP 429", probe),
                GateRule.of(new Outcome.Throttled(429, null, "HTTP 429"), probe, KEY));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void a_probe_that_is_accepted_opens_the_gate(int status) {
        assertInstanceOf(GateChange.Open.class, probed(new Outcome.Accepted(status)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void a_probe_whose_customer_is_refused_opens_the_gate(int status) {
        assertInstanceOf(GateChange.Open.class, probed(new Outcome.Refused(status, "no")));
    }

    @Test
    void a_probe_that_fails_with_a_2xx_opens_the_gate() {
        assertInstanceOf(GateChange.Open.class, probed(new Outcome.Failed(200, "SỰ CỐ")));
    }

    @Test
    void a_probe_that_teaches_nothing_leaves_the_gate_closed() {
        assertInstanceOf(GateChange.StayClosed.class, probed(new Outcome.Failed(500, "HTTP 500")));
        assertInstanceOf(GateChange.StayClosed.class, probed(new Outcome.Failed(408, "HTTP 408")));
        assertInstanceOf(GateChange.StayClosed.class, probed(new Outcome.Failed(null, "no status line")));
        assertInstanceOf(GateChange.StayClosed.class, probed(new Outcome.Unknown("no answer")));
        assertInstanceOf(GateChange.StayClosed.class, probed(new Outcome.NotStarted()));
    }

    @Test
    void an_outcome_of_one_customer_says_nothing_about_the_account() {
        assertNull(of(new Outcome.Accepted(200)));
        assertNull(of(new Outcome.Refused(422, "no")));
        assertNull(of(new Outcome.Failed(500, "HTTP 500")));
        assertNull(of(new Outcome.Unknown("no answer")));
        assertNull(of(new Outcome.NotStarted()));
    }

    private static GateChange of(Outcome outcome) {
        return GateRule.of(outcome, false, KEY);
    }

    private static GateChange probed(Outcome outcome) {
        return GateRule.of(outcome, true, KEY);
    }

    private static GateChange.Close closed(Outcome outcome, boolean probe) {
        return assertInstanceOf(GateChange.Close.class, GateRule.of(outcome, probe, KEY));
    }
}
