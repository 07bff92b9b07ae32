package io.alohubsync.operate.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportFormTest {

    private static final Instant NOON = Instant.parse("2026-11-02T05:00:00.123Z");
    private static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final ExportForm VIETNAMESE = new ExportForm(true, SAIGON, Map.of("DEAD", "đã ngừng gửi"));
    private static final ExportForm ENGLISH = new ExportForm(false, SAIGON, Map.of("DEAD", "dead"));
    private static final ExportForm PROGRAMS = ExportForm.ofPrograms(true);

    @Test
    void times_are_those_of_the_console_and_programs_get_instants() {
        assertEquals("02/11/2026 12:00:00", VIETNAMESE.time(NOON));
        assertEquals("2026-11-02 12:00:00", ENGLISH.time(NOON));
        assertEquals("2026-11-02T05:00:00.123Z", PROGRAMS.time(NOON));
        assertNull(VIETNAMESE.time(null));
        assertEquals("Lúc (Asia/Ho_Chi_Minh)", VIETNAMESE.when("Lúc"));
        assertEquals("Lúc", PROGRAMS.when("Lúc"));
    }

    @Test
    void statuses_and_our_own_sentences_are_the_readers() {
        assertEquals("đã ngừng gửi", VIETNAMESE.status("DEAD"));
        assertEquals("LATER", VIETNAMESE.status("LATER"));
        assertEquals("DEAD", PROGRAMS.status("DEAD"));
        assertEquals("câu trả lời bị ngắt giữa chừng", VIETNAMESE.words("the answer broke off"));
        assertEquals("HTTP 422: Sai tên", VIETNAMESE.words("HTTP 422: Sai tên"));
        assertEquals("the answer broke off", PROGRAMS.words("the answer broke off"));
    }

    @ParameterizedTest
    @CsvSource({
        "0868793800, 0868 793 800",
        "02838123456, 0283 812 3456",
        "0868793, 0868 793",
        "'0868-793-800', '0868-793-800'",
        "+6591234567, +6591234567",
        "=1+1, =1+1",
        "123, 123"
    })
    void a_phone_of_digits_has_spaces_so_that_a_spreadsheet_keeps_its_first_digit(String phone, String cell) {
        assertEquals(cell, VIETNAMESE.phone(phone));
        assertEquals(phone, PROGRAMS.phone(phone));
    }
}
