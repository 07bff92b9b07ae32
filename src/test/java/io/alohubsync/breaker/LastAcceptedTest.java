package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastAcceptedTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private final LastAccepted last = new LastAccepted();

    @Test
    void nobody_was_accepted_at_first() {
        assertFalse(last.isAnother(1, -5 * SECOND));
    }

    @Test
    void an_acceptance_counts_for_the_others_and_for_ten_seconds() {
        last.accepted(1, SECOND);
        assertTrue(last.isAnother(2, 11 * SECOND));
        assertFalse(last.isAnother(2, 12 * SECOND));
        assertFalse(last.isAnother(1, 2 * SECOND), "its own says nothing");
    }

    @Test
    void the_one_that_was_accepted_last_is_judged_by_the_one_before() {
        last.accepted(1, SECOND);
        last.accepted(2, 5 * SECOND);
        last.accepted(2, 6 * SECOND);
        assertTrue(last.isAnother(2, 8 * SECOND));
        assertFalse(last.isAnother(2, 12 * SECOND));
        assertTrue(last.isAnother(1, 12 * SECOND));
    }
}
