package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LowWaterMarkTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Map<Short, Long> ENDS = Map.of((short) 0, 100L);

    private static final Duration POLL = Duration.ofMinutes(1);

    private long now = 1;
    private final LowWaterMark lowWaterMark = new LowWaterMark(() -> now);

    private void look(boolean fullScan, boolean full, long millis) {
        long begun = now;
        now += millis * MILLI;
        lowWaterMark.scanned(fullScan, 1, full, begun, ENDS);
    }

    @Test
    void the_first_scan_is_a_full_one_and_scans_from_the_mark_follow_one_that_took_all_for_a_second() {
        assertTrue(lowWaterMark.isFullScanDue());
        look(true, true, 0);
        assertFalse(lowWaterMark.isFullScanDue());
        now += 999 * MILLI;
        look(false, true, 0);
        assertFalse(lowWaterMark.isFullScanDue());
        now += MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
    }

    @Test
    void a_scan_that_found_little_is_followed_by_a_full_one_at_once() {
        look(true, true, 0);
        look(false, false, 0);
        assertTrue(lowWaterMark.isFullScanDue());
        assertEquals(Duration.ZERO, lowWaterMark.untilFullScan(POLL));
    }

    @Test
    void a_full_scan_that_takes_long_takes_a_twentieth_of_the_time() {
        look(true, true, 100);
        look(false, false, 1);
        now += 1998 * MILLI;
        assertFalse(lowWaterMark.isFullScanDue());
        now += MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
    }

    @Test
    void a_loop_that_found_nothing_makes_a_full_scan_before_it_waits_unless_that_is_dear() {
        look(true, true, 9);
        lowWaterMark.scanned(false, 0, false, now, Map.of());
        assertTrue(lowWaterMark.isFullScanDue());
        look(true, true, 11);
        lowWaterMark.scanned(false, 0, false, now, Map.of());
        assertFalse(lowWaterMark.isFullScanDue());
        assertEquals(Duration.ofMillis(110), lowWaterMark.untilFullScan(POLL), "not a poll");
        now += 110 * MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
        look(true, false, 11);
        assertEquals(POLL, lowWaterMark.untilFullScan(POLL), "it has seen all");
    }

    @Test
    void one_slow_full_scan_keeps_no_customer_waiting_for_long() {
        look(true, true, 3000);
        lowWaterMark.scanned(false, 0, false, now, Map.of((short) 0, 200L));
        assertEquals(Duration.ofSeconds(5), lowWaterMark.untilFullScan(POLL));
        now += 5000 * MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
    }

    @Test
    void it_rises_and_a_full_scan_takes_it_back_to_where_that_ended() {
        look(true, true, 0);
        lowWaterMark.scanned(false, 1, true, now, Map.of((short) 0, 500L, (short) 10, 50L));
        lowWaterMark.scanned(false, 1, true, now, Map.of((short) 0, 400L));
        assertEquals(
                List.of((short) 10, (short) 0), List.copyOf(lowWaterMark.marks().keySet()), "most urgent first");
        assertEquals(500, lowWaterMark.marks().get((short) 0));
        lowWaterMark.raiseAll(600);
        assertEquals(600, lowWaterMark.marks().get((short) 10));
        lowWaterMark.scanned(true, 1, true, now, ENDS);
        assertEquals(ENDS, lowWaterMark.marks());
    }

    /** Else the next scan is the same one, and nothing is taken any more. */
    @Test
    void after_a_full_scan_that_the_server_ended_scans_from_the_mark_go_on_for_twenty_times_as_long() {
        look(true, true, 0);
        look(false, false, 0);
        assertTrue(lowWaterMark.isFullScanDue());
        long begun = now;
        now += 20_000 * MILLI;
        lowWaterMark.failed(new SQLException("canceling statement due to statement timeout", "57014"), begun);
        lowWaterMark.wantFullScan();
        assertFalse(lowWaterMark.isFullScanDue());
        lowWaterMark.scanned(false, 0, false, now, Map.of());
        now += 399_999 * MILLI;
        assertFalse(lowWaterMark.isFullScanDue());
        assertEquals(ENDS, lowWaterMark.marks());
        assertEquals(Duration.ofMillis(1), lowWaterMark.untilFullScan(POLL));
        now += MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
        look(true, true, 1);
        assertFalse(lowWaterMark.isFullScanDue());
        now += 1000 * MILLI;
        assertTrue(lowWaterMark.isFullScanDue());
    }

    @Test
    void a_full_scan_that_failed_for_another_reason_is_made_again() {
        look(true, true, 0);
        look(false, false, 0);
        lowWaterMark.failed(new SQLException("away", "08006"), now);
        assertTrue(lowWaterMark.isFullScanDue());
    }

    @Test
    void a_full_scan_that_found_little_keeps_it() {
        look(true, true, 0);
        lowWaterMark.scanned(true, 0, false, now, Map.of());
        assertEquals(ENDS, lowWaterMark.marks());
    }
}
