package io.alohubsync.contact;

import static io.alohubsync.contact.Reason.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What people and programs write around and into a number: what is one number to any reader, and
 * what must never become another one.
 */
class PhoneFieldTest {

    private static final String BANG = "+84868793800";
    private static final PhoneNormalizer PHONES = new PhoneNormalizer(PhoneRules.standard());
    private static final PhoneNormalizer STRICT =
            new PhoneNormalizer(new PhoneRules(false, true, true, List.of(), List.of(), Set.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p:+84868793800",
                "p:0868793800",
                "p: 84868793800",
                "SĐT 0868793800",
                "sđt:0868793800",
                "SĐT0868793800",
                "SDT.0868793800",
                "Mobile: 0868 793 800",
                "mobile 0868793800",
                "DĐ 0868793800",
                "ĐT: 0868.793.800",
                "ĐT 1: 0868793800",
                "Đ/T: 0868793800",
                "Hotline 0868793800",
                "HOTLINE: (0868) 793 800",
                "Zalo:0868793800",
                "Zalo - 0868793800",
                "☎0868793800",
                "☎ +84 868 793 800",
                "📞 0868793800",
                "Số điện thoại của chị Hoa: 0868793800",
                "anh Nam (0868793800)",
                "Nguyễn Văn A 0868793800",
                "[0868793800]",
                "(Zalo) 0868793800",
                "https://zalo.me/0868793800",
                "wa.me/84868793800",
                "* 0868793800",
                "Tel/Zalo: 0868793800",
                "số đt là 0868793800 nhé"
            })
    void a_label_before_the_number_is_dropped(String written) {
        assertAccepted(written, BANG, PHONE_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800 gọi lại lúc 17h",
                "0868793800 (gọi sau 18h30)",
                "0868793800 (17h30)",
                "0868793800 (17h-19h)",
                "0868793800(gọi sau 5h)",
                "0868793800 [gọi sau 17:30 ngày 12/05]",
                "0868793800 gọi ngày 12/05/2026 lúc 9:00",
                "0868793800 - gọi sau 17h",
                "0868793800, gọi sau 17h, 18h",
                "0868793800: chị Hoa 45 tuổi",
                "0868793800 lầu 2, 45 Lê Lợi, Q.1",
                "0868793800/Zalo 24/7",
                "0868793800 Anh Nam 2",
                "0868793800; Zalo 24/7",
                "0868793800 (2)",
                "(0868) 793 800 (2)",
                "(+84) 868 793 800 (1)",
                "+84(0)868793800 (2)",
                "0868793800 CCCD 012345",
                "0868793800 (17h, gọi",
                "+84 868 793 800 <nhà riêng 2>",
                "0868793800đ"
            })
    void text_behind_a_complete_number_is_dropped(String written) {
        assertAccepted(written, BANG, PHONE_TEXT);
    }

