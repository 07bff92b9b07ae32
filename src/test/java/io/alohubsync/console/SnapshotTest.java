package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.alohubsync.console.Snapshot.Page;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Page AWAY = new Page(503, new byte[0], null);

    private final Clockwork clock = new Clockwork();
    private final Deque<Runnable> maker = new ArrayDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Snapshot snapshot = new Snapshot(clock::now, clock, maker::add, this::make, AWAY);
    private final List<Page> got = new ArrayList<>();

    private Page make() {
        byte[] html = new byte[made.incrementAndGet()];
        return new Page(200, html, new Page(200, html, null));
    }

    private void read(int readers) {
        for (int i = 0; i < readers; i++) {
            snapshot.read(got::add);
        }
    }

    private void makerRuns() {
        maker.removeFirst().run();
    }

    private Page last() {
        return got.isEmpty() ? null : got.getLast();
    }

    @Test
    void nobody_looks_and_nothing_is_made() {
        clock.pass(60_000);
        assertEquals(0, maker.size());
    }

    @Test
    void all_who_come_within_a_second_share_one_page() {
        read(100);
        assertNull(last());
        assertEquals(1, maker.size());
        makerRuns();
        assertEquals(100, got.size());
        clock.pass(999);
        read(100);
        assertEquals(200, got.size());
        assertEquals(1, got.stream().distinct().count());
        assertEquals(1, made.get());
    }

    @Test
    void whoever_comes_later_gets_a_new_one() {
        read(1);
        makerRuns();
        Page first = last();
        clock.pass(3600_000);
        read(1);
        assertSame(first, last());
        assertEquals(1, got.size(), "an old page is shown to nobody");
        makerRuns();
        assertEquals(2, got.size());
        assertEquals(2, last().html().length);
    }

    @Test
    void a_slow_database_gives_the_page_that_says_so_and_one_read_at_a_time() {
        read(2);
        clock.pass(1499);
        assertNull(last());
        clock.pass(1);
        assertEquals(List.of(AWAY, AWAY), got);
        clock.pass(60_000);
        read(1);
        assertEquals(3, got.size(), "at once");
        assertSame(AWAY, last());
        assertEquals(1, maker.size());
    }

    @Test
    void a_page_of_a_moment_ago_is_shown_again_with_its_notice_but_not_for_long() {
        read(1);
        makerRuns();
        Page first = last();
        clock.pass(1000);
        read(1);
        clock.pass(899);
        assertEquals(1, got.size());
        clock.pass(1);
        assertSame(first.late(), last());
        clock.pass(8000);
        read(1);
        assertSame(first.late(), last());
        clock.pass(100);
        read(1);
        assertSame(AWAY, last());
    }

    @Test
    void a_read_that_ends_too_late_is_followed_by_a_new_one() {
        read(1);
        clock.pass(5000);
        makerRuns();
        assertEquals(List.of(AWAY), got);
        read(1);
        makerRuns();
        assertEquals(2, last().html().length);
        clock.pass(900);
        read(1);
        assertEquals(2, last().html().length, "one that was in time stays");
    }
}
