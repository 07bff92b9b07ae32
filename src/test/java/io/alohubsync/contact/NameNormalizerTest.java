package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameNormalizerTest {

    private static final NameNormalizer NAMES = new NameNormalizer(List.of("Khách lẻ", "Khách hàng", "test", "."));

    @Test
    void a_decomposed_name_is_composed() {
        String composed = "Nguyễn Thị Thủy";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        assertEquals(19, decomposed.codePointCount(0, decomposed.length()));
        assertEquals(15, composed.codePointCount(0, composed.length()));
        assertKept(decomposed, composed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  Nguyễn  Văn   An ",
                "Nguyễn\u00a0Văn\u00a0An",
                "Nguyễn\r\nVăn\nAn\r\n",
                "Nguyễn\tVăn\u3000An",
                "Nguyễn \u00a0 Văn\n \nAn",
                "\ufeffNguyễn Văn An\u200b",
                "\u202eNguyễn\u202c \u2066Văn\u2069 An\u200f",
                "Nguyễn\u0000 Văn\u0007 An\u007f",
                "Ng\u200cuyễn V\u200dăn A\u2060n",
                "Nguyễn Văn An\ud800"
            })
    void what_the_eye_does_not_see_is_cleaned(String written) {
        assertKept(written, "Nguyễn Văn An");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nguyễn văn an",
                "NGUYỄN VĂN AN",
                "An",
                "bang do",
                "Y",
                "Đỗ Bằng 2",
                "Công ty TNHH 3/2",
                "D'Artagnan",
                "Nguyễn Null",
                "Null Nguyễn",
                "Nam Nan",
                "Nal",
                "'An'",
                "Ánh ❤ 😀",
                "李小龙"
            })
    void a_name_is_kept_as_its_bearer_writes_it(String written) {
        assertKept(written, written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0868793800",
                "+84868793800",
                "+84 868 793 800",
                "(+84) 868.793.800",
                "0868-793-800",
                "0868\u2013793\u2013800",
                "\uff10\uff18\uff16\uff18\uff17\uff19\uff13\uff18\uff10\uff10",
                "bang@gmail.com",
                " Bang.Do+crm@mail.example.vn ",
                "null",
                "NULL",
                " Null ",
                "[object Object]",
                "null null",
                "NULL, NULL",
                "undefined undefined",
                "None None",
                "'null'",
                "\"null\"",
                "null_null",
                "[object Object] [object Object]",
                "#N/A #N/A",
                "n/a n/a",
                "\\N",
                "'0868793800",
                "=\"0868793800\"",
                "\"0868793800\"",
                "[0868793800]",
                "<0868793800>",
                "0868793800*",
                "8.6879380E8",
                "8,6879380e+08",
                "#N/A",
                "#ERROR!",
                "#SPILL!",
                "#GETTING_DATA",
                "Loading...",
                "Đang tải...",
                "#REF!",
                "#NAME?",
                "#VALUE!",
                "#DIV/0!",
                "#NUM!",
                "#NULL!"
            })
    void a_name_that_is_only_a_phone_an_email_or_null_is_dropped(String written) {
        Normalized<String> name = NAMES.normalize(written);
        assertNull(name.value());
        assertEquals(Set.of(Reason.NAME_DROPPED), name.reasons());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\r\n", "\u00a0", "\u200b\u202e", "\u0000", "\u2800\u3164"})
    void a_blank_name_says_nothing(String written) {
        Normalized<String> name = NAMES.normalize(written);
        assertNull(name.value());
        assertEquals(Set.of(), name.reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N***n",
                "Ng*****",
                "N•••n",
                "N*n",
                "Nguyễn V** A",
                "***",
                "N___n",
                "Ng●●●",
                "N...n",
                "N＊＊＊n",
                "N＊n",
                "N···n",
                "N×××n",
                "N★★★n",
                "N---n",
                "N * * n",
                "Nguyễn V* A*",
                "Trần T*** T***"
            })
    void a_masked_name_is_dropped(String written) {
        assertDropped(written, Reason.NAME_MASKED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nguy\ufffdn",
                "\ufffd",
                "Nguy&#65533;n",
                "Nguy\uF0E3n V\uF0A8n",
                "\uF0A7ç",
                "Nguy\032n",
                "Nguy¿n V¿n An",
                "¿ng Lan",
                "Nguy□n",
                "Nguy▯n",
                "Nguy?n Th? Th?y",
                "Nguy?n",
                "Tr?n",
                "Th?",
                "L?",
                "?ng Lan",
                "?? B?ng",
                "Nguy?n V?n An",
                "Ho? B?nh",
                "Nguyá»…n",
                "Nguyá»\u0085n VÄƒn An",
                "Tráº§n Thá»‹ Thá»§y",
                "Äá»— Báº±ng",
                "HoÃ ng",
                "HoÃ\u00a0ng",
                "LÃª",
                "HÆ°Æ¡ng",
                "Ä‘á»©c",
                "JoÃ£o",
                "RenÃ©e",
                "Nguyï¿½n",
                "HoĂ\u00a0ng",
                "HoĂ ng CĂ´ng ThĂ nh",
                "Trần LĂª",
                "TrĂ\u00ad",
                "HĂ",
                "Nguyễn VĂ",
                "NguyÔn V¨n An",
                "TrÇn ThÞ Thñy",
                "Ph¹m Hoµng",
                "Lª V¨n T¸m",
                "§ç B»ng",
                "H­¬ng",
                "Bïi Hïng",
                "Nguyeãn Vaên An",
                "Traàn Thò Thuûy",
                "Leâ Höông",
                "Ñoã Baèng",
                "NGUYEÃN VAÊN AN",
                "Phaïm Tuaán"
            })
    void a_damaged_name_is_dropped(String written) {
        assertDropped(written, Reason.NAME_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Khách lẻ",
                "khách lẻ",
                "KHÁCH LẺ",
                "khach le",
                " Khách  lẻ ",
                "Kha\u0301ch le\u0309",
                "Test",
                "TEST",
                "(test)",
                ".",
                "-",
                "...",
                "|",
                "+",
                "= =",
                "~",
                "^",
                "`",
                "$$",
                "Khach hang"
            })
    void a_name_of_nobody_is_dropped(String written) {
        assertDropped(written, Reason.NAME_PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "João",
                "Muñoz",
                "Renée",
                "Khách 17",
                "Test 123",
                "Customer 5",
                "123",
                "Loïc",
                "Loïc Tran",
                "Anaïs",
                "Zoë",
                "Noël",
                "Raúl",
                "Hélène Dupont",
                "Björn Ågren",
                "Gaëtan",
                "Müller",
                "Lü Wei",
                "Ó hÉalaithe",
                "IRMÃ MARIA",
                "Hoà Bình",
                "Thuý Hoá",
                "Nguyễn Thị Oanh",
                "Quách Huyên",
                "NGUYỄN THỊ QUỲNH",
                "Lê Nguyễn Khải Uyên",
                "François",
                "Peña",
                "Trần Ý",
                "Nguyễn Văn A.",
                "Nam?",
                "Khách sạn Hoa",
                "Tester Lan",
                "O'Neill",
                "Jean-Luc",
                "Nam • VIP",
                "Lan *",
                "Lan*",
                "Lan -- VIP",
                "Lan --- VIP",
                "Jean--Luc",
                "★★ Lan ★★",
                "Gal·la",
                "マイケル・ジャクソン",
                "Hồ Bá",
                "Bé Hà",
                "Vâng"
            })
    void a_name_that_only_looks_strange_is_kept(String written) {
        assertKept(written, written);
    }

    @Test
    void a_sign_apart_from_letters_is_no_lost_letter() {
        assertKept("Nam \uF8FF", "Nam");
        assertKept("\uE022 Nam \uF0E3", "Nam");
        assertKept("Nam □", "Nam □");
    }

    @Test
    void entities_are_decoded_once_and_named() {
        assertRepaired("A &amp; B", "A & B", Reason.NAME_ENTITIES);
        assertRepaired("Nguy&#7877;n", "Nguyễn", Reason.NAME_ENTITIES);
        assertRepaired("Ren&eacute;e", "Renée", Reason.NAME_ENTITIES);
        assertRepaired("A &amp;amp; B", "A &amp; B", Reason.NAME_ENTITIES);
        assertRepaired("A &AMP; B", "A & B", Reason.NAME_ENTITIES);
        assertRepaired("O&rsquo;Neill", "O’Neill", Reason.NAME_ENTITIES);
        assertRepaired("O&#146;Neill", "O’Neill", Reason.NAME_ENTITIES);
        assertRepaired("O&#x92;Neill", "O’Neill", Reason.NAME_ENTITIES);
        assertRepaired("Lan &ndash; Hoa", "Lan – Hoa", Reason.NAME_ENTITIES);
        assertRepaired("V&utilde; Ngh&itilde;a", "Vũ Nghĩa", Reason.NAME_ENTITIES);
        assertRepaired("Lan&ensp;An&zwj;", "Lan An", Reason.NAME_ENTITIES);
        assertDropped("Nguy&#225;&#187;&#133;n", Reason.NAME_DAMAGED);
    }

    @Test
    void letters_that_only_look_right_are_replaced_and_named() {
        assertRepaired("\u00d0ặng Lan", "Đặng Lan", Reason.NAME_LETTERS);
        assertRepaired("V\u0169 \u00f0ức", "Vũ đức", Reason.NAME_LETTERS);
        assertRepaired("𝐍𝐠𝐮𝐲ễ𝐧", "Nguyễn", Reason.NAME_LETTERS);
        assertRepaired("𝐍𝐠𝐮𝐲𝐞\u0302\u0303𝐧", "Nguyễn", Reason.NAME_LETTERS);
        assertRepaired("Ｎａｍ", "Nam", Reason.NAME_LETTERS);
    }

    private static void assertRepaired(String written, String expected, Reason reason) {
        Normalized<String> name = NAMES.normalize(written);
        assertEquals(expected, name.value());
        assertEquals(Set.of(reason), name.reasons());
    }

    private static void assertDropped(String written, Reason reason) {
        Normalized<String> name = NAMES.normalize(written);
        assertNull(name.value());
        assertEquals(Set.of(reason), name.reasons());
    }

    @Test
    void a_name_of_255_code_points_is_kept() {
        assertKept("a".repeat(255), "a".repeat(255));
        assertKept("\ud83d\ude00".repeat(255), "\ud83d\ude00".repeat(255)); // 510 chars
        assertKept("e\u0302\u0323".repeat(255), "\u1ec7".repeat(255)); // 765 before it is composed
    }

    @Test
    void a_longer_name_is_cut_at_255_code_points() {
        assertShortened("a".repeat(256), "a".repeat(255));
        assertShortened("\ud83d\ude00".repeat(300), "\ud83d\ude00".repeat(255));
        assertShortened("An ".repeat(2000), "An ".repeat(85).strip());
    }

    @Test
    void no_grapheme_is_split() {
        String before = "a".repeat(254);
        assertShortened(before + "g\u0303", before); // has no composed form
        assertShortened(before + "\ud83d\udc4d\ud83c\udffd", before); // a thumb and its skin tone
        assertShortened(before + "\ud83c\uddfb\ud83c\uddf3", before); // a flag is two letters
    }

    @Test
    void a_single_grapheme_that_is_too_long_is_no_name() {
        Normalized<String> name = NAMES.normalize("g" + "\u0303".repeat(300));
        assertNull(name.value());
        assertEquals(Set.of(Reason.NAME_DROPPED), name.reasons());
    }

    private static void assertKept(String written, String expected) {
        Normalized<String> name = NAMES.normalize(written);
        assertEquals(expected, name.value());
        assertEquals(Set.of(), name.reasons());
    }

    private static void assertShortened(String written, String expected) {
        Normalized<String> name = NAMES.normalize(written);
        assertEquals(expected, name.value());
        assertEquals(Set.of(Reason.NAME_SHORTENED), name.reasons());
    }
}
