package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.delivery.RateLoop.Answer;
import io.alohubsync.delivery.RateLoop.Limiter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an account without a rate makes of Alohub's refusals, in virtual time. */
class LearningIT {

    private static final double LATENCY = 0.02;
    private static final Answer BUSY = new Answer(503, Duration.ofMillis(100)); // as the delivery reads it

    /** What a 429 says of the time to wait. */
    enum After {
        /** The seconds to the end of the window. */
        ITS_END,
        ONE_SECOND,
        NOTHING;

        Answer refuse(double left) {
            return new Answer(
                    429,
                    switch (this) {
                        case ITS_END -> Duration.ofSeconds((long) Math.max(1, Math.ceil(left)));
                        case ONE_SECOND -> Duration.ofSeconds(1);
                        case NOTHING -> null;
                    });
        }
    }

    private static RateLoop loop(Limiter limiter, double latency) throws SQLException {
        Account account = new Account(
                "default",
                URI.create("http://127.0.0.1"),
                KeySource.fixed("a-key-of-nobody"),
                "Authorization",
                AlohubSettings.PhoneFormat.NATIONAL,
                64,
                null,
                RowOrder.BY_ID);
        return new RateLoop(account, limiter, latency, 42);
    }

    // Alohub's own limit: at least 90 % of what is allowed gets through, and at most 2 % of the
    // calls are refused

    @ParameterizedTest
    @EnumSource
    void fixed_windows_are_used_and_kept(After after) throws SQLException {
        assertUsedAndKept(fixed(time -> 100, 10, left -> after.refuse(left)), 10);
    }

    @Test
    void a_sliding_window_is_used_and_kept() throws SQLException {
        Deque<Double> taken = new ArrayDeque<>();
        Limiter sliding = time -> {
            while (!taken.isEmpty() && taken.element() <= time - 10) {
                taken.remove();
            }
            if (taken.size() >= 100) {
                return After.ONE_SECOND.refuse(1);
            }
            taken.add(time);
            return Answer.TAKEN;
        };
        assertUsedAndKept(sliding, 10);
    }

    @Test
    void a_bucket_of_tokens_is_used_and_kept() throws SQLException {
        assertUsedAndKept(bucket(10, 100, left -> After.ITS_END.refuse(left)), 10);
    }

    @Test
    void a_limit_that_falls_is_found_again() throws SQLException {
        Limiter limiter = fixed(time -> time < 100 ? 100 : 50, 10, left -> After.ITS_END.refuse(left));
        try (RateLoop loop = loop(limiter, LATENCY).runUntil(220)) {
            double found = loop.takenPerSecond(160, 220);
            assertTrue(found >= 0.8 * 5, found + "/s");
        }
    }

    private static void assertUsedAndKept(Limiter limiter, double perSecond) throws SQLException {
        try (RateLoop loop = loop(limiter, LATENCY).runUntil(160)) {
            double used = loop.takenPerSecond(60, 160) / perSecond;
            double refused = loop.shareRefused(60, 160);
            assertTrue(used >= 0.9, used + " of the limit, " + refused + " of the calls refused");
            assertTrue(refused <= 0.02, refused + " of the calls refused");
        }
    }

    // A limit that answers a bare 503: nearly all of what is allowed gets through, from the first
    // minute on

    @ParameterizedTest
    @CsvSource({"5, 0", "10, 0", "50, 0", "10, 20", "50, 100", "10, 500"})
    void a_bucket_that_answers_503_is_used_and_not_overrun(double perSecond, int burst) throws SQLException {
        assertUsed(bucket(perSecond, burst + 1, left -> BUSY), perSecond);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "50, 1", "100, 10"})
    void windows_that_answer_503_are_used_and_not_overrun(int calls, double seconds) throws SQLException {
        assertUsed(fixed(time -> calls, seconds, left -> BUSY), calls / seconds);
    }

    private static void assertUsed(Limiter limiter, double perSecond) throws SQLException {
        try (RateLoop loop = loop(limiter, 0.005).runUntil(60)) {
            double used = loop.takenPerSecond(0, 60) / perSecond;
            double called = loop.callsPerSecond(0, 60) / perSecond;
            System.out.printf("503 at %.0f/s: %.2f of it taken, %.2f called%n", perSecond, used, called);
            assertTrue(used >= 0.85, used + " of what is allowed");
            assertTrue(called <= Math.max(1, used) * 2, called + " times what is allowed");
        }
    }

    // No limit at all: one refusal in so many calls. At least half of what the pauses leave gets
    // through

    @ParameterizedTest
    @CsvSource({"20, 1", "67, 1", "200, 1", "67, 0"})
    void sporadic_refusals_cost_little_more_than_the_pauses(int every, int pause) throws SQLException {
        int[] calls = {0};
        Answer refused = new Answer(429, pause == 0 ? null : Duration.ofSeconds(pause));
        Limiter limiter = time -> ++calls[0] % every == 0 ? refused : Answer.TAKEN;
        double latency = 64 / 500.0; // 500 a second at most
        try (RateLoop loop = loop(limiter, latency).runUntil(60)) {
            double allowed = every / (1.0 + every / 500.0);
            double taken = loop.takenPerSecond(0, 60);
            System.out.printf("every %d: %.1f/s of %.1f%n", every, taken, allowed);
            assertTrue(taken >= allowed / 2, taken + "/s of " + allowed);
        }
    }

    /**
     * Two customers a second, and then an import. One customer is throttled whenever it is sent.
     */
    @ParameterizedTest
    @CsvSource({"1", "5"})
    void from_a_customer_that_is_always_throttled_no_rate_is_learned(int pause) throws SQLException {
        Limiter limiter = new Limiter() {
            @Override
            public Answer ask(double now) {
                return Answer.TAKEN;
            }

            @Override
            public Answer ask(double now, int customer) {
                return customer == 20 ? new Answer(429, Duration.ofSeconds(pause)) : Answer.TAKEN;
            }
        };
        double imported = 100;
        try (RateLoop loop = loop(limiter, LATENCY)
                .arriving(time -> 2 * time + (time < imported ? 0 : 100_000))
                .runUntil(imported + 20)) {
            double taken = loop.takenPerSecond(imported, imported + 20);
            System.out.printf("one is always throttled for %d s: %.1f/s of an import%n", pause, taken);
            assertTrue(taken >= 100, taken + "/s of the import");
        }
    }

    private interface Refusal {
        Answer of(double left);
    }

    private static Limiter fixed(DoubleToIntFunction calls, double seconds, Refusal refusal) {
        int[] taken = {0};
        long[] window = {-1};
        return time -> {
            long current = (long) ((time + 3.4) / seconds);
            taken[0] = current == window[0] ? taken[0] : 0;
            window[0] = current;
            return taken[0]++ < calls.applyAsInt(time)
                    ? Answer.TAKEN
                    : refusal.of((current + 1) * seconds - 3.4 - time);
        };
    }

    private static Limiter bucket(double perSecond, double burst, Refusal refusal) {
        double[] tokens = {burst};
        double[] filled = {0};
        return time -> {
            tokens[0] = Math.min(burst, tokens[0] + (time - filled[0]) * perSecond);
            filled[0] = time;
            if (tokens[0] < 1) {
                return refusal.of((1 - tokens[0]) / perSecond);
            }
            tokens[0]--;
            return Answer.TAKEN;
        };
    }
}
