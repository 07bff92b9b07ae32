package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Phone;
import io.alohubsync.customer.CustomerKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SkippedRowsTest {

    private static final CustomerKey ONE = new CustomerKey("default", new Phone("+84868793800"));
    private static final CustomerKey OTHER = new CustomerKey("default", new Phone("+84868793801"));
    private static final Duration POLL = Duration.ofSeconds(1);

    private long now = 1;
    private final SkippedRows skipped = new SkippedRows(() -> now);

    private void skip(CustomerKey customer, long... ids) {
        skipped.skip(Map.of(
                customer,
                LongStream.of(ids)
                        .mapToObj(id -> TestRows.read(id, null, customer, "A"))
                        .toList()));
    }

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void neighbours_become_one_range() {
        assertNull(skipped.ids());
        skip(ONE, 1, 2, 3, 5);
        skip(ONE, 6, 6, 9);
        skip(OTHER, 4);
        assertEquals("{[1,6],[9,9]}", skipped.ids().from(0));
        assertEquals("{[1,6],[9,9]}", skipped.ids().from(4));
        assertEquals("{[9,9]}", skipped.ids().from(9));
        skipped.takeAgain(Set.of(OTHER));
        assertEquals("{[1,3],[5,6],[9,9]}", skipped.ids().from(0));
    }

    @Test
    void a_locked_customer_is_tried_less_and_less_often_and_forgotten_once_it_is_free() {
        skip(ONE, 1, 2);
        assertEquals(List.of(), skipped.toTry());
        assertEquals(Duration.ofMillis(20), skipped.untilNextTry(POLL));
        after(20);
        assertEquals(List.of(ONE), skipped.toTry());
        assertEquals(List.of(), skipped.toTry(), "no other thread tries it at the same moment");
        assertFalse(skipped.takeAgain(Set.of()));
        assertEquals(Duration.ofMillis(40), skipped.untilNextTry(POLL));
        for (int i = 0; i < 10; i++) {
            after(500);
            assertEquals(List.of(ONE), skipped.toTry());
        }
        assertEquals(Duration.ofMillis(500), skipped.untilNextTry(POLL));
        assertTrue(skipped.takeAgain(Set.of(ONE)));
        assertNull(skipped.ids());
        assertEquals(POLL, skipped.untilNextTry(POLL));
    }

    @Test
    void what_was_skipped_for_a_minute_is_looked_at_again_in_any_case() {
        skipped.skip(7L);
        assertEquals("{[7,7]}", skipped.ids().from(0));
        after(59_999);
        assertFalse(skipped.isAnyOld());
        after(1);
        assertTrue(skipped.isAnyOld());
        assertEquals(Duration.ZERO, skipped.untilNextTry(POLL));
        assertEquals(List.of(), skipped.toTry(), "it waits for no customer");
        assertTrue(skipped.takeAgain(Set.of()));
        assertNull(skipped.ids());
    }

    @Test
    void it_holds_a_hundred_thousand_rows_and_no_more() {
        for (long id = 1; id <= 250_000; id += 2) {
            skip(new CustomerKey("default", new Phone("+849" + id)), id);
        }
        assertEquals(
                100_000, skipped.ids().from(0).chars().filter(c -> c == '[').count());
        after(20);
        assertEquals(500, skipped.toTry().size(), "a statement of a bounded size");
    }

    @Test
    void further_rows_of_a_customer_are_skipped_with_its_first_ones() {
        skip(ONE, 1);
        assertFalse(skipped.isStillLocked(ONE), "a settlement may hold it for a moment");
        after(20);
        skipped.toTry();
        assertTrue(skipped.isStillLocked(ONE));
        assertFalse(skipped.isStillLocked(OTHER));
        skipped.skip(ONE, List.of(2L, 3L, 7L));
        assertEquals("{[1,3],[7,7]}", skipped.ids().from(0));
        skipped.takeAgain(Set.of(ONE));
        assertNull(skipped.ids());
        assertFalse(skipped.isStillLocked(ONE));
    }
}
