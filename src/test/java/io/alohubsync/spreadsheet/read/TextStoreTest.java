package io.alohubsync.spreadsheet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that do not fit into the memory that they may have. */
class TextStoreTest {

    private static String text(int index) {
        return index % 1000 == 7
                ? "Nguyễn Thị Thủy ".repeat(2_000) + index // several pages
                : index % 10 == 3 ? "" : "Khách hàng số " + index;
    }

    @Test
    void texts_come_back_in_any_order_while_others_are_added() throws Exception {
        int all = 200_000;
        try (TextStore store = new TextStore()) {
            Random random = new Random(1);
            for (int i = 0; i < all; i++) {
                store.add(text(i));
                if (i % 50 == 0) {
                    int any = random.nextInt(i + 1);
                    assertEquals(text(any), store.get(any));
                }
            }
            for (int i : List.of(0, 7, 8, all - 1, 100_007, 100_008)) {
                assertEquals(text(i), store.get(i), "" + i);
            }
            for (int i = 0; i < all; i++) {
                assertEquals(text(i), store.get(i));
            }
        }
    }
}
