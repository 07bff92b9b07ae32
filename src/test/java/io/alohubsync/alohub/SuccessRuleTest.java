package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a success among answers with a 2xx. */
class SuccessRuleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");
    private static final Lead LEAD = new Lead("0868793800", null, null);
    private static final String JSON = "application/json";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"FAIL\",\"error_message\":\"x\",\"data\":null}",
                "{\"error_code\":\"0\"}",
                "{\"error_code\":500}",
                "{\"errorCode\":\"FAIL\"}",
                "{\"ERROR_CODE\":\"NOT_FOUND\"}",
                "{\"error_code\":{\"value\":\"FAIL\"}}",
                "{\"errors\":{\"phone\":[\"invalid\"]}}",
                "{\"errors\":[{\"field\":\"phone\"}]}",
                "{\"errors\":\"phone\"}",
                "{\"Errors\":[1]}",
                "{\"error\":\"boom\"}",
                "{\"error\":true}",
                "{\"error\":1}",
                "{\"error\":{\"a\":{\"b\":[{},[],{\"c\":\"x\"}]}}}",
                "{\"status\":\"error\"}",
                "{\"status\":\"Fail\",\"message\":\"x\"}",
                "{\"status\":\"FAILED\"}",
                "{\"STATUS\":\" failure \"}",
                "{\"code\":400}",
                "{\"code\":\"422\"}",
                "{\"code\":500.0}",
                "{\"code\":1e9999}",
                "{\"code\":\"FAIL\"}",
                "{\"success\":\"0\"}",
                "{\"Success\":false}",
                "{\"SUCCESS\":0}",
                "{\"success\":\"1\",\"success\":\"0\"}",
                "{\"success\":\"0\",\"Success\":\"1\"}",
                "{\"success\":\"no\",\"status\":\"ok\"}",
                "false",
                " false\n",
                "0",
                "7",
                "-1.5",
                "1e400"
            })
    void a_2xx_that_says_it_failed_has_failed(String body) {
        for (String type : new String[] {JSON, "text/plain", "application/octet-stream", null}) {
            assertEquals(
                    200,
                    assertInstanceOf(Outcome.Failed.class, read(200, type, body))
                            .status(),
                    type);
        }
        assertInstanceOf(Outcome.Failed.class, read(201, JSON, "\ufeff" + body), "a byte order mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"SUCCESS\"}",
                "{\"error_code\":\"\",\"error_message\":null}",
                "{\"error_code\":null,\"error\":null,\"errors\":[],\"code\":0,\"status\":null}",
                "{\"error_code\":0,\"error\":false,\"errors\":{}}",
                "{\"error\":\"\",\"errors\":{\"phone\":[],\"name\":null,\"more\":[{},[[]],\"\",0,false]}}",
                "{\"status\":\"ok\",\"code\":200}",
                "{\"status\":\"200\",\"code\":\"201\"}",
                "{\"code\":\"399\"}",
                "{\"code\":\"OK\"}",
                "{\"data\":{\"error\":\"x\",\"status\":\"error\",\"code\":500,\"success\":\"0\"}}",
                "{\"message\":\"error\"}",
                "[]",
                "{}",
                "null",
                "\"\"",
                "true",
                "\"error\"",
                "OK",
                "7 leads",
                "false alarm",
                "0868793800",
                ""
            })
    void a_2xx_that_says_nothing_of_a_failure_counts_and_is_known_to_lack_the_envelope(String body) {
        assertEquals(new Outcome.Accepted(200, false), read(200, "text/plain", body));
        assertInstanceOf(Outcome.Failed.class, new AnswerReader(true).read(answer(200, JSON, body), NOW, KEY, LEAD));
        assertInstanceOf(Outcome.Failed.class, new AnswerReader(true).read(answer(204, null, body), NOW, KEY, LEAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":\"1\",\"error_code\":\"FAIL\",\"errors\":[1],\"status\":\"error\",\"code\":500}",
                "{\"errors\":[1],\"code\":401,\"error_code\":\"UNAUTHORIZED\",\"success\":true}",
                "{\"Success\":\"true\"}",
                "{\"SUCCESS\":1}",
                "{\"success\":1.0}"
            })
    void a_success_decides_whatever_else_there_is(String body) {
        assertEquals(new Outcome.Accepted(200, true), read(200, JSON, body));
        assertEquals(
                new Outcome.Accepted(200, true), new AnswerReader(true).read(answer(200, JSON, body), NOW, KEY, LEAD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":401}",
                "{\"code\":\"403\"}",
                "{\"code\":\"UNAUTHORIZED\"}",
                "{\"error\":\"INSUFFICIENT_SCOPE\"}",
                "{\"error\":{\"code\":\"unauthorized\",\"message\":\"x\"}}",
                "{\"errors\":[{\"code\":401}]}",
                "{\"success\":\"0\",\"error_code\":\"UNAUTHORIZED\"}",
                "{\"success\":false,\"code\":401}"
            })
    void a_key_code_under_a_2xx_refuses_the_account(String body) {
        assertEquals(
                TripCause.KEY,
                assertInstanceOf(Outcome.AccountRefused.class, read(200, JSON, body))
                        .cause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":429}",
                "{\"error_code\":\"RATE_LIMIT_EXCEEDED\"}",
                "{\"error_code\":429}",
                "{\"errors\":[{\"code\":\"RATE_LIMIT_EXCEEDED\"}]}",
                "{\"success\":\"0\",\"code\":\"429\"}"
            })
    void a_limit_code_under_a_2xx_throttles(String body) {
        assertInstanceOf(Outcome.Throttled.class, read(200, JSON, body));
    }

    @Test
    void a_number_is_no_key_code_where_the_status_speaks() {
        assertInstanceOf(Outcome.Refused.class, read(422, JSON, "{\"code\":401}"));
        assertInstanceOf(Outcome.Failed.class, read(500, JSON, "{\"code\":429}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><p>Wi-Fi login",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\"><html>",
                "<script>location='/login'</script>",
                "<title>Login</title>"
            })
    void a_web_page_is_no_success(String body) {
        for (String type : new String[] {JSON, "text/plain", "text/html", "application/xhtml+xml", null}) {
            assertInstanceOf(Outcome.Failed.class, read(200, type, body));
        }
    }

    @Test
    void what_is_too_deep_or_too_long_to_read_is_a_failure_unless_the_success_came_first() {
        String deep = "[".repeat(20_000);
        String digits = "1".repeat(60_000);
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (String type : new String[] {JSON, null}) {
                assertInstanceOf(Outcome.Failed.class, read(200, type, deep));
                assertInstanceOf(Outcome.Failed.class, read(200, type, "{\"errors\":" + deep));
                assertInstanceOf(Outcome.Failed.class, read(200, type, "{\"code\":" + digits + "}"));
                assertInstanceOf(Outcome.Failed.class, read(200, type, digits));
                assertEquals(new Outcome.Accepted(200, true), read(200, type, "{\"success\":\"1\",\"data\":" + deep));
            }
        });
    }

    @Test
    void content_that_can_not_be_decoded_is_a_failure_and_its_words_hold_none_of_it() {
        Answer garbled = new Answer(200, JSON, null, null, new byte[0], false, true);
        Outcome.Failed failed =
                assertInstanceOf(Outcome.Failed.class, new AnswerReader(false).read(garbled, NOW, KEY, LEAD));
        assertTrue(failed.words().contains("compressed"), failed.words());
        Answer refused = new Answer(422, JSON, null, null, new byte[0], false, true);
        assertEquals(new Outcome.Refused(422, "HTTP 422"), new AnswerReader(false).read(refused, NOW, KEY, LEAD));
    }

    private static Outcome read(int status, String type, String body) {
        return new AnswerReader(false).read(answer(status, type, body), NOW, KEY, LEAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":\"1\"",
                "{\"success\":\"1\",",
                "{\"success\":\"1\",\"data\":{\"id\":7",
                "{\"success\":\"1\"}}",
                "{\"success\":\"1\"} trailing",
                "{\"success\":\"1\"}{\"success\":\"0\"}",
                "{\"success\":\"1\"}{\"success\":\"1\"}",
                "{\"success\":\"1\"}<html>Fatal error</html>",
                "{\"success\":\"1\"}\nFatal error: Allowed memory size exhausted",
                "{\"success\":\"1\",\"data\":NaN}",
                "{\"success\":\"1\",\"data\":\"\u0001\"}",
                "{\"success\":\"1\",,}",
                "{\"success\":\"1\",'a':1}"
            })
    void a_success_in_a_body_that_is_not_whole_json_is_a_failure(String body) {
        for (String type : new String[] {JSON, "text/plain", "application/octet-stream", "text/html", null}) {
            Answer answer = new Answer(200, type, null, null, body.getBytes(StandardCharsets.UTF_8), false, false);
            Outcome.Failed failed = assertInstanceOf(
                    Outcome.Failed.class, new AnswerReader(false).read(answer, NOW, KEY, LEAD), type + " " + body);
            assertEquals(200, failed.status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":\"1\"}}",
                "{\"success\":\"1\"} trailing",
                "{\"success\":\"1\"}{\"success\":\"0\",\"data\":\"",
                "{\"success\":\"1\"}<html>Fatal error</html>",
                "{\"success\":\"1\"}\nFatal error: Allowed memory size exhausted",
                "{\"success\":\"1\",\"data\":NaN}",
                "{\"success\":\"1\",\"data\":\"\u0001\"}",
                "{\"success\":\"1\",,\"data\":\"",
                "{\"success\":\"1\",'a':1}"
            })
    void a_success_before_a_fault_is_a_failure_also_where_the_body_is_cut(String body) {
        for (String type : new String[] {JSON, "text/plain", null}) {
            assertInstanceOf(Outcome.Failed.class, cut(type, body + "x".repeat(64 * 1024 - body.length())), body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":\"1\",\"data\":\"%s",
                "{\"success\":\"1\",\"data\":\"%s\\",
                "{\"success\":\"1\",\"data\":\"%s\\u1e",
                "{\"success\":\"1\",\"data\":[\"%s\",tru",
                "{\"success\":\"1\",\"data\":[\"%s\",-",
                "{\"success\":\"1\",\"data\":[\"%s\",12.",
                "{\"success\":\"1\",\"data\":[\"%s\"",
                "{\"success\":\"1\",\"data\":{\"%s\":",
                "{\"success\":\"1\",\"error\":{\"%s\":1,",
                "{\"success\":\"1\",\"%s"
            })
    void a_success_counts_where_the_rest_was_cut(String body) {
        assertEquals(new Outcome.Accepted(200, true), cut(JSON, body.formatted("é".repeat(33_000))));
    }

    @Test
    void byte_order_marks_hide_neither_a_failure_nor_a_success() {
        for (String type : new String[] {JSON, "application/json; charset=utf-16", "text/plain", "text/html", null}) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                for (String marks : List.of("\uFEFF", "\uFEFF\uFEFF", "\uFEFF\n\uFEFF ")) {
                    assertInstanceOf(Outcome.Failed.class, read(type, marks + "{\"success\":\"0\"}", charset), type);
                    assertEquals(
                            new Outcome.Accepted(200, true), read(type, marks + "{\"success\":\"1\"}", charset), type);
                }
            }
        }
    }

    private static Outcome read(String type, String body, Charset charset) {
        Answer answer = new Answer(200, type, null, null, body.getBytes(charset), false, false);
        return new AnswerReader(false).read(answer, NOW, KEY, LEAD);
    }

    private static Outcome cut(String type, String body) {
        Answer answer = new Answer(200, type, null, null, body.getBytes(StandardCharsets.UTF_8), true, false);
        return new AnswerReader(false).read(answer, NOW, KEY, LEAD);
    }

    private static Answer answer(int status, String type, String body) {
        return new Answer(status, type, null, null, body.getBytes(StandardCharsets.UTF_8), false, false);
    }
}
