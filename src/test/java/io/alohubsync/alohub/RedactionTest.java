package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final Lead LEAD = new Lead("0868793800", "bang@gmail.com", "bang do");

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            the key sk_live_4eC39HqLyjWD expired   → the key [key] expired
            (sk_live_4eC39HqLyjWD)                 → ([key])
            Xsk_live_4eC39HqLyjWDX                 → X[key]X
            bang do exists                         → [name] exists
            Bang DO exists                         → [name] exists
            e-mail bang@gmail.com exists           → e-mail [email] exists
            <BANG@GMAIL.COM>                       → <[email]>
            somebody.else@example.vn exists        → [email] exists
            phone 0868793800 exists                → phone ***800 exists
            phone +84868793800 exists              → phone ***800 exists
            phone +84 868 793 800 exists           → phone ***800 exists
            phone 0868.793.800 exists              → phone ***800 exists
            phone 0912-345-678 is somebody else's  → phone ***678 is somebody else's
            line 17 of 4096, code 1234567          → line 17 of 4096, code 1234567
            """)
    void what_is_secret_is_replaced_and_the_rest_kept(String said, String expected) {
        assertEquals(expected, of(said));
    }

    @Test
    void a_short_name_is_replaced_as_a_word_of_its_own_only() {
        Lead an = new Lead("0868793800", null, "An");
        assertEquals("can not add [name], a man", Redaction.of("can not add An, a man", KEY, an));
    }

    @Test
    void a_name_that_looks_like_a_pattern_is_taken_literally() {
        Lead odd = new Lead("0868793800", null, "A.*(b)$1\\");
        assertEquals("[name] and Axx(b)", Redaction.of("A.*(b)$1\\ and Axx(b)", KEY, odd));
    }

    @Test
    void a_lead_of_only_a_phone_hides_nothing_else() {
        assertEquals(
                "the name is missing", Redaction.of("the name is missing", KEY, new Lead("0868793800", null, null)));
    }

    @Test
    void control_characters_and_lone_surrogates_become_spaces() {
        assertEquals("a b c d", of("a\u0000b\r\nc\ud800d"));
        assertEquals("😀", of("😀\udc00"));
        assertEquals("", of("\u0000\u0007"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "ễ", "😀"})
    void what_is_too_long_is_cut_between_characters(String character) {
        String cut = of(character.repeat(3000));
        int bytes = cut.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= Redaction.MAX_BYTES && bytes > Redaction.MAX_BYTES - 8, bytes + " bytes");
        assertTrue(cut.endsWith("…"), cut);
        assertFalse(cut.contains("\ufffd"), cut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errors\":[\"phone\"],", "错误", "x", "-", "a1,"})
    void of_long_text_without_spaces_as_much_is_kept(String piece) {
        String cut = of("HTTP 422: " + piece.repeat(9_000));
        assertTrue(cut.startsWith("HTTP 422: " + piece + piece), cut);
        assertTrue(cut.getBytes(StandardCharsets.UTF_8).length > Redaction.MAX_BYTES - 8, cut);
    }

    @Test
    void what_just_fits_is_not_cut() {
        assertEquals("x".repeat(2048), of("x".repeat(2048)));
        assertEquals("x".repeat(2045) + "…", of("x".repeat(2049)));
    }

    @Test
    void a_secret_across_the_cut_does_not_show_its_half() {
        for (int before = 2030; before <= 2050; before++) {
            String words = of("x".repeat(before) + " sk_live_4eC39HqLyjWD 0868793800 bang@gmail.com");
            assertFalse(words.contains("sk_"), words);
            assertFalse(words.contains("086"), words);
            assertFalse(words.contains("bang"), words);
        }
    }

    private static String of(String words) {
        return Redaction.of(words, KEY, LEAD);
    }
}
