package io.alohubsync.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SourceVersionTest {

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    @Test
    void a_version_is_a_number_or_a_time() {
        assertEquals(17L, SourceVersion.of("17"));
        assertEquals(1_767_323_045_123_456L, SourceVersion.of("2026-01-02T03:04:05.123456Z"));
        assertEquals(1_767_323_045_000_000L, SourceVersion.of("2026-01-02T10:04:05+0700"));
        assertEquals(1_767_323_045_000_000L, SourceVersion.of("2026-01-02T10:04:05+07:00"));
        assertEquals(
                1_795_654_923_000_000L,
                SourceVersion.of("2026-11-26 01:02:03"),
                "as the trigger of Odoo counts its write_date");
        assertEquals(1_767_323_045_730_000L, SourceVersion.of("2026-01-02T03:04:05.7300000"));
        assertEquals(1_715_588_472_123_456_789L, SourceVersion.of("1715588472123456789"), "nanoseconds");
        assertEquals(1_715_588_472_000L, SourceVersion.of("1715588472000.0"));
        assertEquals(Long.MIN_VALUE, SourceVersion.of("-9223372036854775808"));
        assertNull(SourceVersion.of("9223372036854775808"));
        assertNull(SourceVersion.of("+999999999-12-31T00:00:00"));
        assertNull(SourceVersion.of("-999999999-01-01T00:00:00Z"));
        assertNull(SourceVersion.of("yesterday"));
        assertNull(SourceVersion.of("99999999999999999999"));
        assertNull(SourceVersion.of(null));
    }

    /** As spreadsheets and people write it; without a zone it is the local time. */
    @Test
    void a_time_in_a_cell_counts_as_the_same_time_of_a_program() {
        long at = SourceVersion.of("2026-05-26T01:30:00Z");
        for (String time : new String[] {
            "2026-05-26T08:30:00",
            "2026-05-26 08:30",
            "26/5/2026 8:30",
            " 26/05/2026 08:30:00 ",
            "46168.3541666667",
            "2026-05-26T08:30:00.0000000",
            "2026-05-26 08:30:00.000000+07",
            "2026-05-26T01:30:00Z"
        }) {
            assertEquals(at, SourceVersion.ofCell(time, VIETNAM), time);
        }
        assertEquals(at + 730_000, SourceVersion.ofCell("2026-05-26T08:30:00.7300000", VIETNAM));
        long day = SourceVersion.of("2026-05-25T17:00:00Z");
        for (String alone : new String[] {"26/05/2026", "2026-05-26", "2026-05-25Z", "2026-05-26+07:00"}) {
            long expected = alone.endsWith("Z") ? day - 17 * 3_600_000_000L : day;
            assertEquals(expected, SourceVersion.ofCell(alone, VIETNAM), alone);
        }
        assertEquals(17L, SourceVersion.ofCell(" 17 ", VIETNAM));
        for (String none : new String[] {"", "x", "12:30", "99999999999999999999"}) {
            assertNull(SourceVersion.ofCell(none, VIETNAM), none);
        }
    }
}
