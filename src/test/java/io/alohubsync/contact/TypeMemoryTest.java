package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeMemoryTest {

    private final List<String> asked = new ArrayList<>();
    private final TypeMemory memory = new TypeMemory(number -> {
        asked.add(number);
        return number.startsWith("9") ? PhoneNumberType.MOBILE : PhoneNumberType.UNKNOWN;
    });

    @Test
    void the_library_is_asked_once_for_a_length_and_six_digits() {
        assertSame(PhoneNumberType.MOBILE, memory.of("912345678"));
        assertSame(PhoneNumberType.MOBILE, memory.of("912345999"));
        assertSame(PhoneNumberType.MOBILE, memory.of("9123456789"));
        assertSame(PhoneNumberType.MOBILE, memory.of("912346678"));
        assertSame(PhoneNumberType.UNKNOWN, memory.of("812345678"));
        assertEquals(List.of("912345678", "9123456789", "912346678", "812345678"), asked);
    }

    /** A wrong column may hold any digits; a memory that kept each would end the process. */
    @Test
    void its_size_has_a_bound_whatever_it_is_asked_for() {
        for (int length = TypeMemory.SHORTEST; length <= TypeMemory.LONGEST; length++) {
            for (int beginning = 100_000; beginning < 1_000_000; beginning++) {
                memory.of(beginning + "0000".substring(0, length - TypeMemory.DIGITS));
            }
            asked.clear();
        }
        long least = Long.MAX_VALUE; // what else lives in this JVM grows in some of the rounds
        for (int round = 0; round < 4 && least >= 4 << 20; round++) {
            long before = used();
            for (int beginning = 100_000; beginning < 1_000_000; beginning++) {
                memory.of(beginning + "99" + round);
            }
            least = Math.min(least, used() - before);
        }
        assertEquals(List.of(), asked);
        assertTrue(least < 4 << 20, "it has grown by " + least);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
