package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final Lead LEAD = new Lead("0868793800", "bang@gmail.com", "Nguyễn Bằng");
    private static final String JSON = "application/json";

    // Accepted, or a failure that comes with a 2xx

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":\"1\"}",
                "{\"success\":1}",
                "{\"success\":true}",
                "{\"success\":\"1\",\"error_code\":\"SUCCESS\",\"error_message\":null,\"data\":{\"id\":7}}",
                "{\"data\":{\"success\":\"0\"},\"success\":\"1\"}",
                "\ufeff{\"success\":\"1\"}",
                " \r\n{\"success\":\"1\"} "
            })
    void a_success_of_1_is_accepted(String body) {
        assertAccepted(answer(200, JSON, body));
        assertAccepted(answer(201, "text/plain", body));
        assertAccepted(answer(200, null, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":7}", "[]", "[{\"success\":\"0\"}]", "\"ok\"", "null", "true"})
    void json_without_a_success_is_accepted(String body) {
        assertAccepted(answer(200, JSON, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"0\"", "0", "false", "null", "\"\"", "\"SUCCESS\"", "2", "\"11\"", "{}", "[1]", "{\"a\":\"1\"}"
            })
    void any_other_success_is_a_failure_although_the_status_is_200(String success) {
        for (String type : new String[] {JSON, "text/html", "text/plain", null}) {
            assertFailed(200, answer(200, type, "{\"success\":" + success + ",\"data\":{}}"));
        }
    }

    @Test
    void a_business_failure_keeps_alohubs_words() {
        String words = words(answer(
                200,
                JSON,
                "{\"success\":\"0\",\"error_code\":\"0\",\"error_message\":\"HỆ THỐNG OUTBOUND GẶP SỰ CỐ\"}"));
        assertTrue(words.contains("HỆ THỐNG OUTBOUND GẶP SỰ CỐ"), words);
        assertTrue(words.contains("200"), words);
    }

    @Test
    void what_is_wrong_is_kept_behind_a_general_message() {
        String laravel = words(
                answer(
                        422,
                        JSON,
                        "{\"message\":\"The given data was invalid.\",\"errors\":{\"phone\":[\"S\\u1ed1 đã bị chặn\"],\"email\":[\"bang@gmail.com\"]}}"));
        assertTrue(laravel.startsWith("HTTP 422: The given data was invalid. {"), laravel);
        assertTrue(laravel.contains("Số đã bị chặn"), laravel);
        assertFalse(laravel.contains("bang@gmail.com"), laravel);
        assertEquals(
                "HTTP 422: Số sai", words(answer(422, JSON, "{\"message\":\"Số sai\",\"errors\":[],\"error\":{}}")));
        assertEquals("HTTP 400: phone", words(answer(400, JSON, "{\"error\":\"Bad Request\",\"message\":\"phone\"}")));
    }

    @Test
    void alohubs_own_field_counts_before_another_message() {
        for (String order : new String[] {
            "\"message\":\"processed\",\"error_message\":\"OUTBOUND\"",
            "\"error_message\":\"OUTBOUND\",\"message\":\"x\""
        }) {
            assertEquals("HTTP 200: OUTBOUND", words(answer(200, JSON, "{" + order + ",\"success\":\"0\"}")));
        }
        assertEquals(
                "HTTP 200: gone",
                words(answer(200, JSON, "{\"error_message\":\"\",\"message\":\"gone\",\"success\":\"0\"}")));
    }

    @Test
    void a_field_that_is_null_is_not_kept_as_a_word() {
        String words =
                words(answer(200, JSON, "{\"success\":\"0\",\"error_code\":null,\"error_message\":\"thử lại sau\"}"));
        assertEquals("HTTP 200: thử lại sau", words);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void an_empty_2xx_is_accepted(int status) {
        assertAccepted(answer(status, JSON, ""));
        assertAccepted(answer(status, null, ""));
        assertAccepted(answer(status, "text/html", " \r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK", "created", "success=0", "{not json", "[also not", "<lead>7</lead>", "a < b"})
    void a_2xx_of_plain_text_is_accepted(String body) {
        assertAccepted(answer(200, "text/plain", body));
        assertAccepted(answer(200, null, body));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", nullValues = "-", textBlock = """
            text/html                → <html><body>Please log in</body></html>
            text/html; charset=utf-8 → Please log in
            TEXT/HTML                → <p>Please log in
            -                        → <!DOCTYPE html><html>Please log in</html>
            text/plain               → <!doctype HTML><html>Please log in</html>
            application/json         → <html><body>Please log in</body></html>
            application/octet-stream → <!-- proxy --> <HTML lang="vi">Please log in</HTML>
            """)
    void a_web_page_with_200_is_a_failure(String type, String body) {
        Answer answer = answer(200, type, body);
        assertFailed(200, answer);
        assertTrue(words(answer).contains("Please log in"), words(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"succ",
                "{\"id\":",
                "{\"id\":7",
                "{\"id\":7}}",
                "{\"id\":7} trailing",
                "{'success':'1'}",
                "nonsense",
                "{,}",
                "["
            })
    void an_answer_that_is_not_the_json_it_claims_to_be_is_a_failure(String body) {
        assertFailed(200, answer(200, JSON, body));
        assertFailed(200, answer(200, "application/problem+json; charset=utf-8", body));
    }

    @Test
    void json_that_breaks_off_before_its_success_is_a_failure() {
        byte[] half = bytes("{\"data\":\"" + "x".repeat(Answer.MAX_BODY));
        assertFailed(200, answer(200, JSON, half, true));
        assertFailed(200, answer(200, null, half, true));
    }

    @Test
    void an_envelope_that_comes_before_the_cut_counts() {
        String rest = ",\"data\":\"" + "x".repeat(1000);
        assertAccepted(cut("{\"success\":\"1\"" + rest));
        assertFailed(200, cut("{\"success\":\"0\"" + rest));
        assertInstanceOf(
                Outcome.Throttled.class, read(cut("{\"success\":\"0\",\"error_code\":\"RATE_LIMIT_EXCEEDED\"" + rest)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=iso-8859-1",
                "application/json; charset=klingon",
                "application/json; charset=\"?\"",
                "application/json; charset=",
                "application/vnd.api+json"
            })
    void json_is_utf_8_whatever_its_charset_says(String type) {
        String words = words(answer(422, type, "{\"success\":\"0\",\"error_message\":\"Số điện thoại sai\"}"));
        assertEquals("HTTP 422: Số điện thoại sai", words);
    }

    @Test
    void text_is_read_in_its_charset_and_an_unknown_charset_is_utf_8() {
        byte[] legacy = "Téléphone".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("HTTP 500: Téléphone", words(answer(500, "text/plain; charset=ISO-8859-1", legacy, false)));
        byte[] wide = "Lỗi".getBytes(Charset.forName("UTF-16LE"));
        assertEquals("HTTP 500: Lỗi", words(answer(500, "text/plain; charset=utf-16le", wide, false)));
        assertEquals("HTTP 500: Lỗi", words(answer(500, "text/plain; charset=klingon", "Lỗi")));
        assertEquals("HTTP 500: Lỗi", words(answer(500, "text/plain; charset=\"\\\"", "Lỗi")));
    }

    @Test
    void bytes_that_are_no_text_break_nothing() {
        byte[] noise = new byte[256];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) i;
        }
        assertStorable(words(answer(500, "text/plain", noise, false)));
        assertStorable(words(answer(500, null, noise, false)));
        assertStorable(words(answer(500, "image/png; charset=utf-16", noise, false)));
    }

    // The customer is refused, or the call failed

    @ParameterizedTest
    @ValueSource(ints = {400, 406, 411, 412, 413, 414, 416, 417, 418, 422, 424, 428, 431, 499})
    void a_4xx_about_the_customer_is_a_refusal_in_alohubs_words(int status) {
        Outcome.Refused refused = assertInstanceOf(
                Outcome.Refused.class, read(answer(status, JSON, "{\"success\":\"0\",\"error_message\":\"Tên sai\"}")));
        assertEquals(status, refused.status());
        assertEquals("HTTP " + status + ": Tên sai", refused.words());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 421, 423, 425, 500, 501, 502, 503, 504, 520, 599})
    void a_5xx_and_what_passes_by_itself_are_failures(int status) {
        assertFailed(status, answer(status, JSON, "{\"success\":\"0\",\"error_code\":\"FAIL\"}"));
        assertFailed(status, answer(status, "text/html", "<html>Bad Gateway</html>"));
        assertFailed(status, answer(status, null, ""));
    }

    @Test
    void a_failure_that_says_success_is_a_failure() {
        assertFailed(500, answer(500, JSON, "{\"success\":\"1\"}"));
        assertInstanceOf(Outcome.Refused.class, read(answer(400, JSON, "{\"success\":\"1\"}")));
    }

    // The account waits

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 422, 429, 500, 503})
    void a_rate_limit_throttles_under_any_status(int status) {
        Outcome.Throttled throttled = assertInstanceOf(
                Outcome.Throttled.class,
                read(retryAfter(status, "7", "{\"success\":\"0\",\"error_code\":\"RATE_LIMIT_EXCEEDED\"}")));
        assertEquals(status, throttled.status());
        assertEquals(Duration.ofSeconds(7), throttled.pause());
    }

    @Test
    void a_429_throttles_with_and_without_a_time() {
        assertEquals(Duration.ofSeconds(30), pause(retryAfter(429, "30")));
        assertEquals(Duration.ofMinutes(2), pause(retryAfter(429, "Sun, 01 Mar 2026 08:02:00 GMT")));
        for (String none : new String[] {null, "0", "-1", "soon", ""}) {
            assertNull(pause(retryAfter(429, none)));
        }
    }

    @Test
    void a_503_throttles_only_with_retry_after() {
        assertEquals(Duration.ofSeconds(30), pause(retryAfter(503, "30")));
        assertNull(pause(retryAfter(503, "0")));
        assertFailed(503, retryAfter(503, null));
        assertFailed(500, retryAfter(500, "30"));
        assertFailed(502, retryAfter(502, "30"));
    }

    // The account is refused

    @Test
    void a_401_refuses_the_key_whoever_says_so() {
        assertAccountRefused(401, TripCause.KEY, answer(401, JSON, "{\"success\":\"0\"}"));
        assertAccountRefused(401, TripCause.KEY, answer(401, "text/html", "<html>Forbidden</html>"));
        assertAccountRefused(401, TripCause.KEY, answer(401, null, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"success\":\"0\"}", "{}", "{\"message\":\"Forbidden\"}", "\"no\"", "{\"broken"})
    void a_403_in_json_refuses_the_key(String body) {
        assertAccountRefused(403, TripCause.KEY, answer(403, JSON, body));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", nullValues = "-", emptyValue = "", textBlock = """
            text/html              → <!doctype html><title>Just a moment...</title>
            -                      → <html><body>Attention Required!</body></html>
            application/json       → <html><body>Access denied</body></html>
            text/plain             → error code: 1020
            text/plain             → Forbidden
            application/xml        → <Error><Code>AccessDenied</Code></Error>
            application/json       → ''
            -                      → ''
            """)
    void a_403_that_is_not_json_comes_from_a_firewall_and_the_key_is_not_blamed(String type, String body) {
        assertAccountRefused(403, TripCause.FIREWALL, answer(403, type, body));
    }

    @ParameterizedTest
    @CsvSource({
        "402, PAYMENT",
        "404, ENDPOINT",
        "410, ENDPOINT",
        "405, CONTRACT",
        "415, CONTRACT",
        "426, CONTRACT",
        "451, FIREWALL",
        "511, FIREWALL"
    })
    void a_status_about_the_account_names_who_can_help(int status, TripCause cause) {
        assertAccountRefused(status, cause, answer(status, JSON, "{\"success\":\"0\",\"error_code\":\"NOT_FOUND\"}"));
        assertAccountRefused(status, cause, answer(status, "text/html", "<html>no</html>"));
        assertAccountRefused(status, cause, answer(status, null, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 20, 99, 1000, 20_000, 40_100, 42_900, 99_999, Integer.MAX_VALUE})
    void a_status_that_http_does_not_have_is_a_garbled_answer(int status) {
        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, read(answer(status, JSON, "{\"success\":\"1\"}")));
        assertNull(failed.status(), "no column holds it");
        assertTrue(failed.words().startsWith("the answer is garbled"), failed.words());
        assertInstanceOf(Outcome.Failed.class, read(answer(status, null, "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 102, 199})
    void an_answer_that_is_not_final_says_nothing_of_the_customer(int status) {
        assertInstanceOf(Outcome.Unknown.class, read(answer(status, JSON, "{\"success\":\"1\"}")));
        assertInstanceOf(Outcome.Unknown.class, read(answer(status, null, "")));
    }

    @Test
    void a_407_never_reached_alohub() {
        Outcome.NotSent notSent = assertInstanceOf(
                Outcome.NotSent.class, read(answer(407, "text/html", "<html>Login of bang@gmail.com</html>")));
        assertTrue(notSent.words().contains("proxy"), notSent.words());
        assertEquals(407, notSent.status());
        assertSilent(notSent.words());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 409, 422, 500, 503})
    void a_refused_key_is_known_by_its_code_under_any_status(int status) {
        for (String code : new String[] {"UNAUTHORIZED", "INSUFFICIENT_SCOPE"}) {
            String body = "{\"success\":\"0\",\"error_code\":\"" + code + "\",\"error_message\":\"no\"}";
            Outcome.AccountRefused refused = assertAccountRefused(status, TripCause.KEY, answer(status, JSON, body));
            assertTrue(refused.words().contains(code), refused.words());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void a_redirect_is_the_accounts_fault_and_its_host_is_named(int status) {
        Answer answer = redirect(status, "https://login.alohub.vn/sso?next=%2Fapi");
        Outcome.AccountRefused refused = assertAccountRefused(status, TripCause.ENDPOINT, answer);
        assertTrue(refused.words().contains("login.alohub.vn"), refused.words());
        assertTrue(refused.words().contains("alohub.base-url"), refused.words());
        assertFalse(refused.words().contains("next="), refused.words());
    }

    @Test
    void a_304_is_no_redirect() {
        Outcome.AccountRefused refused = assertAccountRefused(304, TripCause.ENDPOINT, answer(304, null, ""));
        assertFalse(refused.words().contains("redirect"), refused.words());
        assertTrue(refused.words().contains("cache or proxy"), refused.words());
        assertEquals(refused.words(), OwnWords.of(refused));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-", "/login", "https://", "http://[", "%%%", "''"})
    void a_redirect_to_nowhere_breaks_nothing(String location) {
        assertAccountRefused(302, TripCause.ENDPOINT, redirect(302, location));
    }

    // The words

    @Test
    void words_without_a_body_are_the_status() {
        assertEquals("HTTP 500", words(answer(500, null, "")));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void the_words_hold_neither_the_key_nor_the_customer(String echo) {
        String escaped = echo.replace("\"", "\\\"");
        for (int status : new int[] {200, 401, 404, 422, 429, 500}) {
            assertSilent(words(answer(status, JSON, "{\"success\":\"0\",\"error_message\":\"" + escaped + "\"}")));
            assertSilent(words(answer(status, JSON, "{\"success\":\"0\",\"data\":{\"said\":[\"" + escaped + "\"]}}")));
            assertSilent(words(answer(status, JSON, "{\"success\":\"0\",\"error_code\":\"" + escaped + "\"}")));
            assertSilent(words(answer(status, "text/html", "<html><p>" + echo + "</p></html>")));
        }
        assertSilent(words(answer(500, "text/plain", echo)));
        assertSilent(words(answer(500, JSON, "garbled " + echo)));
    }

    static Stream<String> echoes() {
        return Stream.of(
                "The key sk_live_4eC39HqLyjWD has expired",
                "Authorization:sk_live_4eC39HqLyjWD;",
                "0868793800 is taken",
                "phone=0868793800&x=1",
                "+84868793800 is taken",
                "84868793800",
                "868793800",
                "0868 793 800",
                "0868.793.800",
                "+84 868-793-800",
                "bang@gmail.com is taken",
                "BANG@GMAIL.COM",
                "<bang@gmail.com>",
                "mailto:bang@gmail.com",
                "Nguyễn Bằng is taken",
                "NGUYỄN BẰNG",
                "nguyễn bằng,",
                Normalizer.normalize("Nguyễn Bằng", Normalizer.Form.NFD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u006e", "\\u006E"})
    void json_escapes_hide_nothing(String n) {
        String name = "Nguy\\u1ec5" + n + " B\\u1eb1ng";
        assertSilent(words(answer(422, JSON, "{\"error_message\":\"" + name + "\"}")));
        assertSilent(words(answer(422, JSON, "{\"data\":\"" + name + "\"}")));
        assertSilent(words(answer(422, JSON, "{\"data\":\"\\u00308687\\u003993800\"}")));
        assertSilent(words(answer(422, JSON, "{\"data\":\"bang\\u0040gmail.com\"}")));
        assertSilent(words(answer(500, JSON, "{\"data\":\"" + name + "\"")));
        assertSilent(words(answer(500, JSON, "{\"data\":\"\\u00308687\\u003993800")));
    }

    @Test
    void a_slash_that_json_escapes_does_not_hide_the_key() { // PHP escapes every slash
        ApiKey key = ApiKey.of("sk/live/4eC39HqLyjWD");
        Answer answer = answer(401, JSON, "{\"success\":\"0\",\"data\":\"sk\\/live\\/4eC39HqLyjWD\"}");
        Outcome.AccountRefused refused =
                assertInstanceOf(Outcome.AccountRefused.class, new AnswerReader(false).read(answer, NOW, key, LEAD));
        assertFalse(refused.words().contains("4eC39HqLyjWD"), refused.words());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_message\":\"broken \\ud800 pair\"}",
                "{\"error_message\":\"broken \\udc00\\ud800 pair\"}",
                "{\"error_message\":\"nul \\u0000 here\"}",
                "{\"data\":\"broken \\ud800 pair \\u0000\"}",
                "{\"error_code\":\"\\ud800\\u0000\"}",
                "nul \u0000 in text",
                "\u0000"
            })
    void nul_and_lone_surrogates_are_repaired(String body) {
        assertStorable(words(answer(422, JSON, body)));
        assertStorable(words(answer(500, "text/plain", body)));
    }

    @Test
    void a_pair_of_surrogates_is_kept() {
        assertEquals("HTTP 422: 😀", words(answer(422, JSON, "{\"error_message\":\"\\ud83d\\ude00\"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x ", "ễ ", "😀 ", "lỗi, "})
    void the_words_have_2048_bytes_at_most(String text) {
        for (int status : new int[] {200, 302, 401, 422, 429, 500}) {
            String json = "{\"success\":\"0\",\"error_message\":\"" + text.repeat(9000) + "\"}";
            assertStorable(words(answer(status, JSON, json)));
        }
        assertStorable(words(answer(500, "text/plain", text.repeat(9000))));
        assertStorable(words(answer(500, JSON, "{\"success\":\"0\",\"error_code\":\"" + text.repeat(9000) + "\"}")));
    }

    /**
     * A call's thread reads its answer: what takes seconds or overflows the stack there costs the
     * lease.
     */
    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            text/plain       → a
            text/plain       → 1
            text/plain       → "1 "
            text/plain       → +1.
            text/plain       → @
            text/html        → <
            text/html        → "<script "
            text/html        → "<!-- "
            application/json → [
            application/json → 1
            application/json → {"a":
            application/json → \\u1ec5
            """, quoteCharacter = '"')
    void no_body_of_64_kib_takes_long(String type, String text) {
        String body = text.repeat(Answer.MAX_BODY / text.length());
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertStorable(words(answer(500, type, body))));
    }

    private static Answer answer(int status, String type, String body) {
        return answer(status, type, bytes(body), false);
    }

    private static Answer answer(int status, String type, byte[] body, boolean cut) {
        return new Answer(status, type, null, null, body, cut, false);
    }

    private static Answer redirect(int status, String location) {
        return new Answer(status, null, null, location, new byte[0], false, false);
    }

    private static Answer cut(String body) {
        return answer(200, JSON, bytes(body), true);
    }

    private static Answer retryAfter(int status, String value) {
        return retryAfter(status, value, "{\"success\":\"0\"}");
    }

    private static Answer retryAfter(int status, String value, String body) {
        return new Answer(status, JSON, RetryAfter.of(value, null), null, bytes(body), false, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Outcome read(Answer answer) {
        return new AnswerReader(false).read(answer, NOW, KEY, LEAD);
    }

    private static Duration pause(Answer answer) {
        return assertInstanceOf(Outcome.Throttled.class, read(answer)).pause();
    }

    private static String words(Answer answer) {
        return switch (read(answer)) {
            case Outcome.Refused(int status, String words) -> words;
            case Outcome.Failed(Integer status, String words) -> words;
            case Outcome.Throttled(int status, Duration pause, String words) -> words;
            case Outcome.AccountRefused(int status, TripCause cause, String words) -> words;
            case Outcome.Unknown(String words) -> words;
            case Outcome.NotSent(Integer status, String words) -> words;
            case Outcome.Accepted accepted -> "";
            case Outcome.NotStarted notStarted -> "";
        };
    }

    private static void assertAccepted(Answer answer) {
        assertEquals(
                answer.status(),
                assertInstanceOf(Outcome.Accepted.class, read(answer)).status());
    }

    private static void assertFailed(int status, Answer answer) {
        assertEquals(
                status, assertInstanceOf(Outcome.Failed.class, read(answer)).status());
    }

    private static Outcome.AccountRefused assertAccountRefused(int status, TripCause cause, Answer answer) {
        Outcome.AccountRefused refused = assertInstanceOf(Outcome.AccountRefused.class, read(answer));
        assertEquals(status, refused.status());
        assertEquals(cause, refused.cause());
        return refused;
    }

    private static void assertSilent(String words) {
        String plain = Normalizer.normalize(words, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        String digits = words.replaceAll("\\D", "");
        assertFalse(words.contains(KEY.value()), words);
        assertFalse(digits.contains("868793"), words);
        assertFalse(plain.contains("bang@"), words);
        assertFalse(plain.contains("bằng") || plain.contains("\\u1eb1ng"), words);
        assertFalse(words.contains("8687\\u003993800"), words);
    }

    private static void assertStorable(String words) {
        assertTrue(bytes(words).length <= 2048, () -> bytes(words).length + " bytes");
        assertTrue(words.indexOf('\u0000') < 0, "NUL");
        assertTrue(words.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), "a lone surrogate");
    }
}
