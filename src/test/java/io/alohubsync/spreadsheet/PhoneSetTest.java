package io.alohubsync.spreadsheet;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
