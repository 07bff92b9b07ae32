package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.alohubsync.config.AlohubSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailNormalizerTest {

    private static final EmailNormalizer EMAILS = new EmailNormalizer(new SmallRyeConfigBuilder()
            .withMapping(AlohubSettings.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .build()
            .getConfigMapping(AlohubSettings.class)
            .email()
            .placeholders());

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            bang@gmail.com               → bang@gmail.com
            Bang.Do@Gmail.COM            → bang.do@gmail.com
            mailto:bang@gmail.com        → bang@gmail.com
            MAILTO: bang@gmail.com       → bang@gmail.com
            bang+crm@mail.example.vn     → bang+crm@mail.example.vn
            o'neil_x-1@example.vn        → o'neil_x-1@example.vn
            bang@m\u00fcnchen.de              → bang@xn--mnchen-3ya.de
            bang@M\u00dcNCHEN.de              → bang@xn--mnchen-3ya.de
            bang@xn--mnchen-3ya.de       → bang@xn--mnchen-3ya.de
            B\u1eb1ng <bang@gmail.com>        → bang@gmail.com
            <bang@gmail.com>             → bang@gmail.com
            bang\u200b@gmail\u2060.com             → bang@gmail.com
            \u00a0bang@gmail.com\u00a0             → bang@gmail.com
            """)
    void an_email_is_brought_to_its_one_form(String written, String expected) {
        assertKept(written, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'bang@gmail.com'",
                "\"bang@gmail.com\"",
                "“Bang@gmail.com”",
                "‘bang@gmail.com’",
                "`bang@gmail.com`",
                "=\"bang@gmail.com\"",
                "Bằng <'bang@gmail.com'>",
                "'bang@gmail.com' <bang@gmail.com>",
                "\"Bằng\" <\"bang@gmail.com\">",
                "<mailto:bang@gmail.com|bang@gmail.com>",
                "mailto:bang@gmail.com|Bang@gmail.com",
                "bang＠gmail.com",
                "ｂａｎｇ＠ｇｍａｉｌ．ｃｏｍ",
                "'bang@gmail.com'; 'bang@gmail.com'"
            })
    void signs_around_an_email_are_no_part_of_it(String written) {
        assertKept(written, "bang@gmail.com");
    }

    @Test
    void spaces_and_line_breaks_around_it_are_trimmed() {
        assertKept(" bang@gmail.com\r\n", "bang@gmail.com");
        assertKept("\tbang@gmail.com ", "bang@gmail.com");
        assertKept("bang@gmail.com\000\000", "bang@gmail.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bang",
                "null",
                "không có",
                "@gmail.com",
                "bang@",
                "@",
                "bang@@gmail.com",
                "bang@do@gmail.com",
                "bang do@gmail.com",
                "bang@gmail",
                "bang@localhost",
                "bang@.com",
                "bang@gmail..com",
                "bang@-gmail.com",
                "bang@gmail-.com",
                ".bang@gmail.com",
                "bang.@gmail.com",
                "ba..ng@gmail.com",
                "bang@192.168.1.1",
                "bang@gmail.c",
                "bang@gm_ail.com",
                "Bằng <không có>",
                "Bằng <bang>",
                "bang\ufffddo@gmail.com",
                "bang@gmail.com (Bằng)",
                "bang@gmail.com <do@gmail.com>",
                "bang?do@gmail.com?x"
            })
    void an_invalid_email_is_dropped_and_named(String written) {
        assertDropped(written);
    }

    @Test
    void the_local_part_has_64_characters_at_most() {
        assertKept("a".repeat(64) + "@example.vn", "a".repeat(64) + "@example.vn");
        assertDropped("a".repeat(65) + "@example.vn");
    }

    @Test
    void an_email_has_254_characters_at_most() {
        String domain = ("d".repeat(61) + ".").repeat(3) + "vn"; // 188
        assertKept("a".repeat(64) + "@x" + domain, "a".repeat(64) + "@x" + domain);
        assertDropped("a".repeat(64) + "@xx" + domain);
    }

    @Test
    void a_label_of_a_domain_has_63_characters_at_most() {
        assertKept("bang@" + "d".repeat(63) + ".vn", "bang@" + "d".repeat(63) + ".vn");
        assertDropped("bang@" + "d".repeat(64) + ".vn");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            bang@gmail.com; do@example.vn             → bang@gmail.com
            bang@gmail.com, do@example.vn             → bang@gmail.com
            bang@gmail.com / do@example.vn            → bang@gmail.com
            bang@gmail.com | do@example.vn            → bang@gmail.com
            bang@gmail.com do@example.vn              → bang@gmail.com
            ; bang@gmail.com, do@example.vn;          → bang@gmail.com
            Bang@Gmail.com, mailto:Do@EXAMPLE.vn      → bang@gmail.com
            mailto:bang@gmail.com?subject=x, do@x.vn  → bang@gmail.com
            B\u1eb1ng <bang@gmail.com>, Do <do@example.vn> → bang@gmail.com
            """)
    void of_several_the_first_valid_one_is_taken(String written, String expected) {
        Normalized<String> email = EMAILS.normalize(written);
        assertEquals(expected, email.value());
        assertEquals(Set.of(Reason.EMAIL_FIRST_VALID), email.reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bang,do@gmail.com",
                "bang, do@gmail.com",
                "bang;do@gmail.com",
                "bang|do@gmail.com",
                "bang do@gmail.com",
                "bang\ndo@gmail.com",
                "nguyen.van,a@cty.vn",
                "nguyen.van, a@cty.vn; b@cty.vn",
                "bang@; bang@gmail.com",
                "bang@@gmail.com, mailto:do@example.vn",
                "bang@gmail.com, do",
                "bang@gmail.com; không có",
                "bang&lt;do@gmail.com",
                "bang&nbsp;do@gmail.com",
                "bang&amp;amp;do@gmail.com",
                "bang/x,do@gmail.com",
                "bang\uE000do@gmail.com",
                "bang\032do@gmail.com",
                "bang\000\032do@gmail.com",
                "bang&#26;do@gmail.com"
            })
    void no_address_is_shortened_into_another(String written) {
        assertDropped(written);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            bang/do@gmail.com               → bang/do@gmail.com
            bang&do@gmail.com               → bang&do@gmail.com
            Do, Bang <bang@gmail.com>       → bang@gmail.com
            Bang@gmail.com <bang@GMAIL.com> → bang@gmail.com
            """)
    void what_looks_like_a_list_but_is_one_address_is_kept_whole(String written, String expected) {
        assertKept(written, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            bang&amp;do@gmail.com           → bang&do@gmail.com
            bang&#64;gmail.com              → bang@gmail.com
            bang&#x40;gmail.com             → bang@gmail.com
            B\u1eb1ng &lt;bang@gmail.com&gt;   → bang@gmail.com
            bang@gmail.com&nbsp;            → bang@gmail.com
            o&#39;neil@example.vn           → o'neil@example.vn
            """)
    void entities_are_decoded_once_and_named(String written, String expected) {
        Normalized<String> email = EMAILS.normalize(written);
        assertEquals(expected, email.value());
        assertEquals(Set.of(Reason.EMAIL_ENTITIES), email.reasons());
    }

    @Test
    void addresses_that_differ_in_case_alone_are_one() {
        for (String written : new String[] {"BANG@GMAIL.COM", "Bang@gmail.com", "bang@Gmail.Com", "<BANG@gmail.com>"}) {
            assertKept(written, "bang@gmail.com");
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\r\n", "\u00a0", "\u200b", "'"})
    void a_blank_email_says_nothing(String written) {
        Normalized<String> email = EMAILS.normalize(written);
        assertNull(email.value());
        assertEquals(Set.of(), email.reasons());
    }

    @Test
    void no_length_of_text_breaks_it() {
        assertDropped("bang@" + "a.".repeat(1000) + "vn");
        assertDropped("a.".repeat(1000) + "@gmail.com");
        assertDropped("@".repeat(2000));
        assertDropped("<".repeat(2000));
    }

    private static void assertKept(String written, String expected) {
        Normalized<String> email = EMAILS.normalize(written);
        assertEquals(expected, email.value());
        assertEquals(Set.of(), email.reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n***n@gmail.com",
                "N*n@gmail.com",
                "*bang@gmail.com",
                "bang*@gmail.com",
                "k*****1@gmail.com",
                "b@g***l.com",
                "•••@gmail.com",
                "b***@x.vn; c@d.vn",
                "Bằng <b***@gmail.com>"
            })
    void a_masked_address_is_dropped(String written) {
        assertDropped(written);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            a@fa\u00df.de               → a@xn--fa-hia.de
            a@FA\u00df.DE               → a@xn--fa-hia.de
            a@m\u00fcnchen-stra\u00dfe.de   → a@xn--mnchen-strae-v9a90b.de
            a@b\u00fccher.stra\u00dfe.de    → a@xn--bcher-kva.xn--strae-oqa.de
            a@\u00df.de                 → a@xn--zca.de
            a@\u65e5\u672c\u00df.jp             → a@xn--zca7382cb2a.jp
            a@\u03b2\u03cc\u03bb\u03bf\u03c2.com            → a@xn--nxasmm1c.com
            """)
    void an_international_domain_never_becomes_another_one(String written, String expected) {
        assertKept(written, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", quoteCharacter = '§', textBlock = """
            "Do, Bang" <bang@x.vn>, "Le, An" <an@x.vn>   → bang@x.vn
            "Do, Bang" <bang@x.vn>; c@d.vn               → bang@x.vn
            c@d.vn, "Do; Bang / An" <bang@x.vn>          → c@d.vn
            """)
    void a_separator_in_quotes_separates_nothing(String written, String first) {
        Normalized<String> email = EMAILS.normalize(written);
        assertEquals(first, email.value());
        assertEquals(Set.of(Reason.EMAIL_FIRST_VALID), email.reasons());
    }

    @Test
    void quotes_that_are_not_closed_and_quoted_lists_are_no_address() {
        for (String written : new String[] {
            "\"a@b.vn",
            "a@b.vn'",
            "\"bang,do@gmail.com\"",
            "'bang do@gmail.com'",
            "bang，do@gmail.com",
            "'a@b.vn' <c@d.vn>",
            "<mailto:a@b.vn|c@d.vn>",
            "\"a@b.vn, c\" <d",
            "\"Do\" bang, an@x.vn"
        }) {
            assertDropped(written);
        }
    }

    /** What Haravan writes for a customer without an address of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "guest@haravan.com",
                "Guest@Haravan.com",
                "Khách <guest@haravan.com>",
                "khachhang@haravan.com",
                "guest+1234@haravan.com",
                "0868793800.phone@haravan.com",
                "guest@haravan.com; khachhang@haravan.com"
            })
    void a_placeholder_is_dropped_and_named(String written) {
        Normalized<String> email = EMAILS.normalize(written);
        assertNull(email.value());
        assertEquals(Set.of(Reason.EMAIL_PLACEHOLDER), email.reasons());
    }

    @Test
    void an_address_that_only_resembles_a_placeholder_is_kept() {
        for (String written :
                List.of("hi@haravan.com", "guest@haravan.com.vn", "guest@example.vn", "my.guest@haravan.com")) {
            assertKept(written, written);
        }
    }

    @Test
    void beside_a_placeholder_the_customers_own_address_is_taken() {
        Normalized<String> email = EMAILS.normalize("guest@haravan.com; bang@gmail.com");
        assertEquals("bang@gmail.com", email.value());
        assertEquals(Set.of(Reason.EMAIL_FIRST_VALID), email.reasons());
    }

    @Test
    void the_placeholders_are_a_setting_and_a_star_stands_for_any_characters() {
        EmailNormalizer emails = new EmailNormalizer(List.of(" None@Example.vn ", "ab*ba@example.vn"));
        for (String placeholder : List.of("none@example.vn", "ab.x.ba@example.vn", "abba@example.vn")) {
            assertEquals(
                    Set.of(Reason.EMAIL_PLACEHOLDER),
                    emails.normalize(placeholder).reasons());
        }
        for (String kept : List.of("aba@example.vn", "guest@haravan.com", "xabba@example.vn")) {
            assertEquals(kept, emails.normalize(kept).value());
        }
    }

    @Test
    void the_same_address_twice_is_one() {
        assertKept("a@b.vn; A@B.VN", "a@b.vn");
        assertKept("a@b.vn, Bằng <a@b.vn>", "a@b.vn");
    }

    private static void assertDropped(String written) {
        Normalized<String> email = EMAILS.normalize(written);
        assertNull(email.value());
        assertEquals(Set.of(Reason.EMAIL_DROPPED), email.reasons());
    }
}
