package io.alohubsync.operate.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.People;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupIdsTest {

    @Test
    void a_group_that_everybody_may_know_has_a_legible_id() {
        ProblemKey key = new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", "cửa hàng");
        assertEquals(key.text(), People.IDS.of(key));
        assertEquals(key, People.IDS.read(key.text()));
    }

    @Test
    void an_id_tells_nobody_what_its_group_hides_and_stays_the_same() {
        for (ProblemKey key : List.of(
                new ProblemKey(ProblemKey.Kind.REJECTION, "0912345678", "phone.letters", null),
                new ProblemKey(ProblemKey.Kind.REJECTION, "default", "phone.letters", "Zalo 0987 654 321"),
                new ProblemKey(ProblemKey.Kind.FAILURE, "default", "REFUSED.422", "lan@example.vn"))) {
            String id = People.IDS.of(key);
            String legible = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
            assertFalse(legible.contains("912345678") || legible.contains("987 654") || legible.contains("lan@"));
            assertEquals(id, People.IDS.of(key));
            assertEquals(key, People.IDS.read(id));
        }
    }

    @Test
    void what_is_no_id_is_declined() {
        for (String text : List.of("", "x", "zzz", "A".repeat(5000), "số")) {
            assertThrows(Declined.class, () -> People.IDS.read(text), text);
        }
    }
}
