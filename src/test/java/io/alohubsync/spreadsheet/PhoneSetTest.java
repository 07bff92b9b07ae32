package io.alohubsync.spreadsheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Phone;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhoneSetTest {

    @Test
    void it_answers_as_a_set_of_texts_would() {
        PhoneSet phones = new PhoneSet();
        Set<String> texts = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = random.nextBoolean()
                    ? "+849" + (10_000_000 + random.nextInt(9_000))
                    : "+842" + (900_000_000 + random.nextInt(9_000));
            assertEquals(texts.add(text), phones.add(new Phone(text)));
            if (text.endsWith("7")) {
                phones.mark(new Phone(text));
            }
        }
        assertEquals(texts.size(), phones.size());
        assertEquals(texts.stream().filter(text -> text.endsWith("7")).count(), phones.marked());
    }

    @Test
    void a_version_is_a_number_or_a_time() {
        assertEquals(17L, SourceVersion.of(" 17 "));
        long at = 1_779_784_200_000L;
        for (String time : new String[] {
            "2026-05-26T08:30:00Z",
            "2026-05-26 08:30",
            "26/5/2026 8:30",
            "26/05/2026 08:30:00",
            "46168.3541666667",
            "2026-05-26T15:30:00+07:00"
        }) {
            Long version = SourceVersion.of(time);
            assertTrue(version != null && Math.abs(version - at) < 10, time + " " + version);
        }
        assertEquals(at - 30_600_000, SourceVersion.of("26/05/2026"));
        for (String none : new String[] {"", "x", "12:30", "99999999999999999999"}) {
            assertNull(SourceVersion.of(none), none);
        }
    }
}
