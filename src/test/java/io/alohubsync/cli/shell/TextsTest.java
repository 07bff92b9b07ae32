package io.alohubsync.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.config.Nearest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What commands read from a person and print for one. */
class TextsTest {

    private static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final Settings NONE = settings(Map.of());

    private static Settings settings(Map<String, String> values) {
        return new Settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build());
    }

    @Test
    void a_table_aligns_vietnamese_in_both_forms_of_unicode_and_colours() {
        String decomposed = java.text.Normalizer.normalize("Thủy", java.text.Normalizer.Form.NFD);
        assertEquals(
                List.of("TÊN    LẦN", decomposed + "   1", "\u001b[32mOK\u001b[0m     22"),
                Table.lines(List.of(
                        List.of("TÊN", "LẦN"), List.of(decomposed, "1"), List.of("\u001b[32mOK\u001b[0m", "22"))));
    }

    @Test
    void text_of_others_commands_no_terminal() {
        assertEquals("a [31mred b c", Table.plain("a\u001b[31mred\nb\u202ec"));
    }

    @Test
    void ages_name_one_unit() {
        assertEquals(
                List.of("0s", "119s", "2m", "119m", "2h", "47h", "2d"),
                List.of(-3L, 119L, 120L, 7199L, 7200L, 172_799L, 172_800L).stream()
                        .map(Times::age)
                        .toList());
    }

    @Test
    void since_takes_a_span_a_date_and_a_time() {
        assertEquals(Optional.of(Instant.parse("2026-11-26T07:00:00Z")), Times.since("2h", NOW, SAIGON));
        assertEquals(Optional.of(Instant.parse("2026-11-23T09:00:00Z")), Times.since(" 3d ", NOW, SAIGON));
        assertEquals(Optional.of(Instant.parse("2026-11-25T17:00:00Z")), Times.since("2026-11-26", NOW, SAIGON));
        assertEquals(Optional.of(Instant.parse("2026-11-26T01:30:00Z")), Times.since("2026-11-26T08:30", NOW, SAIGON));
        assertEquals(Optional.of(Instant.parse("2026-11-26T01:30:00Z")), Times.since("2026-11-26 08:30", NOW, SAIGON));
        assertEquals(Optional.of(Instant.parse("2026-11-26T08:30:00Z")), Times.since("2026-11-26T08:30Z", NOW, SAIGON));
        for (String wrong : List.of("", "yesterday", "2x", "2026-13-01", "99999999999999999999d", "2026-11-26T25:00")) {
            assertEquals(Optional.empty(), Times.since(wrong, NOW, SAIGON), wrong);
        }
    }

    @Test
    void a_phone_is_found_in_any_usual_form() {
        for (String form : List.of(
                "0868793800",
                "868793800",
                "84868793800",
                "+84868793800",
                "0084868793800",
                "+84 (0)868.793.800",
                "0868 793 800",
                "0868-793-800",
                "SĐT: 0868793800")) {
            assertEquals(Optional.of("+84868793800"), PhoneKey.of(form, NONE), form);
        }
        assertEquals(Optional.of("+84845678901"), PhoneKey.of("845678901", NONE), "a mobile without its zero");
        assertEquals(Optional.of("+842838222222"), PhoneKey.of("(028) 3822 2222", NONE), "a landline");
        for (String none : List.of("", "KH10001", "12345", "hello")) {
            assertEquals(Optional.empty(), PhoneKey.of(none, NONE), none);
        }
    }

    @Test
    void a_phone_by_an_accepted_prefix_of_the_settings_is_one() {
        assertEquals(Optional.empty(), PhoneKey.of("0671234567", NONE));
        assertEquals(
                Optional.of("+84671234567"),
                PhoneKey.of("067 123 4567", settings(Map.of("alohub.phone.accept-prefixes", "067"))));
    }

    @Test
    void json_has_the_types_of_the_values() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "Thủy \"T\"\n");
        row.put("count", 3L);
        row.put("rate", new java.math.BigDecimal("0.5"));
        row.put("at", NOW);
        row.put("none", null);
        row.put("yes", true);
        row.put("codes", new ArrayList<>(Arrays.asList("a", null)));
        assertEquals(
                "{\"name\":\"Thủy \\\"T\\\"\\n\",\"count\":3,\"rate\":0.5,\"at\":\"2026-11-26T09:00:00Z\",\"none\":null,"
                        + "\"yes\":true,\"codes\":[\"a\",null]}",
                JsonText.of(row));
    }

    @Test
    void the_reason_of_an_act_says_who_typed_it() {
        WhyOption why = new WhyOption();
        why.by = "an";
        assertEquals("command line: an", why.text());
        why.why = " stocktaking ";
        assertEquals("stocktaking (command line: an)", why.text());
    }

    @Test
    void the_nearest_word_is_a_typing_error_away() {
        List<String> commands = List.of("status", "show", "retry", "problems");
        assertEquals("status", Nearest.of("statsu", commands));
        assertEquals("problems", Nearest.of("problem", commands));
        assertEquals("retry", Nearest.of("rety", commands));
        assertEquals("", Nearest.of("import", commands));
        assertEquals("", Nearest.of("", commands));
    }
}