    @Test
    void digits_in_a_bracket_behind_a_number_with_a_bracket_are_dropped() {
        assertAccepted("(024) 3822 3344 (101)", "+842438223344", PHONE_TEXT);
        assertAccepted("(0868) 793 (800)", BANG);
        assertAccepted("(0868) 793 80 (0)", BANG);
        assertEquals(
                Set.of(PHONE_INVALID), PHONES.normalize("(0868) 793 8001 (2)").reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=\"0868793800\"",
                "= \"0868793800\"",
                "\"0868793800\"",
                "\"=\"\"0868793800\"\"\"",
                "=\"'0868793800\"",
                "=\"+84868793800\"",
                "=+84868793800",
                "“0868793800”",
                "'\"0868 793 800\""
            })
    void a_spreadsheets_protection_is_dropped(String written) {
        assertAccepted(written, BANG, PHONE_PROTECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "084868793800",
                "+84+84868793800",
                "+84 +84 868 793 800",
                "8484868793800",
                "+8484868793800",
                "84 84 868793800",
                "+84 84 0868793800",
                "+84 084868793800",
                "+84 0084868793800",
                "0084 84 868793800",
                "0084+84868793800",
                "(+84) 84 868 793 800",
                "(84)+84868793800",
                "84+84868793800",
                "084 0868793800",
                "084+84868793800",
                "++84868793800",
                "+0084868793800",
                "+84-84-84-868793800",
                "+0868793800"
            })
    void a_country_code_too_many_or_behind_a_zero_is_repaired(String written) {
        assertAccepted(written, BANG, PHONE_COUNTRY_CODE);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
        1688793800                → +84388793800  → PHONE_LEADING_ZERO PHONE_OLD_PREFIX
        128 879 3800              → +84788793800  → PHONE_LEADING_ZERO PHONE_OLD_PREFIX
        1688793800.0              → +84388793800  → PHONE_LEADING_ZERO PHONE_OLD_PREFIX PHONE_DECIMAL_TAIL
        1688793800 (Zalo)         → +84388793800  → PHONE_LEADING_ZERO PHONE_OLD_PREFIX PHONE_TEXT
        0841688793800             → +84388793800  → PHONE_COUNTRY_CODE PHONE_OLD_PREFIX
        2438223344                → +842438223344 → PHONE_LEADING_ZERO
        24 3822 3344              → +842438223344 → PHONE_LEADING_ZERO
        2438223344.0              → +842438223344 → PHONE_LEADING_ZERO PHONE_DECIMAL_TAIL
        SĐT: 868793800            → +84868793800  → PHONE_LEADING_ZERO PHONE_TEXT
        ="868793800"              → +84868793800  → PHONE_LEADING_ZERO PHONE_PROTECTION
        0842438223344             → +842438223344 → PHONE_COUNTRY_CODE
        84848793800               → +84848793800  →
        8484848793800             → +84848793800  → PHONE_COUNTRY_CODE
        024.38223344-45           → +842438223344 → PHONE_EXTENSION
        024 3822 3344 - 5         → +842438223344 → PHONE_EXTENSION
        (024) 38223344 – 46       → +842438223344 → PHONE_EXTENSION
        02438223344/45            → +842438223344 → PHONE_EXTENSION
        024 3822 3344/45/46       → +842438223344 → PHONE_EXTENSION
        024 3822 3344, 45         → +842438223344 → PHONE_EXTENSION
        024.38223344~45           → +842438223344 → PHONE_EXTENSION
        024 38223344 đến 48       → +842438223344 → PHONE_EXTENSION
        +84 24 38223344-45-46     → +842438223344 → PHONE_EXTENSION
        24.38223344-45            → +842438223344 → PHONE_EXTENSION PHONE_LEADING_ZERO
        ĐT: 024.38223344-45       → +842438223344 → PHONE_EXTENSION PHONE_TEXT
        024 38223344 ext 101 (Hoa) → +842438223344 → PHONE_EXTENSION PHONE_TEXT
        """)
    void what_a_spreadsheet_or_an_office_does_to_a_number_is_repaired(String written, String e164, String repairs) {
        Normalized<Phone> phone = accepted(written, e164);
        Set<String> names = repairs == null ? Set.of() : Set.of(repairs.split(" "));
        assertEquals(names, Set.copyOf(phone.reasons().stream().map(Enum::name).toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
        868,793,800               → PHONE_NUMBER_FORMAT
        84,868,793,800            → PHONE_NUMBER_FORMAT
        1,688,793,800             → PHONE_NUMBER_FORMAT
        SĐT: 868,793,800          → PHONE_NUMBER_FORMAT
        868,793,800.00            → PHONE_NUMBER_FORMAT
        868.793.800,00            → PHONE_NUMBER_FORMAT
        868’793’800               → PHONE_NUMBER_FORMAT
        868793800,0               → PHONE_NUMBER_FORMAT
        SĐT 8.6879380E8           → PHONE_NUMBER_FORMAT
        8.6879380E8 (Zalo)        → PHONE_NUMBER_FORMAT
        ="86879380.0"             → PHONE_NUMBER_FORMAT
        868793800e1               → PHONE_NUMBER_FORMAT
        Fax: 024 3822 3344        → PHONE_OTHER_NUMBER
        FAX 02438223344           → PHONE_OTHER_NUMBER
        fax0868793800             → PHONE_OTHER_NUMBER
        Tel/Fax: 02438223344      → PHONE_OTHER_NUMBER
        024 3822 3344 (Fax)       → PHONE_OTHER_NUMBER
        MST 0868793800            → PHONE_OTHER_NUMBER
        M.S.T: 0868793800         → PHONE_OTHER_NUMBER
        Mã số thuế: 0312345678    → PHONE_OTHER_NUMBER
        STK: 0868793800           → PHONE_OTHER_NUMBER
        stk 0868793800 vcb        → PHONE_OTHER_NUMBER
        Số TK: 0868793800         → PHONE_OTHER_NUMBER
        so tai khoan 0868793800   → PHONE_OTHER_NUMBER
        Vietcombank 0868793800    → PHONE_OTHER_NUMBER
        CCCD 001088012345         → PHONE_OTHER_NUMBER
        Cccd:0868793800           → PHONE_OTHER_NUMBER
        CMND 868793800            → PHONE_OTHER_NUMBER
        868793800 (CMND)          → PHONE_OTHER_NUMBER
        Căn cước: 868793800       → PHONE_OTHER_NUMBER
        868793800 VNĐ             → PHONE_OTHER_NUMBER
        868793800đ                → PHONE_OTHER_NUMBER
        STK 0868793800 0912345678 → PHONE_OTHER_NUMBER
        0868-CALL-ME              → PHONE_LETTERS
        SĐT 0868-CALL-ME          → PHONE_LETTERS
        0868 (Viettel) 793800     → PHONE_LETTERS
        086 (Viettel) 8793800     → PHONE_LETTERS
        086 gọi 0868793800        → PHONE_LETTERS
        08a68793800               → PHONE_LETTERS
        O868793800                → PHONE_LETTERS
        OO868793800               → PHONE_LETTERS
        SĐT868793800              → PHONE_LETTERS
        086879380O                → PHONE_LETTERS
        868793800O                → PHONE_LETTERS
        0868793800O               → PHONE_LETTERS
        086879380 gọi lúc 17h     → PHONE_INVALID
        08687938000 Anh Nam       → PHONE_INVALID
        0992123456 (Zalo)         → PHONE_INVALID
        0992123456(Zalo)          → PHONE_INVALID
        0992123456 / Zalo 24/7    → PHONE_INVALID
        0868 793 8000             → PHONE_INVALID
        0868793800 17             → PHONE_INVALID
        0868793800 17h            → PHONE_LETTERS
        0868793800-01             → PHONE_INVALID
        0868793800-801            → PHONE_INVALID
        024.38223344-43           → PHONE_INVALID
        024.38223344-             → OK
        0868793800 12/05          → PHONE_CHARACTERS
        0868793800/01             → PHONE_CHARACTERS
        0868793800=1              → PHONE_CHARACTERS
        868793800 (0)             → PHONE_INVALID
        00868793800               → PHONE_INVALID
        0086 8793800              → PHONE_INVALID
        00912345678               → PHONE_INVALID
        00388793800               → PHONE_INVALID
        +868793800                → PHONE_INVALID
        008613800138000           → PHONE_FOREIGN
        +8613800138000            → PHONE_FOREIGN
        0085512345678             → PHONE_FOREIGN
        2062345678                → PHONE_INVALID
        2122345678                → PHONE_INVALID
        2363822334                → PHONE_INVALID
        12062345678               → PHONE_INVALID
        1608793801                → PHONE_INVALID
        0121379380                → PHONE_INVALID
        0121379380 (Zalo)         → PHONE_INVALID
        0140123456                → PHONE_INVALID
        121012345                 → PHONE_INVALID
        160123456                 → PHONE_INVALID
        2838223344                → PHONE_INVALID
        +84 84 86879380           → PHONE_INVALID
        +84 8687938000            → PHONE_INVALID
        0084 84 18001090          → PHONE_INVALID
        000084868793800           → PHONE_INVALID
        24382233445               → PHONE_INVALID
        024 38223344 ext 123456   → PHONE_INVALID
        *100*0868793800#          → PHONE_SERVICE_NUMBER
        *0868793800#              → PHONE_SERVICE_NUMBER
        SĐT 1900 545454           → PHONE_SERVICE_NUMBER
        SĐT 0900000000            → PHONE_PLACEHOLDER
        08687\uFFFD93800          → PHONE_CHARACTERS
        0,868793800               → PHONE_CHARACTERS
        """)
    void what_is_rejected_for_good_reason_never_becomes_a_number(String written, String reason) {
        Normalized<Phone> phone = PHONES.normalize(written.replace("\\uFFFD", "\uFFFD"));
        if (reason.equals("OK")) {
            assertNotNull(phone.value());
            return;
        }
        assertNull(
                phone.value(), () -> written + " accepted as " + phone.value().e164());
        assertEquals(Set.of(Reason.valueOf(reason)), phone.reasons(), written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800 gọi 0912345678",
                "0868793800 (0912345678 vợ)",
                "0868793800 (12.05.2026)",
                "0868793800 Fax 02438223344",
                "0868793800 - MST: 0101234567",
                "CCCD 001088012345 SĐT 0868793800",
                "Fax: 02438223344; ĐT: 0868793800",
                "113 | 0868793800",
                "0868793800; 12",
                "SĐT: 0868793800 - Zalo: 0912345678",
                "+84868793800+84912345678"
            })
    void seven_digits_or_more_in_the_text_are_a_second_number(String written) {
        Normalized<Phone> phone = accepted(written, BANG);
        assertTrue(phone.reasons().contains(PHONE_FIRST_MOBILE), written);
        assertEquals(Set.of(PHONE_SEVERAL), STRICT.normalize(written).reasons(), written);
    }

