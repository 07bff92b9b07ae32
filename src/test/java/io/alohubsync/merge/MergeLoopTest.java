package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rounds of the first thread, one by one; the clock moves only while the loop waits. */
class MergeLoopTest {

    private static final Duration POLL = Duration.ofSeconds(1);

    private long now = TimeUnit.HOURS.toNanos(1);
    private boolean found; // by the poll
    private final List<String> due = new ArrayList<>(); // accounts whose claims are to be woken
    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private final Waits wait = new Waits();
    private final MergeStep step =
            new MergeStep(outbox.merge(() -> now), Leasing.none(), merged -> due.addAll(merged.accountsToClaim()));
    private final SecondMerge second = new SecondMerge(step, wait, () -> now);

    /** Notes what is waited for. */
    private final class Waits extends IdleWait {

        private final List<String> all = new ArrayList<>();
        private boolean notified;
        private boolean arrives;

        Waits() {
            super(null, POLL);
        }

        @Override
        boolean isNotified() {
            return notified;
        }

        @Override
        void forLock(Duration atMost) {
            passed("lock", atMost);
        }

        @Override
        boolean forRows(Duration atMost) {
            passed("rows", atMost);
            return arrives;
        }

        private void passed(String what, Duration time) {
            all.add(what + " " + time.toMillis());
            now += time.toNanos();
        }
    }

    private MergeLoop alone() {
        return new MergeLoop(step, wait, null, null, () -> now);
    }

    private MergeLoop withPoll() {
        ScriptedDatabase database = new ScriptedDatabase((sql, values) -> {
            SequencedMap<String, Object> rows = new LinkedHashMap<>();
            rows.put("account", null);
            rows.put("found", found);
            SequencedMap<String, Object> account = new LinkedHashMap<>();
            account.put("account", "default");
            account.put("found", true);
            account.put("state", "ACTIVE");
            account.put("since", "now");
            return List.of(rows, account);
        });
        WorkPoll poll = new WorkPoll(database.dataSource(), Set.of("default"), () -> now);
        return new MergeLoop(step, wait, poll, null, () -> now);
    }

    private void rounds(MergeLoop loop, int rounds) throws SQLException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            loop.round();
        }
    }

    @Test
    void it_waits_for_nothing_while_it_finds_rows() throws Exception {
        outbox.batch(500).batch(30).batch(1);
        rounds(alone(), 3);
        assertEquals(List.of(), wait.all);
        assertTrue(outbox.isEmpty());
    }

    @Test
    void where_sources_notify_it_waits_a_moment_after_few_rows_and_not_after_many() throws Exception {
        wait.notified = true;
        outbox.batch(20).batch(19);
        MergeLoop loop = alone();
        loop.round();
        assertEquals(List.of(), wait.all);
        loop.round();
        assertEquals(List.of("rows 20"), wait.all);
    }

    @Test
    void without_a_poll_it_waits_for_a_notification_or_the_poll_interval() throws Exception {
        rounds(alone(), 2);
        assertEquals(List.of("rows 1000", "rows 1000"), wait.all);
    }

    @Test
    void at_rest_the_poll_alone_looks_for_rows_for_ten_seconds() throws Exception {
        MergeLoop loop = withPoll();
        loop.round();
        assertEquals(10, wait.all.size());
        assertEquals(1, outbox.merges());
        assertEquals(10, due.size(), "and for customers to claim");
        loop.round();
        assertEquals(2, outbox.merges());
    }

    @Test
    void at_rest_a_row_that_the_poll_finds_and_a_notification_end_the_wait() throws Exception {
        found = true;
        MergeLoop loop = withPoll();
        loop.round();
        assertEquals(List.of("rows 1000"), wait.all);
        found = false;
        wait.arrives = true;
        loop.round();
        assertEquals(List.of("rows 1000", "rows 1000"), wait.all);
    }

    @Test
    void rows_whose_customer_is_locked_are_tried_again_when_it_is_time_for_that_customer() throws Exception {
        outbox.staying(4);
        MergeLoop loop = alone();
        loop.round();
        assertEquals(List.of(), wait.all, "they are skipped, and others may stand behind them");
        loop.round();
        assertEquals(List.of("rows 20"), wait.all);
    }

    @Test
    void a_full_batch_of_known_customers_begins_the_second_thread_and_a_smaller_one_does_not() throws Exception {
        MergeLoop loop = new MergeLoop(step, wait, null, second, () -> now);
        outbox.batch(499).batch(500);
        loop.round();
        assertFalse(second.isAtWork());
        loop.round();
        assertTrue(second.isAtWork());
    }

    @Test
    void while_the_second_thread_has_rows_it_waits_as_for_a_lock() throws Exception {
        second.begin();
        new MergeLoop(step, wait, null, second, () -> now).round();
        assertEquals(List.of("lock 1000"), wait.all);
    }

    @Test
    void rejected_rows_are_made_new_every_ten_seconds_and_only_where_there_are_no_others() throws Exception {
        MergeLoop loop = alone();
        outbox.batch(1);
        loop.round();
        assertEquals(0, madeNew());
        rounds(loop, 10);
        assertEquals(1, madeNew());
        loop.round();
        assertEquals(2, madeNew());
    }

    private long madeNew() {
        return outbox.statements().stream()
                .filter(sql -> sql.contains("'{account.unknown}'"))
                .count();
    }

    @Test
    void a_database_that_is_away_ends_the_round() {
        outbox.batch(-1);
        assertThrows(SQLException.class, alone()::round);
    }
}
