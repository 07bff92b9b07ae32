package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.notify.NotifySql.Count;
import io.alohubsync.observe.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    private final Rules rules = new Rules(Duration.ofMinutes(2), Duration.ofMinutes(15), 0.05);

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, GOOD",
        "PAUSED, PAUSED_BY_PERSON",
        "THROTTLED, BAD",
        "RECOVERING, UNKNOWN",
        "KEY_REJECTED, BAD",
        "MISCONFIGURED, BAD",
        "BLOCKED, BAD",
        "UNREACHABLE, BAD"
    })
    void an_account_is_bad_until_it_is_active_again_and_a_pause_is_no_news(String state, Condition condition) {
        assertEquals(condition, Rules.account(state));
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, 900, GOOD", "ACTIVE, 901, BAD", "KEY_REJECTED, 5000, UNKNOWN", "PAUSED, 10, GOOD"})
    void customers_are_overdue_beyond_the_target_where_calls_go_out(String state, long seconds, Condition condition) {
        assertEquals(condition, rules.overdue(state, new Figures.OfAccount(Map.of(), 1, seconds)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, GOOD", "19, 19, GOOD", "20, 20, BAD", "20, 400, BAD", "20, 401, GOOD", "400, 9000, GOOD"})
    void rejected_rows_are_news_if_they_are_many_and_a_large_share(long rejected, long rows, Condition condition) {
        assertEquals(
                condition,
                rules.rejected(
                        List.of(
                                new Count("", Tally.MERGED, rows),
                                new Count("default", Tally.REJECTED + "phone.missing", rejected),
                                new Count("default", Tally.CALLS + "ACCEPTED", 7)),
                        new Figures(Map.of(), 0)));
    }

    /** A shop with fifteen rows an hour never has twenty rejected ones. */
    @Test
    void a_source_whose_rows_are_mostly_rejected_is_news_however_few_they_are_beside_others() {
        List<Count> hour =
                List.of(new Count("", Tally.MERGED, 9000), new Count("default", Tally.REJECTED + "phone.missing", 15));
        assertEquals(Condition.GOOD, rules.rejected(hour, new Figures(Map.of(), 0)));
        assertEquals(Condition.BAD, rules.rejected(hour, new Figures(Map.of(), 0, Map.of("shop", 15L))));
        assertEquals(Condition.UNKNOWN, rules.rejected(hour, Figures.NONE), "after a start nothing is known yet");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "08:00, 2026-11-27T00:59:59Z, none",
                "08:00, 2026-11-27T01:00:00Z, 2026-11-26",
                "08:00, 2026-11-27T04:59:59Z, 2026-11-26",
                "08:00, 2026-11-27T05:00:00Z, none",
                "23:30, 2026-11-27T17:10:00Z, 2026-11-26",
                "23:30, 2026-11-27T20:30:00Z, none"
            })
    void a_digest_is_due_from_its_hour_on_for_four_hours_in_the_readers_zone(String at, Instant now, LocalDate day) {
        LocalDate due = new Digest.Hour(LocalTime.parse(at), ZoneId.of("Asia/Ho_Chi_Minh")).due(now);
        if (day == null) {
            assertNull(due);
        } else {
            assertEquals(day, due);
        }
    }

    @Test
    void waits_double_up_to_ten_minutes() {
        assertEquals(Duration.ofSeconds(15), Sender.waitAfter(1));
        assertEquals(Duration.ofSeconds(30), Sender.waitAfter(2));
        assertEquals(Duration.ofMinutes(10), Sender.waitAfter(7));
        assertEquals(Duration.ofMinutes(10), Sender.waitAfter(10_000));
    }
}
