package io.alohubsync.breaker;

import static io.alohubsync.breaker.Breakers.ACCEPTED;
import static io.alohubsync.breaker.Breakers.KEY;
import static io.alohubsync.breaker.Breakers.NOW;
import static io.alohubsync.breaker.Breakers.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerEvent.Evidence;
import io.alohubsync.breaker.BreakerState.Keys;
import io.alohubsync.breaker.BreakerState.Learned;
import io.alohubsync.breaker.BreakerState.Reason;
import io.alohubsync.breaker.BreakerState.Recovery;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times, counts and keys that come with the next state. */
class TransitionsTest {

    private final Transitions transitions = new Transitions(Duration.ofSeconds(30), Duration.ofSeconds(8));

    private BreakerState after(BreakerState was, BreakerEvent event) {
        Transitions.Change change = transitions.after(was, event, NOW);
        assertNotNull(change);
        return change.next();
    }

    private static OffsetDateTime in(double seconds) {
        return Moments.plus(NOW, seconds);
    }

    private static BreakerState withProbes(BreakerState was, int probes) {
        return was.with(new Recovery(was.recovery().probeAt(), probes, 0, null));
    }

    private static BreakerState withThrottles(BreakerState was, int throttles) {
        return was.with(was.recovery().throttledTimes(throttles));
    }

