package io.alohubsync.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.LearnedRate.Refusal;
import io.alohubsync.account.LearningLoop.Answer;
import io.alohubsync.account.LearningLoop.Limiter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.DoubleToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearnedRateTest {

    private static final double LONG_AGO = Double.POSITIVE_INFINITY;
    private static final double LATENCY = 0.02;
    private static final int RUNS = 6; // they begin at different moments of a window

    /** What a 429 says of the time to wait. */
    enum After {
        /** The seconds to the end of the window. */
        ITS_END,
        ONE_SECOND,
        NOTHING;

        Answer refuse(double left) {
            return new Answer(
                    false,
                    switch (this) {
                        case ITS_END -> Math.max(1, Math.ceil(left));
                        case ONE_SECOND -> 1.0;
                        case NOTHING -> null;
                    });
        }
    }

    // The rules

    @Test
    void the_first_refusals_teach_a_little_less_than_what_was_taken() {
        assertEquals(new LearnedRate(9.5, null, 0), LearnedRate.NONE.after(new Refusal(100, 28, 0, LONG_AGO)));
    }

    @Test
    void a_single_refusal_teaches_no_rate() {
        assertNull(LearnedRate.NONE.after(new Refusal(100, 1, 0, LONG_AGO)).perSecond());
    }

    @Test
    void a_single_refusal_that_comes_again_at_the_same_number_teaches_one() {
        LearnedRate once = LearnedRate.NONE.after(new Refusal(100, 1, 0, LONG_AGO));
        assertEquals(9.5, once.after(new Refusal(100, 1, 0, 12)).perSecond());
    }

    @Test
    void refusals_among_more_calls_that_pass_teach_none() {
        LearnedRate once = LearnedRate.NONE.after(new Refusal(100, 5, 5, LONG_AGO));
        assertNull(once.perSecond());
        assertNull(once.after(new Refusal(100, 5, 60, 12)).perSecond());
    }

    @Test
    void where_nothing_was_taken_no_rate_is_taught() {
        assertNull(LearnedRate.NONE.after(new Refusal(0, 64, 0, LONG_AGO)).perSecond());
        assertNull(LearnedRate.NONE.after(new Refusal(0, 64, 0, 12)).perSecond());
    }

    @Test
    void a_refusal_at_the_limit_lowers_the_rate_a_little() {
        LearnedRate seeking = new LearnedRate(20.0, null, 0);
        assertEquals(new LearnedRate(19.0, 20.0, 0), seeking.after(new Refusal(100, 1, 0, 60)));
        LearnedRate at = new LearnedRate(20.0, 20.0, 0);
        assertEquals(new LearnedRate(19.0, 20.0, 0), at.after(new Refusal(200, 1, 0, 60)));
    }

    @Test
    void refusals_that_no_lower_rate_ends_are_not_for_the_number_and_are_forgotten() {
        LearnedRate rate = new LearnedRate(20.0, 30.0, 0);
        for (int refusals = 0; rate.perSecond() != null; refusals++) {
            assertTrue(refusals < 6, rate::toString);
            LearnedRate next = rate.after(new Refusal((int) (10 * rate.perSecond()), 1, 0, 5));
            assertTrue(next.perSecond() == null || next.perSecond() < rate.perSecond(), next::toString);
            rate = next;
        }
        assertEquals(LearnedRate.NONE, rate);
    }

    @Test
    void no_refusal_raises_a_rate_or_stops_it() {
        Random random = new Random(20260301);
        for (int round = 0; round < 10_000; round++) {
            double before = 0.1 + 100 * random.nextDouble();
            Double limit = random.nextInt(4) == 0 ? null : 0.1 + 100 * random.nextDouble();
            Refusal refusal = new Refusal(
                    random.nextInt(1000), random.nextInt(64), random.nextInt(64), 100 * random.nextDouble());
            LearnedRate after = new LearnedRate(before, limit, random.nextInt(4)).after(refusal);
            if (after.perSecond() != null) {
                assertTrue(after.perSecond() <= before && after.perSecond() >= 0.1, () -> refusal + " " + after);
            }
        }
    }

    // The loop: at least 90 % of what is allowed gets through, and at most 2 % of the calls are refused

    @ParameterizedTest
    @EnumSource
    void fixed_windows_are_used_and_kept(After after) {
        for (int run = 0; run < RUNS; run++) {
            assertUsedAndKept(10, fixed(time -> 100, 1.7 * run, after), run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_sliding_window_is_used_and_kept(After after) {
        for (int run = 0; run < RUNS; run++) {
            assertUsedAndKept(10, sliding(time -> 100, after), run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bucket_of_tokens_is_used_and_kept(After after) {
        for (int run = 0; run < RUNS; run++) {
            assertUsedAndKept(10, bucket(10, 100, after), run);
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 60", "400, 90"})
    void a_limit_that_changes_is_found_again(int calls, int seconds) {
        for (After after : After.values()) {
            for (int run = 0; run < RUNS; run++) {
                DoubleToIntFunction limit = time -> time < 300 ? 100 : calls;
                for (Limiter limiter : new Limiter[] {fixed(limit, 1.7 * run, after), sliding(limit, after)}) {
                    LearningLoop loop = new LearningLoop(limiter, LATENCY, run).runUntil(900);
                    String told = after + ", run " + run;
                    double found = loop.takenPerSecond(300 + seconds, 340 + seconds);
                    assertTrue(found >= 0.8 * calls / 10, () -> found + "/s, " + told);
                    assertUsedAndKept(calls / 10.0, loop, 600, 900, told);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01, 10", "0.02, 6"}) // of 31 and 19 a second that the pauses leave without any learning
    void refusals_at_random_do_not_strangle_the_account(double share, double perSecond) {
        for (double latency : new double[] {LATENCY, 64 / 500.0}) { // 500 a second at most
            for (int run = 0; run < RUNS; run++) {
                Random random = new Random(500 + run);
                After after = After.values()[run % 3];
                Limiter limiter = time -> random.nextDouble() < share ? after.refuse(0) : Answer.TAKEN;
                double taken =
                        new LearningLoop(limiter, latency, run).runUntil(660).takenPerSecond(60, 660);
                String told = taken + "/s, latency " + latency + ", " + after + ", run " + run;
                assertTrue(taken >= perSecond, told);
            }
        }
    }

    private static void assertUsedAndKept(double perSecond, Limiter limiter, int run) {
        LearningLoop loop = new LearningLoop(limiter, LATENCY, run).runUntil(360);
        assertUsedAndKept(perSecond, loop, 60, 360, "run " + run);
    }

    private static void assertUsedAndKept(double perSecond, LearningLoop loop, double from, double to, String told) {
        double used = loop.takenPerSecond(from, to) / perSecond;
        assertTrue(used >= 0.9, () -> used + " of the limit, " + told);
        double refused = loop.shareRefused(from, to);
        assertTrue(refused <= 0.02, () -> refused + " of the calls refused, " + told);
    }

    private static Limiter fixed(DoubleToIntFunction calls, double begun, After after) {
        int[] taken = {0};
        long[] window = {-1};
        return time -> {
            long current = (long) ((time + begun) / 10);
            taken[0] = current == window[0] ? taken[0] : 0;
            window[0] = current;
            return taken[0]++ < calls.applyAsInt(time) ? Answer.TAKEN : after.refuse((current + 1) * 10 - begun - time);
        };
    }

    private static Limiter sliding(DoubleToIntFunction calls, After after) {
        Deque<Double> taken = new ArrayDeque<>();
        return time -> {
            while (!taken.isEmpty() && taken.element() <= time - 10) {
                taken.remove();
            }
            if (taken.size() >= calls.applyAsInt(time)) {
                return after.refuse(taken.element() + 10 - time);
            }
            taken.add(time);
            return Answer.TAKEN;
        };
    }

    private static Limiter bucket(double perSecond, double burst, After after) {
        double[] tokens = {burst};
        double[] filled = {0};
        return time -> {
            tokens[0] = Math.min(burst, tokens[0] + (time - filled[0]) * perSecond);
            filled[0] = time;
            if (tokens[0] < 1) {
                return after.refuse((1 - tokens[0]) / perSecond);
            }
            tokens[0]--;
            return Answer.TAKEN;
        };
    }
}
