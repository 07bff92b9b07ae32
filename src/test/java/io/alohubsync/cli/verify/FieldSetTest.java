package io.alohubsync.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldSetTest {

    @Test
    void it_answers_as_a_set_of_texts_would() {
        FieldSet fields = new FieldSet();
        Set<String> texts = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long customer = random.nextBoolean() ? random.nextInt(5_000) : (1L << 61) - random.nextInt(3_000);
            String field = random.nextBoolean() ? "name" : "email";
            assertEquals(texts.add(customer + field), fields.add(customer, field), customer + field);
        }
        assertEquals(texts.size(), fields.size());
    }

    /** After a wrong UPDATE of all customers each field differs. */
    @Test
    void three_million_fields_take_a_few_megabytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        FieldSet fields = new FieldSet();
        for (long customer = 1; customer <= 1_500_000; customer++) {
            fields.add(customer, "name");
            fields.add(customer, "email");
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(3_000_000, fields.size());
        assertTrue(bytes < 4 << 20, bytes + " bytes");
    }
}
