package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StuckAccountsTest {

    private static final List<String> BRANDB = List.of("brandb");

    private final AtomicLong now = new AtomicLong(7);
    private final List<String> said = new ArrayList<>();
    private final StuckAccounts accounts = new StuckAccounts(now::get, said::add);

    private boolean after(long seconds, List<String> stuck) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        return accounts.endIfStuck(stuck);
    }

    @Test
    void customers_that_stay_stuck_for_three_minutes_end_the_process() {
        assertFalse(after(1000, BRANDB), "seen for the first time");
        assertFalse(after(179, BRANDB));
        assertEquals(List.of(), said);
        assertTrue(after(1, BRANDB));
        assertTrue(said.getFirst().contains("account brandb"), said::toString);
    }

    @Test
    void those_that_pass_in_between_do_not() {
        assertFalse(after(0, BRANDB));
        assertFalse(after(100, List.of()));
        assertFalse(after(100, BRANDB));
        assertFalse(after(100, List.of("zalo")));
        assertFalse(after(100, BRANDB));
        assertEquals(List.of(), said);
    }
}
