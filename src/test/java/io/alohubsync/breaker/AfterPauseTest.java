package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.breaker.RefusalSql.Refused;
import io.alohubsync.breaker.RefusalSql.Taken;
import org.junit.jupiter.api.Test;

class AfterPauseTest {

    private static final double LONG_AGO = Double.POSITIVE_INFINITY;
    private static final LearnedRate TEN = new LearnedRate(50.0, 50.0, 0, false, 0);

    private static Refused refused(int refused, int busy, int atOnce, int passed) {
        return new Refused(refused, busy, 0, new Taken(400, 100, atOnce, passed, 66), null);
    }

    @Test
    void after_a_refusal_among_calls_that_passed_calls_come_back_at_the_pace_before() {
        AfterPause next = AfterPause.of(LearnedRate.NONE, true, refused(1, 0, 66, 63), 1, LONG_AGO);
        assertNull(next.rate().perSecond());
        assertEquals(330, next.from());
        assertEquals(0.506, next.rampDone(), 0.001);
    }

    @Test
    void after_refusals_that_let_nothing_pass_calls_begin_with_ten_a_second() {
        assertEquals(
                10,
                AfterPause.of(LearnedRate.NONE, true, refused(64, 64, 66, 0), 5, LONG_AGO)
                        .from());
        assertEquals(10, AfterPause.of(TEN, true, refused(64, 64, 66, 0), 5, 60).from(), "an outage: 503 with a time");
    }

    @Test
    void where_nobody_asked_for_a_pause_the_rate_holds_at_once() {
        AfterPause next = AfterPause.of(TEN, true, refused(64, 64, 66, 0), 0.1, 60);
        assertEquals(47.5, next.rate().perSecond());
        assertEquals(47.5, next.from());
    }

    @Test
    void from_a_long_pause_nothing_is_learned_and_calls_begin_with_ten_a_second() {
        AfterPause next = AfterPause.of(TEN, true, refused(64, 0, 66, 0), 43_200, 60);
        assertFalse(next.rateChanged());
        assertEquals(TEN, next.rate());
        assertEquals(10, next.from());
        assertEquals(0, next.rampDone());
    }

    @Test
    void from_refusals_of_customers_that_were_refused_before_nothing_is_learned_and_the_pace_comes_back() {
        Refused again = new Refused(2, 0, 2, new Taken(400, 100, 66, 1, 66), null);
        AfterPause next = AfterPause.of(TEN, true, again, 1, 60);
        assertFalse(next.rateChanged());
        assertEquals(TEN, next.rate());
        Refused oneOfThem = new Refused(2, 0, 1, new Taken(400, 100, 66, 1, 66), null);
        assertTrue(AfterPause.of(TEN, true, oneOfThem, 1, 60).rateChanged());
        Refused many = new Refused(28, 0, 28, new Taken(400, 100, 66, 1, 66), null);
        assertTrue(AfterPause.of(TEN, true, many, 1, 60).rateChanged(), "a limit refuses many");
    }

    @Test
    void no_rate_is_learned_from_a_503_with_a_time_and_one_is_without() {
        assertFalse(AfterPause.of(LearnedRate.NONE, true, refused(64, 64, 66, 0), 1, LONG_AGO)
                .rateChanged());
        AfterPause next = AfterPause.of(LearnedRate.NONE, true, refused(64, 64, 66, 0), 0.1, LONG_AGO);
        assertTrue(next.rateChanged());
        assertEquals(95, next.rate().perSecond());
    }

    @Test
    void where_a_rate_is_set_none_is_learned() {
        AfterPause next = AfterPause.of(LearnedRate.NONE, false, refused(64, 0, 66, 0), 5, LONG_AGO);
        assertFalse(next.rateChanged());
        assertEquals(LearnedRate.NONE, next.rate());
    }
}
