package io.alohubsync.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings.VersionUnit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RowOrderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant LATEST = NOW.plus(Duration.ofDays(1));

    @Test
    void ids_decide_where_nothing_is_set() {
        assertEquals(new RowOrder(false, VersionUnit.AUTO), RowOrder.BY_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS,              1",
        "MILLIS,            1000",
        "MICROS,         1000000",
        "NANOS,       1000000000"
    })
    void a_version_is_at_most_a_day_ahead_of_the_clock_in_its_unit(VersionUnit unit, long perSecond) {
        long latest = LATEST.getEpochSecond() * perSecond;
        assertFalse(isAbsurd(unit, NOW.getEpochSecond() * perSecond));
        assertFalse(isAbsurd(unit, latest));
        assertTrue(isAbsurd(unit, latest + 1));
        assertTrue(isAbsurd(unit, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"1, 1772355600", "1000, 1772355600000", "1000000, 1772355600000000", "1000000000, 1772355600000000000"})
    void the_digits_of_a_version_tell_its_unit_where_none_is_set(long perSecond, long anHourAhead) {
        assertEquals(NOW.plus(Duration.ofHours(1)).getEpochSecond() * perSecond, anHourAhead);
        long latest = LATEST.getEpochSecond() * perSecond;
        assertFalse(isAbsurd(VersionUnit.AUTO, anHourAhead));
        assertFalse(isAbsurd(VersionUnit.AUTO, latest));
        assertTrue(isAbsurd(VersionUnit.AUTO, latest + 1));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                42,
                999_999_999, // a counter
                1_000_000_000, // 2001, in seconds
                1_000_000_000_000L,
                1_000_000_000_000_000L,
                1_000_000_000_000_000_000L
            })
    void a_small_version_is_fine_whatever_it_counts(long version) {
        assertFalse(isAbsurd(VersionUnit.AUTO, version));
        assertFalse(isAbsurd(VersionUnit.COUNT, version));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                4_102_444_800L, // the year 2100 in seconds, and so on
                4_102_444_800_000L,
                4_102_444_800_000_000L,
                4_102_444_800_000_000_000L,
                253_402_300_799L, // 9999, the end of time in many a program
                253_402_300_799_000L,
                20_260_301_150_000L, // 2026-03-01 15:00:00 as it is written: no count of anything
                Long.MAX_VALUE
            })
    void a_time_far_ahead_is_absurd(long version) {
        assertTrue(isAbsurd(VersionUnit.AUTO, version));
    }

    @ParameterizedTest
    @ValueSource(longs = {4_102_444_800L, 253_402_300_799L, 20_260_301_150_000L, 1_000_000_000_000_000_000L})
    void a_count_may_be_higher_than_any_time(long version) {
        assertFalse(isAbsurd(VersionUnit.COUNT, version));
    }

    @Test
    void a_count_that_nothing_would_ever_pass_is_absurd_too() {
        assertTrue(isAbsurd(VersionUnit.COUNT, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @EnumSource
    void a_version_below_zero_is_old_and_never_absurd(VersionUnit unit) {
        for (long version : new long[] {-1, -1_772_355_600L, -1_772_355_600_000L, Long.MIN_VALUE}) {
            assertFalse(isAbsurd(unit, version));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "COUNT")
    void what_is_absurd_today_is_fine_when_its_time_has_come(VersionUnit unit) {
        RowOrder order = new RowOrder(true, unit);
        long perSecond = switch (unit) {
            case SECONDS, AUTO -> 1;
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS, COUNT -> 1_000_000_000;
        };
        long inAWeek = NOW.plus(Duration.ofDays(7)).getEpochSecond() * perSecond;
        assertTrue(order.isAbsurd(inAWeek, NOW));
        assertFalse(order.isAbsurd(inAWeek, NOW.plus(Duration.ofDays(6))));
    }

    @Test
    void a_fraction_of_a_second_of_the_clock_counts() {
        RowOrder millis = new RowOrder(true, VersionUnit.MILLIS);
        long latest = LATEST.toEpochMilli() + 500;
        assertTrue(millis.isAbsurd(latest, NOW));
        assertFalse(millis.isAbsurd(latest, NOW.plusMillis(500)));
        assertTrue(millis.isAbsurd(latest, NOW.plusNanos(499_999_999)));
    }

    private static boolean isAbsurd(VersionUnit unit, long version) {
        return new RowOrder(true, unit).isAbsurd(version, NOW);
    }
}
