package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "50,          50, PT1S",
        "50/1s,       50, PT1S",
        "50/s,        50, PT1S",
        "300/10s,    300, PT10S",
        "50/m,        50, PT1M",
        "600/h,      600, PT1H",
        "2000/d,    2000, PT24H",
        "5/500ms,      5, PT0.5S",
        "50/PT1S,     50, PT1S",
        "50/2,        50, PT2S"
    })
    void a_rate_is_calls_per_second_or_in_a_window(String text, double calls, Duration window) {
        assertEquals(new Rate(calls, window, 1), Rate.of(text, 1));
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "300/10s, 30", "600/h, 0.16666666666666666"})
    void a_rate_has_calls_a_second(String text, double perSecond) {
        assertEquals(perSecond, Rate.of(text, 1).perSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {" 50 / 1s ", "50/ 1s", "50 /1s", "\t50/1s\n"})
    void spaces_around_its_parts_do_not_matter(String text) {
        assertEquals(Rate.of("50/1s", 1), Rate.of(text, 1));
    }

    @ParameterizedTest
    @CsvSource({"0.5, PT2S", "0.5/10s, PT20S", "0.01, PT1M40S", "0.001/10ms, PT10S", "2.5, PT0.4S", "2.5/10s, PT4S"})
    void a_fraction_is_one_call_in_a_window_of_its_own(String text, Duration window) {
        Rate rate = Rate.of(text, 1);
        assertEquals(new Rate(1, window, 1), rate);
        double seconds = window.toMillis() / 1e3;
        assertEquals(seconds + Math.min(0.02, seconds / 50), rate.intervalSeconds(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "fifty",
                "-5",
                "+5",
                ".5",
                "5.",
                "1,000",
                "1_000",
                "5e3",
                "0x10",
                "NaN",
                "Infinity",
                "٥٠",
                "50/",
                "/1s",
                "50/1x",
                "50/0s",
                "50/-1s",
                "50/1s/1s",
                "50/1s 2s",
                "50 per s",
                "50/S",
                "50 1s"
            })
    void anything_else_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rate.of(text, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.01", "1/100s", "864/1d", "100000", "1000000/10s", "100/1ms"})
    void the_ends_of_its_range_are_fine(String text) {
        assertTrue(Rate.of(text, 1).intervalSeconds() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0/1s", "0.009", "1/101s", "863/1d", "100001", "101/1ms", "2000/25h", "5000000/10s"})
    void what_is_out_of_range_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rate.of(text, 1));
    }

    @Test
    void so_many_digits_that_no_number_holds_them_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> Rate.of("9".repeat(400), 1));
    }

    @ParameterizedTest
    @CsvSource({"50, 0", "50, -1", "50, 51", "2.5, 3", "0.5, 2"})
    void a_burst_is_between_one_call_and_all_of_them(String text, int burst) {
        assertThrows(IllegalArgumentException.class, () -> Rate.of(text, burst));
    }

    @ParameterizedTest
    @CsvSource({
        "50/1s, 1, 0.0204",
        "300/10s, 1, 0.0334",
        "100/10s, 51, 0.2004",
        "100/10s, 100, 10.02",
        "10/500ms, 1, 0.051"
    })
    void the_larger_the_burst_the_slower_the_others(String text, int burst, double interval) {
        assertEquals(interval, Rate.of(text, burst).intervalSeconds(), 1e-12);
    }

    /** Whatever comes when: bursts after a quiet time, trickles, a backlog. */
    @Test
    void no_window_ever_holds_more_calls_than_it_may() {
        long seed = 20260301;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int calls = 1 + random.nextInt(random.nextBoolean() ? 5 : 120);
            int burst = 1 + random.nextInt(calls);
            Rate rate = Rate.of(calls + "/" + (1 + random.nextInt(20)) + "s", burst);
            List<Double> made = made(rate, random);
            assertNoWindowHoldsMore(rate, made, "seed " + seed + ", round " + round + ", " + rate);
        }
    }

    @Test
    void a_backlog_uses_the_window_to_its_end() {
        Rate rate = Rate.of("100/10s", 40);
        Schedule schedule = new Schedule(rate);
        List<Double> made = new ArrayList<>();
        for (double now = 1000; now < 1010; now += 0.025) {
            made.addAll(schedule.take(now, 1000));
        }
        assertEquals(100, made.stream().filter(time -> time < 1010 - 1e-6).count());
        assertEquals(40, made.stream().filter(time -> time <= 1000).count());
    }

    private static List<Double> made(Rate rate, Random random) {
        Schedule schedule = new Schedule(rate);
        double window = rate.window().toMillis() / 1e3;
        List<Double> made = new ArrayList<>();
        double now = 1e6 + random.nextDouble();
        while (made.size() < 400) {
            if (random.nextInt(20) == 0) {
                now += 2 * window * random.nextDouble(); // nobody needs anything
            }
            int wanted = random.nextInt(3) == 0 ? 1000 : 1 + random.nextInt(3);
            made.addAll(schedule.take(now, wanted));
            now += window * random.nextDouble() / (random.nextBoolean() ? 100 : 5);
        }
        return made;
    }

    private static void assertNoWindowHoldsMore(Rate rate, List<Double> made, String message) {
        double window = rate.window().toMillis() / 1e3 - 1e-6; // half open: its end is not in it
        List<Double> sorted = made.stream().sorted().toList();
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= window) {
                from++;
            }
            assertTrue(to - from + 1 <= rate.calls(), message);
        }
    }

    /**
     * How a claim gives out slots: an interval apart, those of the quiet time before at once, but a
     * burst at most.
     */
    private static final class Schedule {
        private static final double HORIZON = 0.05;
        private final Rate rate;
        private double spentUntil = Double.NEGATIVE_INFINITY;

        Schedule(Rate rate) {
            this.rate = rate;
        }

        /** When they are called. */
        List<Double> take(double now, int wanted) {
            double interval = rate.intervalSeconds();
            double freeFrom = Math.max(spentUntil, now - (rate.burst() - 1) * interval);
            int allowed = (int) Math.max(0, Math.floor((now - freeFrom + HORIZON) / interval + 1e-6) + 1);
            int taken = Math.min(wanted, allowed);
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < taken; i++) {
                times.add(Math.max(now, freeFrom + i * interval));
            }
            spentUntil = taken == 0 ? spentUntil : freeFrom + taken * interval;
            return times;
        }
    }
}
