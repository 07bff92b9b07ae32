package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes of a topic are sent, by a clock that the test holds. */
class StandingTest {

    private static final Duration LASTING = Duration.ofMinutes(2);
    private static final Instant BEGIN = Instant.parse("2026-11-27T01:00:00Z");

    private Standing standing = Standing.GOOD;
    private Instant now = BEGIN;
    private final List<Standing.Change> sent = new ArrayList<>();
    private int writes;

    /** Seen like that every 15 s, for so long. */
    private void see(Condition condition, int seconds) {
        for (int i = 0; i < seconds; i += 15) {
            Standing.Step step = standing.see(condition, now, LASTING);
            if (step.next() != null) {
                standing = step.next();
                writes++;
            }
            if (step.sent() != null) {
                sent.add(step.sent());
            }
            now = now.plusSeconds(15);
        }
    }

    @Test
    void a_trip_that_lasts_is_sent_once_and_so_is_its_recovery() {
        see(Condition.GOOD, 60);
        see(Condition.BAD, 3600);
        see(Condition.GOOD, 3600);
        assertEquals(
                List.of(
                        new Standing.Change(true, BEGIN.plusSeconds(60)),
                        new Standing.Change(false, BEGIN.plusSeconds(3660))),
                sent);
        assertEquals(4, writes, "when it begins, and when it is sent");
    }

    @Test
    void it_is_sent_as_soon_as_it_has_lasted_and_not_before() {
        see(Condition.BAD, 120);
        assertEquals(List.of(), sent);
        see(Condition.BAD, 15);
        assertEquals(1, sent.size());
    }

    @Test
    void what_comes_and_goes_is_not_sent_either_way() {
        for (int i = 0; i < 50; i++) {
            see(Condition.BAD, 105);
            see(Condition.GOOD, 15);
        }
        assertEquals(List.of(), sent);
        see(Condition.BAD, 600);
        sent.clear();
        for (int i = 0; i < 50; i++) {
            see(Condition.GOOD, 105);
            see(Condition.BAD, 15);
        }
        assertEquals(List.of(), sent, "the last notification still says that it is wrong");
    }

    /** A ramp may last for an hour. */
    @Test
    void calls_that_ramp_up_are_no_news_behind_a_pause_and_no_end_of_a_trip() {
        see(Rules.account("PAUSED"), 3600);
        see(Rules.account("RECOVERING"), 300);
        see(Rules.account("ACTIVE"), 3600);
        assertEquals(List.of(), sent);
        see(Rules.account("UNREACHABLE"), 600);
        see(Rules.account("RECOVERING"), 300);
        assertEquals(1, sent.size());
        see(Rules.account("ACTIVE"), 600);
        assertEquals(2, sent.size());
        assertEquals(false, sent.getLast().bad());
    }

    @Test
    void an_unclear_sight_neither_tells_nor_ends_what_was_seen() {
        see(Condition.BAD, 30);
        see(Condition.UNKNOWN, 600);
        assertEquals(List.of(), sent);
        see(Condition.BAD, 15);
        assertEquals(List.of(new Standing.Change(true, BEGIN)), sent);
        see(Condition.UNKNOWN, 3600);
        assertEquals(1, sent.size());
    }

    @Test
    void a_pause_ends_what_was_seen_before_it() {
        see(Condition.BAD, 60);
        see(Condition.PAUSED_BY_PERSON, 36_000);
        see(Condition.BAD, 15);
        see(Condition.GOOD, 600);
        assertEquals(List.of(), sent);
        see(Condition.BAD, 600);
        see(Condition.PAUSED_BY_PERSON, 36_000);
        assertEquals(1, sent.size());
        see(Condition.GOOD, 600);
        assertEquals(2, sent.size(), "the end of what was sent is sent");
    }

    @Test
    void without_a_time_each_change_is_sent_at_once() {
        Standing.Step step = Standing.GOOD.see(Condition.BAD, BEGIN, Duration.ZERO);
        assertEquals(new Standing.Change(true, BEGIN), step.sent());
        assertEquals(new Standing(true, null, 0), step.next());
    }

    @Test
    void what_is_as_it_was_sent_is_not_written() {
        assertNull(Standing.GOOD.see(Condition.GOOD, BEGIN, LASTING).next());
        assertNull(
                new Standing(true, null, 3).see(Condition.BAD, BEGIN, LASTING).next());
    }
}
