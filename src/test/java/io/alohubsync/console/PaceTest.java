package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Clockwork clock = new Clockwork();
    private final Pace pace = new Pace(clock::now, clock, 3, 5);
    private int answered;

    private boolean ask() {
        return pace.take(() -> answered++);
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(ask());
        }
    }

    @Test
    void a_few_in_a_second_are_answered_at_once() {
        for (int second = 1; second <= 3; second++) {
            ask(3);
            assertEquals(3 * second, answered);
            clock.pass(1000);
        }
    }

    @Test
    void the_others_wait_for_the_end_of_the_second() {
        ask(5);
        assertEquals(3, answered);
        clock.pass(999);
        assertEquals(3, answered);
        clock.pass(1);
        assertEquals(5, answered);
    }

    @Test
    void nobody_waits_longer_than_a_second_whenever_he_comes() {
        ask(3);
        clock.pass(900);
        ask(1);
        clock.pass(100);
        assertEquals(4, answered);
    }

    @Test
    void clients_that_ask_again_as_soon_as_they_have_an_answer_get_one_a_second() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            answered++;
            pace.take(again[0]);
        };
        pace.take(again[0]); // three at once, then it waits
        assertEquals(3, answered);
        for (int second = 1; second <= 10; second++) {
            int before = answered;
            clock.pass(1000);
            assertTrue(answered - before <= 4, "at once and one that had waited: " + (answered - before));
        }
    }

    @Test
    void whoever_comes_when_too_many_wait_is_turned_away() {
        ask(8);
        assertFalse(ask());
        clock.pass(1000);
        assertEquals(8, answered);
        assertTrue(ask());
        assertEquals(9, answered);
    }
}
