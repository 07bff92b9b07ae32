package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberingPlanTest {

    /** What the memory of types rests on: a newer libphonenumber that breaks it must fail here. */
    @Test
    void six_digits_and_the_length_decide_what_a_number_is() {
        long seed = 20181115;
        Random random = new Random(seed);
        Map<String, PhoneNumberType> types = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            int length = 7 + random.nextInt(4);
            StringBuilder number = new StringBuilder().append(1 + random.nextInt(9));
            // Half of them crowd on few beginnings, so that many share one.
            number.append(random.nextBoolean() ? "2345" : String.format("%04d", random.nextInt(10_000)));
            while (number.length() < length) {
                number.append(random.nextInt(10));
            }
            PhoneNumberType type = NumberingPlan.typeInLibrary(number.toString());
            PhoneNumberType before = types.putIfAbsent(length + "/" + number.substring(0, 6), type);
            assertEquals(before == null ? type : before, type, number + " (seed " + seed + ")");
        }
    }
}
