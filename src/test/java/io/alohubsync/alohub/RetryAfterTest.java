package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, PT1S",
        "30, PT30S",
        "' 30 ', PT30S",
        "007, PT7S",
        "3600, PT1H",
        "43200, PT12H",
        "604800, PT168H",
        "604801, PT168H",
        "2147483648, PT168H",
        "99999999999999999999999999, PT168H"
    })
    void seconds_are_taken_up_to_a_week(String header, Duration expected) {
        assertEquals(expected, pause(header, NOW));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "000",
                "-1",
                "-3600",
                "+30",
                "1.5",
                "1,5",
                "1e3",
                "30s",
                "30 seconds",
                "soon",
                "\u0663\u0660",
                "PT30S",
                "2026-03-01T08:02:00Z",
                "Sun, 01 Mar 2026",
                "Sun, 32 Mar 2026 08:00:00 GMT",
                "Sun, 1 Mar 2026 08:02:00 GMT",
                "Sat, 31 Feb 2026 08:02:00 GMT",
                "Sun, 01 Mar 2026 24:00:00 GMT",
                "Sun, 01 Mar 2026 8:02:00 GMT",
                "Sun, 01 Mar 2026 08:02:00 UTC",
                "Sun, 01 Mar 2026 08:02:00 +0000",
                "Sun, 01 Mar 26 08:02:00 GMT",
                "Sunday, 01-Mar-2026 08:02:00 GMT",
                "Sun Mar 1 08:02:00 2026",
                "30, 60",
                "Mon, 01 Mar 2026 08:02:00 GMT" // it is a Sunday
            })
    void zero_and_nonsense_name_no_time(String header) {
        assertNull(pause(header, NOW));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            Sun, 01 Mar 2026 08:02:00 GMT → PT2M
            Sun, 01 Mar 2026 08:00:01 GMT → PT1S
            Sun, 01 Mar 2026 09:00:00 GMT → PT1H
            Sun, 01 Mar 2026 17:00:00 GMT → PT9H
            Fri, 31 Dec 9999 23:59:59 GMT → PT168H
            """)
    void a_date_is_a_pause_until_then(String header, Duration expected) {
        assertEquals(expected, pause(header, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 01 Mar 2026 08:00:00 GMT",
                "Sun, 01 Mar 2026 07:59:59 GMT",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Sat, 01 Jan 0000 00:00:00 GMT"
            })
    void a_date_that_has_passed_names_no_time(String header) {
        assertNull(pause(header, NOW));
    }

    @Test
    void a_fraction_of_a_second_is_a_second() {
        Instant late = NOW.plusMillis(1_500);
        assertEquals(Duration.ofSeconds(1), pause("Sun, 01 Mar 2026 08:00:02 GMT", late));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2020-01-01T00:00:00Z", "2026-02-28T08:00:00Z", "2026-03-01T09:00:00Z", "2031-01-01T00:00:00Z"})
    void a_date_counts_from_the_answers_own_date_whatever_this_machines_clock_says(Instant wrong) {
        String until = "Sun, 01 Mar 2026 08:02:00 GMT";
        for (String date : List.of(
                "Sun, 01 Mar 2026 08:00:00 GMT", "Sunday, 01-Mar-26 08:00:00 GMT", "Sun Mar  1 08:00:00 2026")) {
            assertEquals(Duration.ofMinutes(2), pause(until, date, wrong));
        }
        assertNull(pause(until, "Sun, 01 Mar 2026 08:02:00 GMT", wrong), "the pause is over");
        assertEquals(
                Duration.ofSeconds(7), pause("7", "Sun, 01 Mar 2026 08:00:00 GMT", wrong), "seconds need no clock");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "today", "Mon, 01 Mar 2026 08:00:00 GMT"})
    void without_a_date_of_the_answer_a_date_counts_from_now(String none) {
        assertEquals(Duration.ofMinutes(2), pause("Sun, 01 Mar 2026 08:02:00 GMT", none, NOW));
    }

    private static Duration pause(String header, Instant now) {
        return pause(header, null, now);
    }

    private static Duration pause(String header, String date, Instant now) {
        RetryAfter retryAfter = RetryAfter.of(header, date);
        return retryAfter == null ? null : retryAfter.pause(now);
    }
}
