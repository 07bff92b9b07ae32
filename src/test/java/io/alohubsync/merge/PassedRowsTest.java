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

class PassedRowsTest {

    private static final CustomerKey ONE = new CustomerKey("default", new Phone("+84868793800"));
    private static final CustomerKey OTHER = new CustomerKey("default", new Phone("+84868793801"));
    private static final Duration POLL = Duration.ofSeconds(1);

    private long now = 1;
    private final PassedRows passed = new PassedRows(() -> now);

    private void pass(CustomerKey customer, long... ids) {
        passed.pass(Map.of(
                customer,
                LongStream.of(ids)
                        .mapToObj(id -> new ReadRow(id, null, customer, "A", null, (short) 0, Set.of()))
                        .toList()));
    }

    private void after(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void neighbours_become_one_range() {
        assertNull(passed.ids());
        pass(ONE, 1, 2, 3, 5);
        pass(ONE, 6, 6, 9);
        pass(OTHER, 4);
        assertEquals("{[1,6],[9,9]}", passed.ids().from(0));
        assertEquals("{[1,6],[9,9]}", passed.ids().from(4));
        assertEquals("{[9,9]}", passed.ids().from(9));
        passed.forget(Set.of(OTHER));
        assertEquals("{[1,3],[5,6],[9,9]}", passed.ids().from(0));
    }

    @Test
    void a_locked_customer_is_tried_less_and_less_often_and_forgotten_once_it_is_free() {
        pass(ONE, 1, 2);
        assertEquals(List.of(), passed.toTry());
        assertEquals(Duration.ofMillis(20), passed.untilNextTry(POLL));
        after(20);
        assertEquals(List.of(ONE), passed.toTry());
        assertEquals(List.of(), passed.toTry(), "nobody else tries it at the same moment");
        assertFalse(passed.forget(Set.of()));
        assertEquals(Duration.ofMillis(40), passed.untilNextTry(POLL));
        for (int i = 0; i < 10; i++) {
            after(500);
            assertEquals(List.of(ONE), passed.toTry());
        }
        assertEquals(Duration.ofMillis(500), passed.untilNextTry(POLL));
        assertTrue(passed.forget(Set.of(ONE)));
        assertNull(passed.ids());
        assertEquals(POLL, passed.untilNextTry(POLL));
    }

    @Test
    void what_was_passed_over_for_a_minute_is_looked_at_again_in_any_case() {
        passed.pass(7L);
        assertEquals("{[7,7]}", passed.ids().from(0));
        after(59_999);
        assertFalse(passed.isAnyOld());
        after(1);
        assertTrue(passed.isAnyOld());
        assertEquals(Duration.ZERO, passed.untilNextTry(POLL));
        assertEquals(List.of(), passed.toTry(), "it waits for no customer");
        assertTrue(passed.forget(Set.of()));
        assertNull(passed.ids());
    }

    @Test
    void it_holds_a_hundred_thousand_rows_and_no_more() {
        for (long id = 1; id <= 250_000; id += 2) {
            pass(new CustomerKey("default", new Phone("+849" + id)), id);
        }
        assertEquals(100_000, passed.ids().from(0).chars().filter(c -> c == '[').count());
        after(20);
        assertEquals(500, passed.toTry().size(), "a statement of a bounded size");
    }

    @Test
    void further_rows_of_a_customer_are_passed_over_with_its_first_ones() {
        pass(ONE, 1);
        assertFalse(passed.wasTriedInVain(ONE), "a settlement may hold it for a moment");
        after(20);
        passed.toTry();
        assertTrue(passed.wasTriedInVain(ONE));
        assertFalse(passed.wasTriedInVain(OTHER));
        passed.pass(ONE, List.of(2L, 3L, 7L));
        assertEquals("{[1,3],[7,7]}", passed.ids().from(0));
        passed.forget(Set.of(ONE));
        assertNull(passed.ids());
        assertFalse(passed.wasTriedInVain(ONE));
    }
}
