package io.alohubsync.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FairShareTest {

    private long now = 1;
    private final FairShare fairShare = new FairShare(() -> now);

    private void full(int looks) {
        for (int i = 0; i < looks; i++) {
            assertFalse(fairShare.isForOldest());
            fairShare.full((short) 5);
        }
    }

    @Test
    void the_twentieth_is_for_the_oldest_of_the_less_urgent() {
        full(19);
        assertTrue(fairShare.isForOldest());
        assertEquals(5, fairShare.below());
        fairShare.oldestTaken(now);
        full(19);
        assertTrue(fairShare.isForOldest());
    }

    @Test
    void a_slow_look_for_the_oldest_takes_a_twentieth_of_the_time() {
        full(19);
        now += 100;
        fairShare.oldestTaken(now - 100);
        now += 1999;
        full(19);
        assertFalse(fairShare.isForOldest());
        now += 1;
        assertTrue(fairShare.isForOldest());
    }
}
