package io.alohubsync.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final Instant NOW = Instant.parse("2026-07-15T10:00:00Z");

    /** In July a time of January has the offset of January. */
    @ParameterizedTest
    @CsvSource({
        "2h, 2026-07-15T08:00:00Z",
        "2026-01-15, 2026-01-14T23:00:00Z",
        "2026-07-15 10:00:00, 2026-07-15T08:00:00Z",
        "2026-01-15T10:00, 2026-01-15T09:00:00Z",
        "2026-01-15T10:00:00Z, 2026-01-15T10:00:00Z",
        "2026-01-15T10:00:00+07:00, 2026-01-15T03:00:00Z",
        "2026-01-15T10:00:00+0700, 2026-01-15T03:00:00Z",
        "2026-01-15 10:00:00.5-0130, 2026-01-15T11:30:00.500Z"
    })
    void a_time_is_a_span_a_date_or_a_time_of_the_zone_or_of_its_own_offset(String typed, Instant meant) {
        assertEquals(Optional.of(meant), Times.since(typed, NOW, ZoneId.of("Europe/Berlin")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-02-30", "2026-01-15T25:00", "2026-01-15T10:00+7", "9999999d", "-2h"})
    void anything_else_is_none(String typed) {
        assertEquals(Optional.empty(), Times.since(typed, NOW, ZoneId.of("Europe/Berlin")));
    }
}
