package io.alohubsync.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TurnsTest {

    private long now = 1;
    private final Turns turns = new Turns(() -> now);

    private void full(int looks) {
        for (int i = 0; i < looks; i++) {
            assertFalse(turns.isForOldest());
            turns.full((short) 5);
        }
    }

    @Test
    void the_twentieth_is_for_the_oldest_of_the_less_urgent() {
        full(19);
        assertTrue(turns.isForOldest());
        assertEquals(5, turns.below());
        turns.oldestTaken(now);
        full(19);
        assertTrue(turns.isForOldest());
    }

    @Test
    void a_slow_look_for_the_oldest_takes_a_twentieth_of_the_time() {
        full(19);
        now += 100;
        turns.oldestTaken(now - 100);
        now += 1999;
        full(19);
        assertFalse(turns.isForOldest());
        now += 1;
        assertTrue(turns.isForOldest());
    }
}
