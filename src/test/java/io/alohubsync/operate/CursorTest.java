package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.operate.problems.ProblemKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places in lists, keys of groups, and what else of an address is read back. */
class CursorTest {

    @Test
    void a_place_comes_back_as_it_was() {
        String cursor = Cursor.of("t", 1, -2, Long.MAX_VALUE);
        assertArrayEquals(new long[] {1, -2, Long.MAX_VALUE}, Cursor.read(cursor, "t", 3));
        assertTrue(cursor.matches("[A-Za-z0-9_-]+"), cursor);
        assertNull(Cursor.read(null, "t", 3));
        assertEquals(7, Cursor.after(new PageRequest(1, Cursor.of("a", 7)), "a", 0));
        assertTrue(Cursor.isOf(Cursor.of("R", 7), "R") && !Cursor.isOf(Cursor.of("N", 7), "R"));
    }

    @Test
    void one_of_another_list_and_what_is_none_are_declined() {
        String forged = Base64.getUrlEncoder().encodeToString("t::1:,:2:,:99999999999999999999:".getBytes());
        for (String cursor :
                List.of(Cursor.of("a", 1, 2, 3), Cursor.of("t", 1), "", "%", "x".repeat(5000), forged, "dDo6", "\0")) {
            assertEquals(
                    Why.CURSOR,
                    assertThrows(Declined.class, () -> Cursor.read(cursor, "t", 3))
                            .why(),
                    cursor);
        }
    }

    @Test
    void a_page_has_1_to_200_entries() {
        for (int size : List.of(0, -1, 201, Integer.MAX_VALUE)) {
            assertEquals(
                    Why.PAGE_SIZE,
                    assertThrows(Declined.class, () -> PageRequest.first(size)).why());
        }
        assertEquals(50, PageRequest.of(null, null).size());
    }

    @Test
    void the_key_of_a_group_is_a_part_of_an_address() {
        for (String source : new String[] {null, "", "erp", "Nguồn /?#&+ 1\u202E", "-", "+"}) {
            ProblemKey key = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", source);
            assertTrue(key.text().matches("[A-Za-z0-9_-]+"), key.text());
            assertEquals(key, ProblemKey.of(key.text()));
        }
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString("FAILURE\u0001a".getBytes());
        for (String text : List.of("", "%", "abc", forged, "x".repeat(3000))) {
            assertEquals(
                    Why.GROUP,
                    assertThrows(Declined.class, () -> ProblemKey.of(text)).why(),
                    text);
        }
    }

    @Test
    void every_reason_to_decline_has_its_words_in_both_languages() {
        for (Why why : Why.values()) {
            for (boolean vi : new boolean[] {true, false}) {
                Declined declined = Declined.field(why, "phone");
                assertTrue(
                        !declined.sentence(vi).isBlank() && !declined.remedy(vi).isBlank(), why::name);
            }
            assertTrue(why.status() >= 400 && why.status() < 500);
        }
    }
}