    private static BreakerEvent throttle(Duration pause) {
        return new BreakerEvent.Throttle(pause, "HTTP 429", null, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION, ONE_CALL, 0, 1",
        "CONNECTION, ONE_CALL, 2, 1",
        "CONNECTION, ONE_CALL, 3, 2",
        "FAILING, FAILURES, 6, 4",
        "FAILING, FAILURES, 1000, 30",
        "REFUSALS, ANSWERS, 0, 1",
        "FAILING, ANSWERS, 0, 1",
        "KEY, ONE_CALL, 0, 30",
        "FIREWALL, ONE_CALL, 0, 30",
        "FIREWALL, ONE_CALL_AMID_ACCEPTED, 0, 1"
    })
    void the_first_probe_comes_soon_where_the_fault_may_be_short_or_one_customers(
            TripCause cause, Evidence evidence, int probes, double seconds) {
        BreakerEvent trip = new BreakerEvent.Trip(cause, "why", KEY, evidence, List.of());
        BreakerState tripped = after(withProbes(Breakers.in(AccountState.ACTIVE), probes), trip);
        assertEquals(in(seconds), tripped.recovery().probeAt());
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSALS, true, true, 1, 0.25",
        "REFUSALS, true, true, 7, 0.25",
        "REFUSALS, true, true, 8, 1",
        "REFUSALS, true, true, 9, 0.25",
        "REFUSALS, true, true, 16, 2",
        "REFUSALS, true, true, 800, 30",
        "REFUSALS, true, false, 1, 1",
        "FAILING, true, true, 7, 0.25",
        "FAILING, false, true, 2, 1",
        "FAILING, false, false, 3, 2",
        "FAILING, false, false, 1000, 30",
        "CONNECTION, false, true, 2, 1",
        "KEY, false, true, 2, 30"
    })
    void the_next_probe_comes_soon_after_an_answer_where_answers_tripped_it(
            TripCause cause, boolean byAnswers, boolean answered, int probes, double seconds) {
        BreakerState tripped = Breakers.in(cause.state());
        tripped = withProbes(tripped.with(tripped.phase(), Reason.of(cause, "why", byAnswers)), probes);
        BreakerState probed = after(tripped, new BreakerEvent.StayTripped(answered));
        assertEquals(in(seconds), probed.recovery().probeAt());
    }

    @Test
    void a_fault_found_during_a_pause_is_probed_after_it() {
        BreakerState paused = Breakers.until(Breakers.in(AccountState.THROTTLED), in(300));
        BreakerState tripped = after(paused, new BreakerEvent.Trip(TripCause.ENDPOINT, "why", KEY));
        assertEquals(in(300), tripped.recovery().probeAt());
        BreakerState refused = after(paused, new BreakerEvent.Trip(TripCause.KEY, "why", KEY));
        assertEquals(List.of(KEY, REFUSED), refused.keys().refused());
        assertEquals(paused.phase(), refused.phase());
        assertEquals(paused.reason(), refused.reason());
    }

    @Test
    void the_same_fault_again_keeps_the_time_since_when_it_lasts() {
        BreakerState was = Breakers.in(AccountState.BLOCKED);
        BreakerState again = after(was, new BreakerEvent.Trip(TripCause.FIREWALL, "HTTP 451", KEY));
        assertEquals(was.phase().since(), again.phase().since());
        assertEquals("HTTP 451", again.reason().text());
    }

    @Test
    void the_last_ten_refused_keys_are_kept() {
        List<String> ten = IntStream.range(0, 10).mapToObj(i -> "key" + i).toList();
        BreakerState was = Breakers.in(AccountState.ACTIVE).with(new Keys(ten, ACCEPTED));
        List<String> refused = after(was, new BreakerEvent.Trip(TripCause.KEY, "why", KEY))
                .keys()
                .refused();
        assertEquals(10, refused.size());
        assertEquals(KEY, refused.getFirst());
        assertEquals("key8", refused.getLast());
    }

    @Test
    void consecutive_failures_end_a_rate_that_was_learned_from_answers_without_a_time() {
        BreakerEvent trip = new BreakerEvent.Trip(TripCause.FAILING, "why", KEY, Evidence.FAILURES, List.of());
        BreakerState was = Breakers.in(AccountState.ACTIVE);
        LearnedRate brief = new LearnedRate(5.0, 6.0, 1, true, 7);
        LearnedRate named = new LearnedRate(5.0, 6.0, 1, false, 7);
        assertEquals(
                new LearnedRate(null, 6.0, 1, true, 7),
                after(was.with(new Learned(brief, NOW)), trip).learned().rate());
        assertEquals(
                named, after(was.with(new Learned(named, NOW)), trip).learned().rate());
    }

    @ParameterizedTest
    @CsvSource({", 0, 1", ", 1, 2", ", 3, 8", ", 12, 3600", ", 40, 3600", "30, 0, 30", "30, 6, 64", "0.1, 5, 0.1"})
    void a_pause_is_as_long_as_alohub_asks_and_doubles_with_each_in_succession(
            Double asked, int throttles, double seconds) {
        Duration pause = asked == null ? null : Duration.ofMillis(Math.round(asked * 1000));
        BreakerState throttled = after(withThrottles(Breakers.in(AccountState.RECOVERING), throttles), throttle(pause));
        assertEquals(in(seconds), throttled.phase().until());
        assertEquals(NOW, throttled.phase().since());
        boolean counts = asked == null || asked >= 1;
        assertEquals(counts ? throttles + 1 : throttles, throttled.recovery().throttles());
    }

    @Test
    void many_calls_that_report_one_pause_count_once_and_the_longest_holds() {
        BreakerState first = after(withThrottles(Breakers.in(AccountState.ACTIVE), 0), throttle(Duration.ofSeconds(5)));
        BreakerState longer = after(first, throttle(Duration.ofSeconds(9)));
        assertEquals(1, longer.recovery().throttles());
        assertEquals(first.phase().since(), longer.phase().since());
        assertEquals(in(9), longer.phase().until());
        assertNull(transitions.after(longer, throttle(Duration.ofSeconds(5)), NOW), "nothing new");
        assertNull(transitions.after(longer, throttle(null), NOW), "nothing new");
    }

    @Test
    void a_long_pause_is_probed_once_an_hour_and_a_short_one_is_not() {
        BreakerState active = Breakers.in(AccountState.ACTIVE).with(new Keys(List.of(), null));
        assertEquals(
                in(3600),
                after(active, throttle(Duration.ofHours(12))).recovery().probeAt());
        assertNull(after(active, throttle(Duration.ofMinutes(59))).recovery().probeAt());
    }

    @Test
    void replicas_with_a_refused_key_do_not_probe_within_a_pause() {
        BreakerState active = Breakers.in(AccountState.ACTIVE);
        assertEquals(
                in(40),
                after(active, throttle(Duration.ofSeconds(40))).recovery().probeAt());
        BreakerState tripped = Breakers.in(AccountState.KEY_REJECTED);
        assertEquals(
                in(40),
                after(tripped, throttle(Duration.ofSeconds(40))).recovery().probeAt());
        assertEquals(in(1), after(tripped, throttle(null)).recovery().probeAt());
    }

    @Test
    void a_probe_that_is_throttled_ends_the_fault_and_begins_the_first_pause() {
        BreakerState was = withThrottles(Breakers.in(AccountState.KEY_REJECTED), 5);
        BreakerState throttled = after(was, new BreakerEvent.Throttle(null, "HTTP 429", REFUSED, 0));
        assertEquals(in(1), throttled.phase().until());
        assertEquals(1, throttled.recovery().throttles());
        assertEquals(0, throttled.recovery().probes());
        assertEquals(List.of(), throttled.keys().refused());
        assertNull(throttled.reason().cause());
    }

    @Test
    void a_recovery_is_a_ramp_and_the_key_that_got_through_is_no_refused_one() {
        BreakerState recovering =
                after(Breakers.in(AccountState.KEY_REJECTED), new BreakerEvent.Recover(REFUSED, true));
        assertEquals(in(8), recovering.phase().until());
        assertEquals(List.of(), recovering.keys().refused());
        assertEquals(new Recovery(null, 0, 0, NOW), recovering.recovery());
        BreakerState other = after(Breakers.in(AccountState.KEY_REJECTED), new BreakerEvent.Recover(KEY, false));
        assertEquals(List.of(REFUSED), other.keys().refused());
        assertEquals(new Recovery(NOW.minusSeconds(1), 0, 0, null), other.recovery(), "it goes on being probed");
    }

    @Test
    void a_probe_that_gets_through_does_not_touch_calls_that_go() {
        BreakerState was = Breakers.in(AccountState.RECOVERING);
        BreakerState probed = after(was, new BreakerEvent.Recover(REFUSED, true));
        assertEquals(was.phase(), probed.phase());
        assertEquals(List.of(), probed.keys().refused());
        assertEquals(NOW, probed.recovery().acceptedAt());
    }

    @Test
    void at_the_end_of_a_pause_a_rate_is_learned_and_the_calls_before_it_count_against_it() {
        BreakerState over = Breakers.until(Breakers.in(AccountState.THROTTLED), NOW.minusSeconds(1))
                .with(new Keys(List.of(), null));
        OffsetDateTime began = NOW.minusSeconds(19);
        RefusalSql.Refused refusals = new RefusalSql.Refused(5, 0, 0, new RefusalSql.Taken(95, 10, 2, 0, 95), began);
        Transitions.Change change = transitions.after(over, new BreakerEvent.Read(KEY, refusals, true), NOW);
        LearnedRate rate = change.next().learned().rate();
        assertEquals(9.025, rate.perSecond(), 1e-9);
        assertEquals(over.phase().since(), change.next().learned().at());
        assertEquals(Moments.plus(began, 10.53), change.spentUntil());
        assertEquals(in(8), change.next().phase().until());
    }

    @Test
    void where_a_rate_is_set_none_is_learned_from_a_pause() {
        BreakerState over = Breakers.until(Breakers.in(AccountState.THROTTLED), NOW);
        RefusalSql.Refused refusals =
                new RefusalSql.Refused(5, 0, 0, new RefusalSql.Taken(95, 10, 2, 0, 95), NOW.minusSeconds(19));
        Transitions.Change change = transitions.after(over, new BreakerEvent.Read(KEY, refusals, false), NOW);
        assertEquals(over.learned(), change.next().learned());
        assertNull(change.spentUntil());
    }

    @Test
    void another_key_starts_a_ramp_and_the_accepted_one_needs_none() {
        BreakerState rejected = Breakers.in(AccountState.KEY_REJECTED);
        BreakerState another = after(rejected, new BreakerEvent.Read(KEY, null, true));
        assertEquals(in(8), another.phase().until());
        assertEquals(List.of(REFUSED), another.keys().refused(), "the others stay out");
        BreakerState accepted = after(rejected, new BreakerEvent.Read(ACCEPTED, null, true));
        assertEquals(Reason.NONE, accepted.reason());
        assertNull(accepted.phase().until());
    }
}
