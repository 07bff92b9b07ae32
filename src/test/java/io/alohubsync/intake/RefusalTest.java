package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Reason;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void a_refusal_says_what_is_wrong_and_what_to_do_in_both_languages() {
        for (Refusal refusal : Refusal.values()) {
            for (boolean vietnamese : new boolean[] {false, true}) {
                Refusal.Words words = refusal.words(vietnamese);
                assertTrue(words.sentence().endsWith(".") || words.sentence().equals("%s"), words.sentence());
                assertTrue(words.remedy().endsWith("."), words.remedy());
            }
        }
    }

    @Test
    void a_phone_is_refused_with_the_reason_that_the_merge_would_give() {
        Problem problem = Refused.phone(Reason.PHONE_FOREIGN).problem(true);
        assertEquals(400, problem.status());
        assertEquals("0", problem.success());
        assertEquals("INVALID_PHONE", problem.errorCode());
        assertEquals("phone", problem.field());
        assertEquals("phone.foreign", problem.reason());
        assertEquals(Reason.PHONE_FOREIGN.vietnamese(), problem.detail());
    }
}
