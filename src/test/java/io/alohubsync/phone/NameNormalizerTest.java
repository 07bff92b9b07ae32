package io.alohubsync.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.text.Normalizer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameNormalizerTest {

    private static final NameNormalizer NAMES = new NameNormalizer();

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
                " Null "
            })
    void a_name_that_is_only_a_phone_an_email_or_null_is_dropped(String written) {
        Normalized<String> name = NAMES.normalize(written);
        assertNull(name.value());
        assertEquals(Set.of(Reason.NAME_DROPPED), name.reasons());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\r\n", "\u00a0", "\u200b\u202e", "\u0000"})
    void a_blank_name_says_nothing(String written) {
        Normalized<String> name = NAMES.normalize(written);
        assertNull(name.value());
        assertEquals(Set.of(), name.reasons());
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