    /**
     * Whatever is written around, the number is this one or none; a digit lost, added or replaced
     * by a letter is never repaired.
     */
    @Test
    void no_change_to_a_number_makes_it_another_one() {
        long seed = 868793800;
        Random random = new Random(seed);
        String[] before = {"", "SĐT ", "p:", "☎", "=\"", "Zalo: ", "+84", "84 ", "0084", "084", "+84 +84 ", "'", "("};
        String[] behind = {"", " (Zalo)", " gọi lúc 17h", "\"", ".0", " ext 12", ")", " chị Hoa 2", " - Nam"};
        for (int i = 0; i < 20_000; i++) {
            String significant = "86" + String.format("%07d", random.nextInt(10_000_000));
            String zero = random.nextInt(3) > 0 ? "0" : "";
            String written = before[random.nextInt(before.length)]
                    + spaced(zero + significant, random)
                    + behind[random.nextInt(behind.length)];
            Phone phone = PHONES.normalize(written).value();
            if (phone != null) {
                assertEquals("+84" + significant, phone.e164(), written + " (seed " + seed + ")");
            }
            String damaged = damaged("0" + significant, random);
            String around = before[random.nextInt(6)] + damaged + behind[random.nextInt(behind.length)];
            Phone wrong = PHONES.normalize(around).value();
            assertNull(wrong, () -> around + " became " + wrong.e164() + " (seed " + seed + ")");
        }
    }

