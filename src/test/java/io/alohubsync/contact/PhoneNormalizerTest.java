package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNormalizerTest {

    private static final String BANG = "+84868793800";
    private static final PhoneNormalizer STANDARD = new PhoneNormalizer(PhoneRules.standard());

    // The numbering plan

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
        0162 → 032
        0163 → 033
        0164 → 034
        0165 → 035
        0166 → 036
        0167 → 037
        0168 → 038
        0169 → 039
        0120 → 070
        0121 → 079
        0122 → 077
        0126 → 076
        0128 → 078
        0123 → 083
        0124 → 084
        0125 → 085
        0127 → 081
        0129 → 082
        0186 → 056
        0188 → 058
        0199 → 059
        """)
    void an_eleven_digit_mobile_from_before_2018_is_converted(String before, String since) {
        String converted = "+84" + since.substring(1) + "8793801";
        assertAccepted(before + "8793801", converted, PHONE_OLD_PREFIX);
        assertAccepted("+84" + before.substring(1) + "8793801", converted, PHONE_OLD_PREFIX);
        assertAccepted("84" + before.substring(1) + " 879 3801", converted, PHONE_OLD_PREFIX);
    }

    @Test
    void an_old_mobile_is_rejected_where_the_account_does_not_convert() {
        PhoneNormalizer phones = new PhoneNormalizer(rules(true, true, false));
        assertRejected(phones, "01688793800", PHONE_INVALID);
        assertEquals(BANG, value(phones, "0868793800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01608793801", "01618793801", "01878793801", "01918793801"})
    void an_eleven_digit_mobile_whose_prefix_never_was_is_rejected(String written) {
        assertRejected(written, PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "032", "033", "034", "035", "036", "037", "038", "039", "052", "056", "058", "059", "070", "076", "077",
                "078", "079", "081", "082", "083", "084", "085", "086", "088", "090", "091", "093", "094", "096", "097",
                "098"
            })
    void a_ten_digit_mobile_is_accepted_as_it_is(String prefix) {
        assertAccepted(prefix + "2793801", "+84" + prefix.substring(1) + "2793801");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
        024 3822 3344    → +842438223344
        02438223344      → +842438223344
        (024) 38223344   → +842438223344
        +84 24 3822 3344 → +842438223344
        842438223344     → +842438223344
        028 3822 3344    → +842838223344
        0225 382 2334    → +842253822334
        02363822334      → +842363822334
        """)
    void a_landline_has_eleven_digits(String written, String expected) {
        assertAccepted(written, expected);
    }

    @Test
    void a_landline_is_rejected_where_the_account_wants_none() {
        PhoneNormalizer phones = new PhoneNormalizer(rules(true, false, true));
        assertRejected(phones, "024 3822 3344", PHONE_LANDLINE);
        assertRejected(phones, "0236 382 2334", PHONE_LANDLINE);
        assertEquals(BANG, value(phones, "0868793800"));
    }

    @Test
    void an_old_ten_digit_landline_is_never_converted() {
        assertAccepted("08 3822 3344", "+84838223344"); // somebody's mobile today
        assertRejected("0438223344", PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18001090",
                "1800 1090",
                "1800.1090",
                "1900 1560",
                "19001560",
                "1900 545454",
                "1900545454",
                "+84 1900 1560",
                "+84 1800 1090",
                "113",
                "114",
                "115",
                "*101#",
                "069 234 567",
                "0692345678",
                "+84 69 234 567"
            })
    void a_service_number_is_no_customers(String written) {
        assertRejected(written, PHONE_SERVICE_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 650 253 0000",
                "001 650 253 0000",
                "0016502530000",
                "+855 12 345 678",
                "+86 138 0013 8000",
                "(+66) 81 234 5678",
                "\uff0b1 650 253 0000",
                "tel:+16502530000"
            })
    void a_foreign_number_is_rejected_for_being_foreign(String written) {
        assertRejected(written, PHONE_FOREIGN);
    }

    @Test
    void a_range_that_the_library_lacks_is_accepted_by_the_setting() {
        PhoneNormalizer none = new PhoneNormalizer(withPrefixes(List.of(), List.of()));
        for (String written : List.of("0551234567", "0651234567")) {
            assertAccepted(written, "+84" + written.substring(1));
            assertRejected(none, written, PHONE_INVALID);
        }
        PhoneNormalizer more = new PhoneNormalizer(withPrefixes(List.of("0401"), List.of()));
        assertEquals("+84401234567", value(more, "0401 234 567"));
        assertEquals("+84401234567", value(more, "401234567"));
        assertRejected(more, "04012345678", PHONE_INVALID); // a mobile has ten digits
        assertEquals(
                "+84140123456", value(new PhoneNormalizer(withPrefixes(List.of("0140"), List.of())), "0140123456"));
    }

    /**
     * libphonenumber 9.0.43 has 0896-0899, 0522, 0523, 0528 and 0559 of these. Public lists of
     * operators, and libphonenumber's own list of carriers (8489), give MobiFone 089 as a whole; a
     * list of 2018 gives Vietnamobile 052 as a whole. 0992 stands in those lists as VSAT, terminals
     * of satellites.
     */
    @Test
    void ranges_that_operators_were_given_as_a_whole_are_accepted_as_a_whole() {
        for (String prefix : List.of("0890", "0891", "0892", "0893", "0894", "0895", "0520", "0521", "0525", "0529")) {
            assertAccepted(prefix + "123456", "+84" + prefix.substring(1) + "123456");
        }
        assertRejected("0992123456", PHONE_INVALID);
    }

    @Test
    void a_denied_prefix_is_rejected_although_the_number_exists() {
        PhoneNormalizer phones = new PhoneNormalizer(withPrefixes(List.of("055"), List.of("0559", "038", "024")));
        assertRejected(phones, "0559123456", PHONE_DENIED_PREFIX);
        assertRejected(phones, "038 879 3800", PHONE_DENIED_PREFIX);
        assertRejected(phones, "+84 24 3822 3344", PHONE_DENIED_PREFIX);
        assertRejected(phones, "01688793800", PHONE_DENIED_PREFIX); // it is 038 today
        assertEquals("+84551234567", value(phones, "0551234567"));
    }

    // Where libphonenumber alone goes wrong

    @ParameterizedTest
    @ValueSource(strings = {"8.6879380E8", "8.6879380E+08", "8.68794e8", "8,6879380E8", "'8.6879380E8", "868793800E0"})
    void a_number_that_a_number_format_destroyed_is_rejected(String written) {
        assertRejected(written, PHONE_NUMBER_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"86879380.0", "18001090.0", "113.0"})
    void a_decimal_tail_behind_fewer_than_nine_digits_is_rejected(String written) {
        assertRejected(written, PHONE_NUMBER_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8687938.00", "868793800.00", "0868793800.5", "868793800.05"})
    void decimals_are_never_read_as_digits_of_the_phone(String written) {
        assertNull(STANDARD.normalize(written).value());
    }

    @Test
    void a_spreadsheets_tail_is_dropped() {
        assertAccepted("868793800.0", BANG, PHONE_DECIMAL_TAIL, PHONE_LEADING_ZERO);
        assertAccepted("0868793800.0", BANG, PHONE_DECIMAL_TAIL);
        assertAccepted("84868793800.0", BANG, PHONE_DECIMAL_TAIL);
        assertAccepted("+84868793800.0", BANG, PHONE_DECIMAL_TAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0868-CALL-ME", "0868 793 8OO", "0868CALLME1", "O868793800", "a0868793800", "0868a793800"})
    void letters_among_the_digits_are_no_phone(String written) {
        assertRejected(written, PHONE_LETTERS);
    }

    @Test
    void a_number_that_is_only_possible_does_not_exist() {
        assertAccepted("01688793800", "+84388793800", PHONE_OLD_PREFIX);
        assertRejected("0438223344", PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+084868793800", "0+84868793800", "+0 84 868 793 800", "0 +84 868 793 800", "(0+84)868793800"})
    void a_zero_beside_the_country_code_is_repaired(String written) {
        assertAccepted(written, BANG, PHONE_COUNTRY_CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800 (Zalo)",
                "0868793800 Anh Nam",
                "0868793800 - chị Thủy",
                "0868793800Zalo",
                "0868 793 800 (số của vợ)",
                "+84868793800 vợ",
                "0868793800 ❤"
            })
    void trailing_text_without_digits_is_dropped(String written) {
        assertAccepted(written, BANG, PHONE_TEXT);
    }

    // Accepted forms

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800",
                "84868793800",
                "+84868793800",
                "0084868793800",
                "+84 0868793800",
                "+84 0 868 793 800",
                "+84(0)868793800",
                "+84 (0) 868 793 800",
                "(+84) 868 793 800",
                "0084 0868793800",
                "84 0868793800"
            })
    void every_accepted_form_is_one_phone(String written) {
        assertAccepted(written, BANG);
    }

    @Test
    void the_zero_that_a_spreadsheet_ate_is_restored() {
        assertAccepted("868793800", BANG, PHONE_LEADING_ZERO);
        assertAccepted("868 793 800", BANG, PHONE_LEADING_ZERO);
        assertAccepted("848793800", "+84848793800", PHONE_LEADING_ZERO); // 084 is a mobile's prefix as well
        assertRejected("243822334", PHONE_INVALID); // a mobile only
        assertRejected("438223344", PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868 793 800",
                "0868\u00a0793\u00a0800",
                "0868.793.800",
                "0868.79.38.00",
                "0868-793-800",
                "0868\u2013793\u2013800",
                "0868\u2014793\u2014800",
                "(0868) 793 800",
                "(0868)793-800",
                "0868 - 793 - 800",
                "  0868793800  ",
                "\u00a00868793800\u00a0",
                "\t0868793800\t",
                "0868793800\n",
                "0868793800\r\n",
                "0868793800."
            })
    void separators_are_dropped(String written) {
        assertAccepted(written, BANG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uff10\uff18\uff16\uff18\uff17\uff19\uff13\uff18\uff10\uff10", // full-width
                "\uff0b\uff18\uff14 868 793 800",
                "\u0660\u0668\u0666\u0668\u0667\u0669\u0663\u0668\u0660\u0660", // Arabic-Indic
                "\u0966\u096e\u096c\u096e\u096d\u096f\u0969\u096e\u0966\u0966", // Devanagari
                "\ud835\udfce\ud835\udfd6\ud835\udfd4\ud835\udfd6793800" // mathematical bold, outside the BMP
            })
    void unicode_digits_are_digits_and_named_as_a_repair(String written) {
        assertAccepted(written, BANG, PHONE_INVISIBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868\u200b793\u200b800", // zero-width space
                "\ufeff0868793800", // byte order mark
                "\u202a0868793800\u202c", // as Windows copies a number out of a contact
                "\u200e+84868793800\u200f",
                "\u2066+84 868 793 800\u2069",
                "0868\u2060793\u200d800"
            })
    void zero_width_and_bidi_marks_are_stripped_and_named_as_a_repair(String written) {
        assertAccepted(written, BANG, PHONE_INVISIBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0868793800", "'+84868793800", "tel:0868793800", "tel:+84868793800", "TEL: 0868 793 800"})
    void a_leading_apostrophe_or_tel_is_dropped(String written) {
        assertAccepted(written, BANG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800 ext 12",
                "0868793800 ext. 12",
                "0868793800 Ext: 12",
                "0868793800ext12345",
                "0868793800 x12",
                "0868793800x12",
                "0868793800 #12",
                "0868793800#12",
                "0868793800 máy lẻ 12",
                "0868793800 (máy lẻ 12)",
                "0868793800 MÁY LẺ 12",
                "0868793800 nhánh 3",
                "0868793800, nhánh 3",
                "0868 793 800 - ext 12"
            })
    void a_recognised_extension_is_dropped_and_named(String written) {
        assertAccepted(written, BANG, PHONE_EXTENSION);
        assertAccepted(Normalizer.normalize(written, Normalizer.Form.NFD), BANG, PHONE_EXTENSION);
    }

    @Test
    void an_extension_has_five_digits_at_most() {
        assertAccepted("024 3822 3344 ext 12345", "+842438223344", PHONE_EXTENSION);
        assertNull(STANDARD.normalize("024 3822 3344 ext 123456").value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0900000000",
                "+84900000000",
                "0900 000 000",
                "900000000",
                "0123456789",
                "0999999999",
                "84999999999",
                "SĐT 0999 999 999",
                "0000000000",
                "0000 000 000"
            })
    void a_placeholder_is_rejected(String written) {
        assertRejected(written, PHONE_PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0988888888", "0868888888", "0977777777", "0333333333", "0888888888", "02438888888"})
    void repeated_digits_are_a_number_like_any_other(String written) {
        assertAccepted(written, "+84" + written.substring(1));
        assertAccepted("+84" + written.substring(1), "+84" + written.substring(1));
    }

    @Test
    void the_placeholders_are_a_setting() {
        PhoneNormalizer phones =
                new PhoneNormalizer(new PhoneRules(true, true, true, List.of(), List.of(), Set.of("0868793800")));
        assertRejected(phones, "+84 868 793 800", PHONE_PLACEHOLDER);
        assertRejected(phones, "0868793800", PHONE_PLACEHOLDER);
        assertEquals("+84901234567", value(phones, "0901234567"));
    }

    // Several phones in one field

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800;0912345678",
                "0868793800; 0912345678",
                "0868793800,0912345678",
                "0868793800 / 0912345678",
                "0868793800/0912345678",
                "0868793800 | 0912345678",
                "0868793800 & 0912345678",
                "0868793800\n0912345678",
                "0868793800\r\n0912345678",
                "0868793800 hoặc 0912345678",
                "0868793800 và 0912345678",
                "0868793800 0912345678",
                "0868793800 - 0912345678",
                "+84868793800 +84912345678",
                "0868 793 800 - 0912 345 678",
                "0868793800 (Zalo); 0912345678 (vợ)",
                "0868793800/0912-045-678",
                "0868793800 (1) - 0912345678 (2)",
                "0868793800 (084) 912345678",
                "0868793800, 12 - 0912345678"
            })
    void of_two_phones_the_first_mobile_is_taken_or_the_row_rejected(String written) {
        Normalized<Phone> taken = STANDARD.normalize(written);
        assertNotNull(taken.value(), () -> "rejected: " + taken.reasons());
        assertEquals(BANG, taken.value().e164());
        assertTrue(
                taken.reasons().contains(PHONE_FIRST_MOBILE),
                () -> taken.reasons().toString());
        assertRejected(new PhoneNormalizer(rules(false, true, true)), written, PHONE_SEVERAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "024 3822 3344 | 0868793800", // Odoo: phone | mobile
                "024 3822 3344 ext 12; 0868793800",
                "024.3822.3344 (nhánh 101) - 0868.793.800",
                "024 3822 3344 ext 101 - 0868793800",
                "024 3822 3344 ext 101 0868793800",
                "024 3822 3344 máy lẻ: 101, 0868793800",
                "024.38223344/45 - 0868793800",
                "024.38223344/45/46 - +84 868 793 800",
                "024 3822 3344 (101) - 0868793800",
                "(024) 3822 3344 (101) 0868793800",
                "0868 793; 0868793800",
                "+1 650 253 0000 / 0868793800",
                "19001560, 0868793800"
            })
    void the_first_mobile_is_preferred_to_whatever_stands_before_it(String written) {
        Normalized<Phone> taken = STANDARD.normalize(written);
        assertNotNull(taken.value(), () -> "rejected: " + taken.reasons());
        assertEquals(BANG, taken.value().e164());
        assertEquals(Set.of(PHONE_FIRST_MOBILE), taken.reasons());
    }

    @Test
    void of_several_without_a_mobile_the_first_phone_is_taken() {
        assertAccepted("024 3822 3344 | 028 3822 3344", "+842438223344", PHONE_FIRST_MOBILE);
    }

    @Test
    void an_empty_side_of_phone_and_mobile_is_not_a_second_phone() {
        assertAccepted("0868793800 | ", BANG);
        assertAccepted(" | 0868793800", BANG);
        PhoneNormalizer strict = new PhoneNormalizer(rules(false, true, true));
        assertEquals(BANG, value(strict, "0868793800 |"));
    }

    // No phone at all

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u200b", "'", "tel:"})
    void nothing_is_a_missing_phone(String written) {
        assertRejected(written, PHONE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "n/a", "không có", "-", "+"})
    void text_without_digits_is_no_phone(String written) {
        assertRejected(written, PHONE_NO_DIGITS);
    }

    @Test
    void more_than_two_hundred_characters_are_no_phone() {
        assertRejected("0868793800" + " ".repeat(191), PHONE_TOO_LONG);
        assertRejected("9".repeat(1_000_000), PHONE_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"086879380", "08687938000", "+8486879380", "0368", "1", "99999999999999999999", "84"})
    void a_number_of_the_wrong_length_does_not_exist(String written) {
        assertRejected(written, PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0868_793_800", "0868793800=1", "0868:793:800", "0868@793800"})
    void other_characters_among_the_digits_are_no_phone(String written) {
        assertRejected(written, PHONE_CHARACTERS);
    }

    @Test
    void every_form_of_a_phone_is_the_same_key() {
        Phone phone = STANDARD.normalize("+84 (0) 868.793.800").value();
        assertEquals(STANDARD.normalize("868793800").value(), phone);
        assertNotNull(phone);
        assertEquals("0868793800", phone.national());
        assertFalse(phone.toString().contains("868793"), "a log shows the last three digits at most");
    }

    private static void assertAccepted(String written, String e164, Reason... repairs) {
        Normalized<Phone> phone = STANDARD.normalize(written);
        assertNotNull(phone.value(), () -> "rejected: " + phone.reasons());
        assertEquals(e164, phone.value().e164());
        assertEquals(Set.of(repairs), phone.reasons());
    }

    private static void assertRejected(String written, Reason reason) {
        assertRejected(STANDARD, written, reason);
    }

    private static void assertRejected(PhoneNormalizer phones, String written, Reason reason) {
        Normalized<Phone> phone = phones.normalize(written);
        assertNull(phone.value(), () -> "accepted as " + phone.value().e164());
        assertEquals(Set.of(reason), phone.reasons());
    }

    private static String value(PhoneNormalizer phones, String written) {
        Phone phone = phones.normalize(written).value();
        return phone == null ? null : phone.e164();
    }

    private static PhoneRules rules(boolean firstMobile, boolean landlines, boolean convert) {
        return new PhoneRules(firstMobile, landlines, convert, List.of(), List.of(), Set.of());
    }

    private static PhoneRules withPrefixes(List<String> accept, List<String> deny) {
        return new PhoneRules(true, true, true, accept, deny, Set.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "86879380.0 (Zalo)",
                "86879380.0 Anh Nam",
                "86879380.0 ext 5",
                "| 86879380.0",
                "86879380.0 |",
                "0162879380.0 Zalo"
            })
    void a_number_that_a_format_destroyed_is_no_phone_whatever_stands_beside_it(String written) {
        assertNull(new PhoneNormalizer(PhoneRules.standard()).normalize(written).value());
    }

    @Test
    void of_several_a_destroyed_number_is_passed_over_and_a_spreadsheets_tail_is_not() {
        PhoneNormalizer phones = new PhoneNormalizer(PhoneRules.standard());
        assertEquals(
                new Phone("+84912345678"),
                phones.normalize("86879380.0;0912345678").value());
        assertEquals(
                new Phone("+84868793800"),
                phones.normalize("868793800.0;0912345679").value());
    }
}
