package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the listener does when; the clock moves only while it waits for a notification. */
class RowListenerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now = TimeUnit.HOURS.toNanos(1);
    private long arrivesAt = Long.MAX_VALUE; // a notification
    private boolean elects = true;
    private String fails = "nothing"; // a statement that contains this
    private String state; // with this SQLSTATE
    private final ScriptedDatabase database = new ScriptedDatabase((sql, values) -> answer(sql), this::arrived);
    private final RowListener listener = new RowListener(
            database.dataSource(), Duration.ofMillis(1), () -> now, Duration.ofSeconds(20), Duration.ofSeconds(10));

    private List<SequencedMap<String, Object>> answer(String sql) throws SQLException {
        if (sql.contains(fails)) {
            throw new SQLException("a failure", state);
        }
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("elected", elects);
        return List.of(row);
    }

    private int arrived(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        if (now < arrivesAt) {
            return 0;
        }
        arrivesAt = Long.MAX_VALUE;
        return 1;
    }

    private boolean await(Duration atMost) {
        return listener.awaitNotification(atMost, () -> false);
    }

    private long ran(String part) {
        return database.statements().stream().filter(sql -> sql.contains(part)).count();
    }

    @Test
    void the_first_wait_makes_sources_notify_and_ends_for_one_more_scan() {
        long begun = now;
        assertTrue(await(MINUTE));
        assertTrue(listener.isNotified());
        assertEquals(begun, now);
        assertEquals(1, ran("LISTEN alohub_rows"));
        assertEquals(1, ran("pg_advisory_lock("));
    }

    @Test
    void the_next_waits_last_until_a_notification_or_their_time() {
        await(MINUTE);
        long begun = now;
        assertFalse(await(MINUTE));
        assertEquals(begun + MINUTE.toNanos(), now);
        arrivesAt = now + TimeUnit.MILLISECONDS.toNanos(500);
        assertTrue(await(MINUTE));
        assertEquals(1, ran("pg_advisory_lock("), "it is held all the time");
    }

    @Test
    void a_stop_is_seen_within_a_second() {
        await(MINUTE);
        long begun = now;
        long stopAt = now + TimeUnit.MILLISECONDS.toNanos(1500);
        assertTrue(listener.awaitNotification(MINUTE, () -> now >= stopAt));
        assertEquals(begun + TimeUnit.SECONDS.toNanos(2), now);
    }

    @Test
    void a_connection_is_tested_when_its_last_statement_was_twenty_seconds_ago() {
        await(MINUTE);
        await(Duration.ofSeconds(20));
        assertEquals(0, ran("SELECT 1"));
        await(Duration.ofSeconds(2));
        assertEquals(1, ran("SELECT 1"));
        await(Duration.ofSeconds(20));
        assertEquals(1, ran("SELECT 1"));
    }

    @Test
    void a_listener_that_is_not_elected_waits_without_the_lock() {
        elects = false;
        assertFalse(await(MINUTE));
        assertEquals(0, ran("pg_advisory_lock("));
        assertFalse(listener.isNotified());
        elects = true;
        assertTrue(await(MINUTE), "the one that was has ended");
        assertTrue(listener.isNotified());
    }

    @Test
    void sources_need_not_notify_where_more_than_twenty_rows_come_within_a_second() {
        await(MINUTE);
        for (int second = 0; second < 3; second++) {
            listener.found(20);
            now += TimeUnit.SECONDS.toNanos(1);
        }
        assertTrue(listener.isNotified());
        listener.found(20);
        listener.found(1);
        assertFalse(listener.isNotified());
        assertEquals(1, ran("pg_advisory_unlock("));
        await(MINUTE);
        assertTrue(listener.isNotified(), "no row was found: they are rare again");
    }

    @Test
    void while_a_source_has_not_committed_rows_are_looked_for_at_once() {
        fails = "pg_advisory_lock(";
        state = "55P03";
        assertTrue(await(MINUTE));
        assertFalse(listener.isNotified());
        assertEquals(1, ran("LISTEN"), "the connection is kept");
    }

    @Test
    void after_a_failure_it_connects_again_and_takes_its_lock_again() {
        await(MINUTE);
        fails = "SELECT 1";
        state = "08006";
        assertTrue(await(MINUTE), "rows are looked for");
        assertFalse(listener.isNotified());
        fails = "nothing";
        assertTrue(await(MINUTE));
        assertTrue(listener.isNotified());
        assertEquals(2, ran("LISTEN alohub_rows"));
    }

    @Test
    void at_the_end_it_gives_up_locks_and_subscription() {
        await(MINUTE);
        listener.close();
        assertEquals(1, ran("UNLISTEN"));
        assertFalse(listener.isNotified());
        listener.close();
        assertEquals(1, ran("UNLISTEN"));
    }
}
