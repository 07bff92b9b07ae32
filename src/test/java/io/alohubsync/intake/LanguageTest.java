package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vi | true",
                "vi-VN,vi;q=0.9,en;q=0.8 | true",
                "en-US,en;q=0.9,vi;q=0.8 | false",
                "fr,vi;q=0.5 | true",
                "fr | false",
                "* | false",
                "'' | false",
                ";;q=x | false"
            })
    void an_answer_is_in_the_language_that_is_asked_for(String accepted, boolean vietnamese) {
        assertEquals(vietnamese, Language.isVietnamese(accepted));
    }

    @Test
    void without_the_header_it_is_english() {
        assertFalse(Language.isVietnamese(null));
    }

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
