package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.alohub.Outcome;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.delivery.AttemptFinished;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityLogTest {

    private final ActivityLog log = new ActivityLog();
    private final LogLines lines = new LogLines(ActivityLog.class);

    @AfterEach
    void close() {
        lines.close();
    }

    private static AttemptFinished delivered() {
        Claimed customer = new Claimed(1, 1, new Phone("+84868793800"), "Bằng", null, 1, EarlierAttempts.NONE, false);
        return new AttemptFinished(
                Settlement.of(customer, Consequence.DELIVERED).by("test"), new Outcome.Accepted(200, true));
    }

    @Test
    void where_nothing_was_done_it_writes_nothing() {
        log.write();
        assertEquals(0, lines.count());
    }

    @Test
    void what_was_done_is_in_one_line_and_counts_once() {
        log.accept(delivered());
        log.accept(delivered());
        log.write();
        assertEquals(1, lines.count());
        log.write();
        assertEquals(1, lines.count());
    }

    @Test
    void what_was_purged_has_a_line_of_its_own() {
        log.purged(7);
        log.write();
        assertEquals(1, lines.count());
    }
}
