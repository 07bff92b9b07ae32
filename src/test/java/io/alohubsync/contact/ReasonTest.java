package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

    @Test
    void no_two_reasons_share_a_code() {
        long codes = Arrays.stream(Reason.values()).map(Reason::code).distinct().count();
        assertEquals(Reason.values().length, codes);
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_is_found_by_its_code(Reason reason) {
        assertEquals(Optional.of(reason), Reason.withCode(reason.code()));
    }

    @Test
    void a_code_of_a_later_version_is_none() {
        assertEquals(Optional.empty(), Reason.withCode("phone.of-a-later-version"));
    }

    @Test
    void a_code_once_given_out_is_never_changed() { // sources and ops people match on them: add, never edit
        String codes = Arrays.stream(Reason.values()).map(Reason::code).sorted().collect(Collectors.joining("\n"));
        for (String stable : """
            account.unknown
            email.dropped
            email.first-valid-taken
            name.dropped
            name.shortened
            phone.characters
            phone.characters-cleaned
            phone.country-code-repaired
            phone.decimal-tail-dropped
            phone.denied-prefix
            phone.extension-dropped
            phone.first-mobile-taken
            phone.foreign
            phone.invalid
            phone.landline
            phone.leading-zero-restored
            phone.letters
            phone.missing
            phone.no-digits
            phone.number_format
            phone.old-prefix-converted
            phone.placeholder
            phone.service-number
            phone.several
            phone.text-dropped
            phone.too-long
            row.unreadable\
            """.split("\n")) {
            assertTrue(("\n" + codes + "\n").contains("\n" + stable + "\n"), stable);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_code_is_the_field_and_what_is_wrong_with_it(Reason reason) {
        assertTrue(
                reason.code().matches("(phone|name|email|account|version|row)\\.[a-z]+([-_][a-z]+)*"), reason.code());
    }

    @ParameterizedTest
    @EnumSource
    void both_languages_have_a_sentence(Reason reason) {
        for (String sentence : new String[] {reason.english(), reason.vietnamese()}) {
            assertTrue(sentence.length() > 10 && sentence.endsWith("."), sentence);
            assertTrue(sentence.indexOf('\n') < 0, sentence);
        }
        assertNotEquals(reason.english(), reason.vietnamese());
    }
}
