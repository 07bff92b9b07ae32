package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an answer spells or encodes what is secret, none of it is kept. */
class RedactedSpellingsTest {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final String PHONE = "0868793800";
    private static final String EMAIL = "lan.bich88@oracle-leak.vn";
    private static final String NAME = "Nguyễn Thị Bích-Thủy";
    private static final Lead LEAD = new Lead(PHONE, EMAIL, NAME);

    /** What servers do to a text before they repeat it. */
    private static Map<String, UnaryOperator<String>> encodings() {
        Map<String, UnaryOperator<String>> encodings = new LinkedHashMap<>();
        encodings.put("as it is", text -> text);
        encodings.put(
                "percent",
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
        encodings.put("percent, lower case", text -> percent(text).toLowerCase(Locale.ROOT));
        encodings.put("percent twice", text -> percent(text).replace("%", "%25"));
        encodings.put("JSON", text -> each(text, one -> one > 126, "\\u%04x"));
        encodings.put("JSON, all of it", text -> each(text, one -> true, "\\u%04X"));
        encodings.put(
                "JSON in JSON", text -> each(text, one -> one > 126, "\\u%04x").replace("\\", "\\\\"));
        encodings.put("HTML", text -> each(text, one -> one > 126 || one == '@', "&#%d;"));
        encodings.put("HTML, all of it", text -> each(text, one -> true, "&#x%x;"));
        encodings.put("NFD", text -> Normalizer.normalize(text, Normalizer.Form.NFD));
        encodings.put("UTF-8 as Latin-1", RedactedSpellingsTest::misread);
        encodings.put("full width", text -> map(text, one -> one > ' ' && one < 127 ? one + 0xFEE0 : one));
        encodings.put("zero-width", text -> text.replaceAll("(?<=.)(?=.)", "\u200b"));
        encodings.put("soft hyphens", text -> text.replaceAll("(?<=.)(?=.)", "\u00ad"));
        return encodings;
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String misread(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String each(String text, java.util.function.IntPredicate those, String format) {
        return text.chars()
                .mapToObj(one -> those.test(one) ? String.format(format, one) : String.valueOf((char) one))
                .collect(Collectors.joining());
    }

    private static String map(String text, java.util.function.IntUnaryOperator change) {
        return text.chars().map(change).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static void assertRedacted(String expected, Stream<String> spellings) {
        List<String> shown = new ArrayList<>();
        spellings.forEach(spelling -> encodings().forEach((encoding, encode) -> {
            String said = "lead «" + encode.apply(spelling) + "» exists";
            String kept = Redaction.of(said, KEY, LEAD);
            if (!kept.equals("lead «" + expected + "» exists")) {
                shown.add(encoding + ": " + said + " → " + kept);
            }
        }));
        assertEquals(List.of(), shown);
    }

    @Test
    void phones_in_every_spelling() {
        List<String> groups = List.of("0868 793 800", "0868 793800", "086 87 93 800", "086879 3800", "08 68 79 38 00");
        List<String> between = List.of(
                "", " ", ".", "-", "–", "—", "\u2011", "\u00a0", "\u2009", "\u202f", "\u3000", "/", "_", ":", ",", "·",
                "*", " - ", ". ", " / ", "--", "\t");
        Stream<String> national =
                groups.stream().flatMap(group -> between.stream().map(sign -> group.replace(" ", sign)));
        Stream<String> others = Stream.of(
                "(0868) 793 800",
                "(+84) 868 793 800",
                "+84 (0) 868-793-800",
                "+84868793800",
                "84868793800",
                "868793800",
                "0084868793800",
                "+84.868.793.800",
                "84-868-793-800",
                "868 793 800",
                "0 8 6 8 7 9 3 8 0 0",
                "8.68793800",
                "٠٨٦٨٧٩٣٨٠٠",
                "०८६८७९३८००",
                "０８６８７９３８００",
                "+84 0868793800",
                "𝟎𝟖𝟔𝟖𝟕𝟗𝟑𝟖𝟎𝟎");
        assertRedacted("***800", Stream.concat(national, others));
    }

    @Test
    void an_escaped_line_feed_inside_hides_nothing() {
        assertEquals("***800", Redaction.of("0868\\n793\\n800", KEY, LEAD));
        assertEquals("***800", Redaction.of("0868\\\\n793\n800", KEY, LEAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0905123987", "+84905123987", "(0905) 123 987", "0905–123–987", "0905/123/987", "0905_123_987",
                "0905:123:987", "0905,123,987", "0905 123 987", "0905 - 123 - 987", "84 905 123 987", "905 123 987",
                "0905·123·987"
            })
    void somebody_elses_phone_too(String phone) {
        assertRedacted("***987", Stream.of(phone));
    }

    @Test
    void emails_in_every_spelling() {
        assertRedacted(
                "[email]",
                Stream.of(
                        EMAIL,
                        EMAIL.toUpperCase(Locale.ROOT),
                        "khac.nguoi@xyz.vn",
                        EMAIL.replace("@", " @ "),
                        EMAIL.replace("@", "＠"),
                        EMAIL.replace("@", "[at]"),
                        "lan.bich88"));
        assertEquals("[email]", Redaction.of("mail=lan.bich88%40oracle-leak.vn", KEY, LEAD));
    }

    @Test
    void the_name_in_every_spelling() {
        String plain = "Nguyen Thi Bich-Thuy";
        assertRedacted(
                "[name]",
                Stream.of(
                        NAME,
                        NAME.toUpperCase(Locale.ROOT),
                        NAME.toLowerCase(Locale.ROOT),
                        plain,
                        plain.toUpperCase(Locale.ROOT),
                        plain.toLowerCase(Locale.ROOT),
                        NAME.replace(" ", "  "),
                        NAME.replace(" ", "+"),
                        NAME.replace(" ", "_"),
                        NAME.replace(" ", "\u00a0"),
                        "Bích-Thủy",
                        "Nguyễn",
                        "THỦY",
                        "thuy",
                        "nguyenthibichthuy",
                        "Thủy, Nguyễn Thị Bích"));
    }

    @Test
    void the_key_in_every_spelling() {
        String key = KEY.value();
        assertRedacted(
                "[key]",
                Stream.of(
                        key,
                        key.toUpperCase(Locale.ROOT),
                        key.toLowerCase(Locale.ROOT),
                        key.substring(0, 18),
                        key.substring(4)));
        assertEquals("[key]", Redaction.of(key.substring(0, 10) + "\\n" + key.substring(10), KEY, LEAD));
        assertRedacted(
                "[key]",
                Stream.of(Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
                        .map(one -> one.replace("=", "")));
        assertRedacted("[key]", Stream.of("sk_live_abcdef0123456789abcdef"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            An     → can not add An, a man → can not add [name], a man
            An     → an error              → an error
            Do An  → Do not send an error  → [name] not send an error
            Do An  → customer do an exists → customer [name] exists
            Lê Số  → Số điện thoại đã tồn tại, không hợp lệ → [name] điện thoại đã tồn tại, không hợp lệ
            Lê Số  → khách lê số đã có     → khách [name] đã có
            Lê Lợi → số điện thoại không hợp lệ → số điện thoại không hợp lệ
            王伟   → 客户王伟已存在         → 客户[name]已存在
            A Lan  → a phone of a lan      → a phone of [name]
            """)
    void what_is_said_beside_a_name_is_kept(String name, String said, String expected) {
        assertEquals(expected, Redaction.of(said, KEY, new Lead(PHONE, null, name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP 422 INVALID_PHONE: số điện thoại không hợp lệ",
                "line 17 of 4096, code 1234567, 100% of 50 % and a+b",
                "since 2026-03-01 08:00:00.123 or 01/03/2026 08:00",
                "2026-03-01T08:00:00Z request 4f2a",
                "<b>&amp; x</b> C:\\new \\u0041 %41 5 @ 3",
                "{\"success\":\"0\",\"error_code\":\"FAIL\",\"data\":null}"
            })
    void what_is_not_secret_is_kept_as_it_was_written(String said) {
        assertEquals(said, Redaction.of(said, KEY, LEAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%41",
                "\\u0041",
                "&#65;",
                "Ã¡",
                "a",
                "0",
                "0.",
                "84 ",
                "@",
                "a@",
                "Nguyễn ",
                "sk_live_",
                "\u0301",
                "\\",
                "%",
                "&",
                "ﷺ",
                "…"
            })
    void no_text_takes_long(String piece) {
        String said = piece.repeat(70_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> Redaction.of(said, KEY, LEAD));
        assertTrue(Redaction.of(said, KEY, LEAD).getBytes(StandardCharsets.UTF_8).length <= Redaction.MAX_BYTES);
    }
}
