package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void a_list_that_fits_is_the_last_page() {
        assertEquals(new Page<>(List.of(), null), Page.of(List.<Integer>of(), 2, String::valueOf));
        assertEquals(new Page<>(List.of(1, 2), null), Page.of(List.of(1, 2), 2, String::valueOf));
    }

    @Test
    void one_more_than_fits_is_left_to_the_page_behind_the_last_that_is_shown() {
        assertEquals(new Page<>(List.of(1, 2), "2"), Page.of(List.of(1, 2, 3), 2, String::valueOf));
    }
}
