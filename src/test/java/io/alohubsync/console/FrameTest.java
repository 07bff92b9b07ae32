package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static Frame frame(Words words, String here) {
        return new Frame(
                words, null, "", here, ZoneId.of("Asia/Ho_Chi_Minh"), Instant.parse("2026-11-26T18:00:00Z"), null);
    }

    @Test
    void times_are_the_readers_own_and_have_a_day_where_it_is_another() {
        Frame frame = frame(Words.VIETNAMESE, "/");
        assertEquals("00:30:05", frame.time(Instant.parse("2026-11-26T17:30:05Z")));
        assertEquals("26/11/2026 23:59:59", frame.time(Instant.parse("2026-11-26T16:59:59Z")));
        assertEquals("", frame.time(null));
    }

    @Test
    void numbers_are_written_as_the_language_has_them() {
        assertEquals("1.234.567", frame(Words.VIETNAMESE, "/").number(1_234_567L));
        assertEquals("1,234,567", frame(Words.ENGLISH, "/").number(1_234_567L));
    }

    @Test
    void a_share_is_never_rounded_up_to_its_target() {
        assertEquals("98.9%", frame(Words.ENGLISH, "/").percent(0.98999));
        assertEquals("99.9%", frame(Words.ENGLISH, "/").percent(0.99999));
        assertEquals("100%", frame(Words.ENGLISH, "/").percent(1));
        assertEquals("0%", frame(Words.ENGLISH, "/").percent(0));
    }

    @ParameterizedTest
    @CsvSource({"59, 59 s", "119, 119 s", "120, 2 min", "7199, 119 min", "7200, 2 h", "172800, 2 days", "-5, 0 s"})
    void a_duration_has_the_largest_unit_that_says_enough(long seconds, String text) {
        assertEquals(text, frame(Words.ENGLISH, "/").duration(seconds));
    }

    @Test
    void another_value_of_a_parameter_keeps_the_others_and_begins_the_list_anew() {
        Frame frame = frame(Words.ENGLISH, "/customers?q=a%26b&cursor=x&show=true");
        assertEquals("/customers?q=a%26b&show=true&cursor=y%2Bz", frame.with("cursor", "y+z"));
        assertEquals("/customers?q=a%26b", frame.with("show", ""));
        assertEquals("/customers?show=true&q=%22%3E%3Cb%3E", frame.with("q", "\"><b>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "/login",
                "javascript:alert(1)",
                "",
                "/a\nb",
                "/a b"
            })
    void a_form_leads_to_no_other_site(String to) {
        assertEquals("/", Paths.local(to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/customers?q=nguyen%20van&status=DEAD", "/problems/RkFJTFVSRQ_-"})
    void a_form_leads_back_to_its_page(String to) {
        assertEquals(to, Paths.local(to));
    }
}
