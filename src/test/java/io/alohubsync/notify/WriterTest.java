package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.Language;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read. */
class WriterTest {

    private static final Instant AT = Instant.parse("2026-11-27T01:00:00Z");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    private static Letter letter(Language language, String event, String account, JsonObject facts) {
        Words words = new Words(language, ZoneId.of("Asia/Ho_Chi_Minh"));
        return new Writer(words, "https://sync.example.vn/").letter(new Message.Content(event, account, facts, AT));
    }

    private static JsonObject figures(String account, String state, long delivered) {
        return new JsonObject()
                .put("account", account)
                .put("state", state)
                .put("cause", Causes.of(state, null))
                .put("delivered", delivered)
                .put("failed", 3)
                .put("rejected", 61)
                .put("waiting", 12)
                .put("dead", 4)
                .put("held", 1)
                .put("oldestSeconds", 1380);
    }

    private static JsonObject day() {
        return new JsonObject()
                .put("day", "2026-11-26")
                .put("rows", 1400)
                .put("rejected", 61)
                .put("accounts", new JsonArray().add(figures("default", "KEY_REJECTED", 1204)))
                .put(
                        "reasons",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("reason", "phone.missing")
                                        .put("count", 61)))
                .put(
                        "failures",
                        new JsonArray()
                                .add(new JsonObject().put("outcome", "REFUSED").put("count", 3)));
    }

    /** A replica of a newer version has written it. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void a_code_without_words_stands_for_itself(Language language) {
        JsonObject facts = new JsonObject().put("state", "OF_LATER").put("cause", "ALSO_LATER");
        String text = letter(language, "account.tripped", "default", facts).plain();
        assertTrue(text.contains("OF_LATER") && text.contains("ALSO_LATER"), text);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void who_reads_that_something_is_out_of_order_gets_the_page_about_it_in_the_same_language(Language language) {
        JsonObject facts = new JsonObject().put("state", "KEY_REJECTED").put("cause", "KEY");
        String page = "https://sync.example.vn/docs/" + (language == Language.VI ? "vi" : "en")
                + "/runbook/AlohubSyncAccountTripped";
        Letter tripped = letter(language, "account.tripped", "default", facts);
        assertTrue(tripped.plain().contains(page + "\n"), tripped.plain());
        assertTrue(tripped.html("vi").contains("<a href=\"" + page + "\">"), tripped.html("vi"));
        assertFalse(
                letter(language, "account.recovered", "default", facts).plain().contains("/docs/"));
    }

    @Test
    void the_digest_in_vietnamese_has_the_figures_of_each_account_and_the_problems_with_their_remedies() {
        Letter letter = letter(Language.VI, Digest.EVENT, "", day());
        assertEquals("26/11/2026: đã gửi 1.204, lỗi 3, bị từ chối 61", letter.subject());
        assertEquals("""
                Số liệu ngày 26/11/2026:

                Tài khoản default (Alohub từ chối khóa API)
                - Việc cần làm: Thay khóa API (tệp alohub.api-key-file được tự động đọc lại), hoặc đề nghị Alohub cấp quyền contacts cho khóa này.
                - Đã gửi: 1.204
                - Lần gửi bị lỗi: 3
                - Dòng bị từ chối: 61
                - Đang chờ: 12, lâu nhất đã chờ 23 phút
                - Không tự gửi tiếp: 4 bị Alohub từ chối hoặc đã hết số lần gửi, 1 đang được giữ lại

                Dòng bị từ chối theo lý do:
                - 61: Dòng này không có số điện thoại. (phone.missing)

                Lần gửi bị lỗi theo loại:
                - 3: Alohub từ chối dữ liệu của khách hàng. Câu trả lời có ở trang của từng khách hàng; hãy sửa ở hệ thống nguồn.

                4 khách hàng chỉ được gửi sau khi sửa ở hệ thống nguồn, hoặc khi bấm gửi lại trên trang quản trị.

                Trang quản trị: https://sync.example.vn/

                Thư do alohub-sync gửi tự động, vui lòng không trả lời.
                """, letter.plain());
    }

    @Test
    void the_digest_in_english_says_the_same() {
        Letter letter = letter(Language.EN, Digest.EVENT, "", day());
        assertEquals("2026-11-26: 1,204 delivered, 3 failed, 61 rejected", letter.subject());
        assertTrue(letter.plain().contains("- Waiting now: 12, the oldest due for 23 min\n"), letter.plain());
        assertTrue(letter.plain().contains("- 61: The row has no phone. (phone.missing)\n"), letter.plain());
    }

    @Test
    void a_day_on_which_nothing_happened_is_short() {
        JsonObject quiet = day().put("rows", 0)
                .put("rejected", 0)
                .put("reasons", new JsonArray())
                .put("failures", new JsonArray())
                .put(
                        "accounts",
                        new JsonArray()
                                .add(figures("default", "ACTIVE", 0)
                                        .put("failed", 0)
                                        .put("rejected", 0)
                                        .put("waiting", 0)
                                        .put("dead", 0)));
        Letter letter = letter(Language.VI, Digest.EVENT, "", quiet);
        assertEquals("26/11/2026: không có gì để gửi", letter.subject());
        assertEquals(5, letter.lines().size(), letter.plain());
    }

    @Test
    void customers_that_wait_for_their_next_attempt_have_waited_for_no_time() {
        JsonObject day = day().put(
                        "accounts",
                        new JsonArray()
                                .add(figures("default", "ACTIVE", 5)
                                        .put("waiting", 3)
                                        .put("oldestSeconds", 0)));
        String letter = letter(Language.VI, Digest.EVENT, "", day).plain();
        assertTrue(letter.contains("- Đang chờ: 3, chưa đến lượt gửi\n"), letter);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void each_event_has_its_words_and_no_place_stays_open(Language language) {
        JsonObject facts = new JsonObject().put("since", "2026-11-27T00:58:00Z");
        for (String state :
                List.of("KEY_REJECTED", "MISCONFIGURED", "BLOCKED", "UNREACHABLE", "THROTTLED", "RECOVERING")) {
            assertWhole(letter(
                    language,
                    "account.tripped",
                    "brandb",
                    facts.copy().put("state", state).put("cause", Causes.of(state, null))));
        }
        for (String cause : List.of("PAYMENT", "CONTRACT", "FAILING", "REFUSALS")) {
            assertWhole(letter(
                    language,
                    "account.tripped",
                    "brandb",
                    facts.copy().put("state", "MISCONFIGURED").put("cause", cause)));
        }
        assertWhole(letter(
                language,
                "account.recovered",
                "brandb",
                facts.copy().put("state", "ACTIVE").put("cause", "ACTIVE")));
        JsonObject due = facts.copy().put("due", 3).put("oldestSeconds", 1000).put("targetSeconds", 900);
        assertWhole(letter(language, "customers.overdue", "brandb", due));
        assertWhole(letter(language, "customers.on-time", "brandb", due));
        JsonObject rows = facts.copy()
                .put("rejected", 50)
                .put("rows", 400)
                .put(
                        "reasons",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("reason", "phone.foreign")
                                        .put("count", 50)));
        assertWhole(letter(language, "rows.rejected", "", rows));
        JsonArray sources = new JsonArray()
                .add(new JsonObject().put("source", "shop").put("count", 15))
                .add(new JsonObject().put("source", "none").put("count", 5));
        Letter ofSources = letter(language, "rows.rejected", "", rows.copy().put("sources", sources));
        assertWhole(ofSources);
        assertTrue(ofSources.subject().contains("shop"), ofSources.subject());
        assertTrue(ofSources.plain().contains("- shop: 15"), ofSources.plain());
        assertFalse(ofSources.plain().contains("none: 5"), ofSources.plain());
        assertWhole(letter(language, "rows.accepted", "", rows));
        assertWhole(letter(language, "test", "", new JsonObject()));
    }

    private static void assertWhole(Letter letter) {
        assertFalse(PLACE.matcher(letter.subject() + letter.plain()).find(), letter.plain());
        assertTrue(letter.subject().length() <= 78, letter.subject());
    }

    @Test
    void both_languages_have_the_same_texts_with_the_same_places() {
        Set<String> english = Words.texts(Language.EN).stringPropertyNames();
        assertEquals(
                new TreeSet<>(english), new TreeSet<>(Words.texts(Language.VI).stringPropertyNames()));
        for (String key : english) {
            if (!key.startsWith("format.")) {
                assertTrue(places(Language.EN, key).containsAll(places(Language.VI, key)), key);
            }
        }
    }

    private static Set<String> places(Language language, String key) {
        return PLACE.matcher(Words.texts(language).getProperty(key))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void no_line_break_gets_into_a_subject_and_no_tag_into_the_html() {
        Letter letter = new Letter("a\r\nBcc: an@example.vn", List.of("<script>alert(1)</script>", "- \"x\" & 'y'"));
        assertEquals("a Bcc: an@example.vn", letter.subject());
        assertFalse(letter.html("vi").contains("<script>"));
        assertTrue(letter.html("vi").contains("<li>&quot;x&quot; &amp; &#39;y&#39;</li>"), letter.html("vi"));
    }
}