    @Test
    void an_old_mobile_with_a_digit_too_many_or_too_few_is_none() {
        Random random = new Random(20180915);
        String[] old = {"0120", "0121", "0122", "0123", "0125", "0128", "0162", "0166", "0169", "0186", "0199"};
        for (int i = 0; i < 5_000; i++) {
            String number = old[random.nextInt(old.length)] + String.format("%07d", random.nextInt(10_000_000));
            String damaged = damaged(number, random);
            Phone wrong = PHONES.normalize(damaged).value();
            assertNull(wrong, () -> damaged + " of " + number + " became " + wrong.e164());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800\n0868793800",
                "0868793800 / +84 868 793 800",
                "0868793800 (0868793800)",
                "0868793800 0868793800",
                "0868793800; 84868793800",
                "0868793800 | 0868.793.800 | +84868793800",
                "Zalo 0868793800, SĐT: 0868793800"
            })
    void one_phone_written_twice_is_one_phone(String written) {
        for (PhoneNormalizer phones : List.of(PHONES, STRICT)) {
            Normalized<Phone> phone = phones.normalize(written);
            assertNotNull(phone.value(), () -> written + " rejected: " + phone.reasons());
            assertEquals(BANG, phone.value().e164(), written);
            assertEquals(Set.of(PHONE_TEXT), phone.reasons(), written);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09\n868793800",
                "1;868793800",
                "868793800\n1",
                "868793800, 12",
                "0868\n868793800",
                "+84 9; 868793800",
                "1, 868793800"
            })
    void digits_beside_a_number_without_its_zero_may_belong_to_it(String written) {
        assertEquals(Set.of(PHONE_INVALID), PHONES.normalize(written).reasons(), written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "345\n0868793800",
                "0868793800; 345",
                "0868793800, 345",
                "08687\n0868793800",
                "345, 0868793800",
                "345 / 0868793800",
                "12 Nguyễn Trãi, 0868793800",
                "Tầng 3, 45 Lê Lợi, 0868 793 800",
                "12 Nguyễn Trãi, +84868793800, 0912345678"
            })
    void digits_beside_a_whole_number_are_left_out_and_named(String written) {
        assertAccepted(written, BANG, PHONE_FIRST_MOBILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bảo hiểm 0868793800",
                "Chị Lan bảo hiểm: 0868 793 800",
                "BẢO HIỂM +84868793800",
                "bao hiem 84868793800"
            })
    void an_office_of_insurance_has_a_phone(String written) {
        assertAccepted(written, BANG, PHONE_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800 (bảo hiểm)",
                "0868793800 bảo hiểm Prudential",
                "0868793800 đơn hàng gấp",
                "0868793800 - hợp đồng",
                "0868 793 800 (hóa đơn)",
                "0868793800 tài khoản Zalo",
                "0868793800 Agribank Hà Nội",
                "+84868793800 account manager",
                "Account manager: 0868793800",
                "Zalo ID: 0868793800",
                "Người nhận đơn hàng: 0868793800"
            })
    void words_that_name_no_number_are_dropped_beside_a_whole_mobile(String written) {
        assertAccepted(written, BANG, PHONE_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Đơn hàng: 0868793800",
                "Số đơn hàng của chị Lan: 0868793800",
                "Chị Lan, hợp đồng số 0868793800",
                "Vận đơn 0868793800",
                "Account: 0868793800",
                "Bank account no. 0868793800",
                "ID: 0868793800",
                "Customer ID 0868793800",
                "Đơn hàng của chị Lan 868793800",
                "868793800 hợp đồng",
                "0868793800 (CMND)",
                "0868793800 (căn cước)",
                "0868793800 (mã số thuế)",
                "0868793800 số hợp đồng",
                "0868793800 (số tài khoản)",
                "0868793800 tài khoản ngân hàng",
                "0868793800 (tax code)",
                "0868793800 mã KH",
                "02438223344 bảo hiểm"
            })
    void a_label_of_another_number_rejects_a_whole_mobile_too(String written) {
        assertEquals(Set.of(PHONE_OTHER_NUMBER), PHONES.normalize(written).reasons(), written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Số bảo hiểm 0868793800",
                "Mã bảo hiểm 0868793800",
                "BHXH 0868793800",
                "BHYT: 0868793800",
                "Bảo hiểm xã hội 0868793800",
                "Bảo hiểm 868793800",
                "Bảo hiểm 02438223344",
                "Mã số bảo hiểm 0868793800",
                "Thẻ bảo hiểm 0868793800"
            })
    void a_number_of_an_insurance_is_no_phone(String written) {
        assertEquals(Set.of(PHONE_OTHER_NUMBER), PHONES.normalize(written).reasons(), written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"01234567890", "1234567890", "+841234567890", "0123 456 7890", "0123456789", "+84123456789"})
    void counted_digits_are_a_placeholder(String written) {
        assertEquals(Set.of(PHONE_PLACEHOLDER), PHONES.normalize(written).reasons(), written);
    }

