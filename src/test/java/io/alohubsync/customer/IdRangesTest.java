package io.alohubsync.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class IdRangesTest {

    private final IdRanges ranges = new IdRanges();

    @Test
    void consecutive_ids_are_one_range() {
        ranges.add(5, 6);
        ranges.add(9, 9);
        ranges.add(7, 8);
        assertEquals("{[5,9]}", ranges.from(Long.MIN_VALUE));
        assertEquals(1, ranges.size());
    }

    @Test
    void a_range_that_reaches_beyond_the_id_is_named() {
        ranges.add(1, 2);
        ranges.add(5, 6);
        assertEquals("{[1,2],[5,6]}", ranges.from(2));
        assertEquals("{[5,6]}", ranges.from(5));
    }

    @Test
    void the_highest_and_the_lowest_id_are_read_by_postgresql() {
        ranges.add(Long.MAX_VALUE, Long.MAX_VALUE);
        ranges.add(Long.MIN_VALUE, Long.MIN_VALUE);
        ranges.add(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        assertEquals(
                "{[-9223372036854775808,-9223372036854775808],[9223372036854775806,)}", ranges.from(Long.MIN_VALUE));
        ranges.add(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(2, ranges.size());
    }
}
