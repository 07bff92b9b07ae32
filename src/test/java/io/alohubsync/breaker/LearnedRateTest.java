package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.breaker.LearnedRate.Finding;
import io.alohubsync.breaker.RefusalSql.Refused;
import io.alohubsync.breaker.RefusalSql.Taken;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnedRateTest {

    private static final double LONG_AGO = Double.POSITIVE_INFINITY;

    /** A time was named, or 429. */
    private static Refused named(int answered, int refused, int passed) {
        return new Refused(refused, 0, 0, new Taken(answered, answered, answered, passed, answered), null);
    }

    /** 503 without a time. */
    private static Refused unnamed(int lately, int since) {
        return new Refused(3, 3, 0, new Taken(since, lately, lately, 0, since), null);
    }

    private static LearnedRate rate(Double perSecond, Double limit, int doubts) {
        return new LearnedRate(perSecond, limit, doubts, false, 0);
    }

    private static LearnedRate brief(Double perSecond, Double limit, int doubts) {
        return new LearnedRate(perSecond, limit, doubts, true, 0);
    }

    private static void assertRate(LearnedRate expected, LearnedRate actual) {
        assertEquals(expected.perSecond(), actual.perSecond());
        assertEquals(expected.limit(), actual.limit());
        assertEquals(expected.doubts(), actual.doubts());
        assertEquals(expected.withoutTime(), actual.withoutTime());
    }

    @Test
    void the_first_refusals_give_a_little_less_than_what_was_taken() {
        assertRate(rate(9.5, null, 0), LearnedRate.NONE.after(named(100, 28, 0), LONG_AGO, false));
    }

    @Test
    void a_single_refusal_gives_no_rate() {
        assertNull(LearnedRate.NONE.after(named(100, 1, 0), LONG_AGO, false).perSecond());
    }

    @Test
    void a_single_refusal_that_comes_again_a_window_later_at_the_same_rate_gives_one() {
        LearnedRate once = LearnedRate.NONE.after(named(100, 1, 0), LONG_AGO, false);
        assertEquals(9.5, once.after(named(100, 1, 0), 12, false).perSecond());
        assertNull(once.after(named(100, 1, 0), 1.3, false).perSecond(), "too soon for a window");
    }

    @Test
    void a_rate_that_was_forgotten_is_not_learned_again_from_single_refusals() {
        LearnedRate forgotten = rate(null, 10.0, 5);
        LearnedRate next = forgotten.after(named(100, 1, 0), 12, false);
        assertNull(next.perSecond());
        assertNull(next.after(named(100, 1, 0), 12, false).perSecond());
        assertEquals(9.5, next.after(named(100, 3, 0), 2, false).perSecond(), "unless it is a wall");
    }

    @Test
    void refusals_after_as_many_calls_as_before_are_doubted_twice_and_after_more_not_at_all() {
        LearnedRate lowered = new LearnedRate(20.0, 30.0, 0, false, 66);
        assertEquals(
                2,
                lowered.after(new Refused(1, 0, 0, new Taken(66, 66, 66, 0, 66), null), 5, false)
                        .doubts());
        assertEquals(
                1,
                lowered.after(new Refused(1, 0, 0, new Taken(66, 66, 66, 0, 30), null), 5, false)
                        .doubts());
        assertEquals(
                0,
                lowered.after(new Refused(1, 0, 0, new Taken(66, 66, 66, 0, 120), null), 5, false)
                        .doubts());
    }

    @Test
    void refusals_among_more_calls_that_pass_give_none() {
        LearnedRate once = LearnedRate.NONE.after(named(100, 5, 11), LONG_AGO, false);
        assertNull(once.perSecond());
        assertNull(once.after(named(100, 5, 60), 12, false).perSecond());
    }

    @Test
    void where_nothing_was_taken_no_rate_is_learned() {
        assertNull(LearnedRate.NONE.after(named(0, 64, 0), LONG_AGO, false).perSecond());
        assertNull(LearnedRate.NONE.after(named(0, 64, 0), 12, false).perSecond());
    }

    @Test
    void a_refusal_at_the_limit_lowers_the_rate_a_little() {
        assertRate(rate(19.0, 20.0, 0), rate(20.0, null, 0).after(named(100, 1, 0), 60, false));
        assertRate(rate(19.0, 20.0, 0), rate(20.0, 20.0, 0).after(named(200, 1, 0), 60, false));
    }

    @Test
    void refusals_that_no_lower_rate_ends_are_not_for_the_number_and_are_forgotten() {
        LearnedRate rate = rate(20.0, 30.0, 0);
        for (int refusals = 0; rate.perSecond() != null; refusals++) {
            assertTrue(refusals < 6, rate::toString);
            LearnedRate next = rate.after(named((int) (10 * rate.perSecond()), 1, 0), 5, false);
            assertTrue(next.perSecond() == null || next.perSecond() < rate.perSecond(), next::toString);
            rate = next;
        }
        assertNull(rate.perSecond());
    }

    @Test
    void without_a_time_the_last_second_counts_and_not_ten() {
        assertRate(brief(19.0, null, 0), LearnedRate.NONE.after(unnamed(20, 20), LONG_AGO, true));
        assertRate(brief(2.0, null, 0), LearnedRate.NONE.after(unnamed(1, 1), LONG_AGO, true));
    }

    @Test
    void without_a_time_refusals_that_go_on_lower_the_rate_and_forget_its_limit() {
        LearnedRate rate = brief(100.0, 120.0, 0);
        for (int refusals = 0; refusals < 20; refusals++) {
            rate = rate.after(unnamed(0, 1), 0.1, true);
        }
        assertEquals(0.1, rate.perSecond(), 0.01, "it is not forgotten: nothing passed");
        assertNull(rate.limit());
    }

    @Test
    void without_a_time_refusals_after_many_that_passed_are_not_for_the_number() {
        LearnedRate rate = brief(50.0, 100.0, 0);
        for (int refusals = 0; refusals < 5 && rate.perSecond() != null; refusals++) {
            rate = rate.after(unnamed(66, 66), 2, true);
        }
        assertNull(rate.perSecond());
    }

    @Test
    void no_refusal_raises_a_rate_or_stops_it() {
        Random random = new Random(20260301);
        for (int round = 0; round < 10_000; round++) {
            double before = 0.1 + 100 * random.nextDouble();
            Double limit = random.nextInt(4) == 0 ? null : 0.1 + 100 * random.nextDouble();
            Refused refused = new Refused(
                    1 + random.nextInt(64),
                    0,
                    0,
                    new Taken(
                            random.nextInt(1000),
                            random.nextInt(200),
                            random.nextInt(64),
                            random.nextInt(64),
                            random.nextInt(1000)),
                    null);
            boolean unnamed = random.nextBoolean();
            LearnedRate after = new LearnedRate(before, limit, random.nextInt(4), unnamed, random.nextInt(100))
                    .after(refused, 100 * random.nextDouble(), unnamed);
            if (after.perSecond() != null) {
                assertTrue(after.perSecond() <= before && after.perSecond() >= 0.1, () -> refused + " " + after);
            }
        }
    }

    /** docs/outcomes.md, "The learned rate". */
    @Test
    void refusals_with_a_time_show_what_the_rows_of_the_table_say() {
        assertEquals(Finding.NO_LIMIT, LearnedRate.NONE.finding(named(100, 1, 0), LONG_AGO, false));
        assertEquals(Finding.NO_LIMIT, LearnedRate.NONE.finding(named(0, 64, 0), LONG_AGO, false));
        assertEquals(Finding.FIRST_LIMIT, LearnedRate.NONE.finding(named(100, 3, 6), LONG_AGO, false));
        assertEquals(Finding.SAME_REFUSAL, rate(20.0, 20.0, 0).finding(named(0, 1, 0), 1, false));
        assertEquals(Finding.AT_LIMIT, rate(20.0, null, 0).finding(named(100, 1, 0), 60, false));
        assertEquals(Finding.AT_LIMIT, rate(19.4, 20.0, 0).finding(named(100, 1, 0), 60, false));
        assertEquals(Finding.BELOW_LIMIT, rate(19.3, 20.0, 3).finding(named(100, 1, 0), 60, false));
        assertEquals(Finding.LAST_DOUBT, rate(19.3, 20.0, 4).finding(named(100, 1, 0), 60, false));
    }

    /** docs/outcomes.md, "The rate after a 503 without Retry-After". */
    @Test
    void refusals_without_a_time_show_what_the_rows_of_the_table_say() {
        Refused amongMany = new Refused(3, 3, 0, new Taken(20, 20, 20, 7, 20), null);
        assertEquals(Finding.NO_LIMIT, LearnedRate.NONE.finding(amongMany, LONG_AGO, true));
        assertEquals(Finding.FIRST_LIMIT, LearnedRate.NONE.finding(unnamed(20, 20), LONG_AGO, true));
        assertEquals(Finding.LOWER_LIMIT, brief(18.0, 20.0, 0).finding(unnamed(2, 2), 1, true));
        assertEquals(Finding.LIMIT_UNKNOWN, brief(17.0, 20.0, 0).finding(unnamed(2, 2), 1, true));
        assertEquals(Finding.LIMIT_UNKNOWN, brief(17.0, null, 0).finding(unnamed(2, 2), 1, true));
        assertEquals(Finding.SEARCHED, brief(20.0, null, 0).finding(unnamed(3, 3), 1, true));
        assertEquals(Finding.AT_LIMIT, brief(19.4, 20.0, 0).finding(unnamed(3, 3), 1, true));
        assertEquals(Finding.BELOW_LIMIT, brief(19.3, 20.0, 4).finding(unnamed(9, 9), 1, true), "too few for a doubt");
        assertEquals(Finding.LAST_DOUBT, brief(19.3, 20.0, 4).finding(unnamed(10, 10), 1, true));
    }
}