    private static String spaced(String digits, Random random) {
        StringBuilder spaced = new StringBuilder();
        for (char digit : digits.toCharArray()) {
            spaced.append(random.nextInt(5) == 0 && !spaced.isEmpty() ? " .-".charAt(random.nextInt(3)) : "")
                    .append(digit);
        }
        return spaced.toString().replaceAll("([ .-])(?=[ .-])", "");
    }

    /**
     * A digit too many, a digit too few, or a letter for a digit; not the zero, which a spreadsheet
     * may eat.
     */
    private static String damaged(String number, Random random) {
        int at = 2 + random.nextInt(number.length() - 2); // a digit behind the zero makes a landline or an old mobile
        return switch (random.nextInt(3)) {
            case 0 -> number.substring(0, at) + random.nextInt(10) + number.substring(at);
            case 1 -> number.substring(0, at) + number.substring(at + 1);
            default -> number.substring(0, at) + "OlaX".charAt(random.nextInt(4)) + number.substring(at + 1);
        };
    }

    private static Normalized<Phone> accepted(String written, String e164) {
        Normalized<Phone> phone = PHONES.normalize(written);
        assertNotNull(phone.value(), () -> written + " rejected: " + phone.reasons());
        assertEquals(e164, phone.value().e164(), written);
        return phone;
    }

    private static void assertAccepted(String written, String e164, Reason... repairs) {
        assertEquals(Set.of(repairs), accepted(written, e164).reasons(), written);
    }
}
