package io.alohubsync.spreadsheet;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source's version of a customer: a whole number as it is, a time as milliseconds since 1970. A
 * time without a zone counts as UTC: only times of one source are compared.
 */
final class SourceVersion {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    /** A workbook's time: days since the end of 1899. */
    private static final Pattern DAYS = Pattern.compile("[2-9][0-9]{4}\\.[0-9]{1,15}");

    private static final LocalDateTime DAY_0 = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final BigDecimal MILLIS_A_DAY = BigDecimal.valueOf(86_400_000);

    private static final List<DateTimeFormatter> TIMES = List.of(
            time("uuuu-MM-dd[['T'][' ']HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]][XXX][XX][X]"),
            time("d/M/uuuu[ H:mm[:ss]]"));

    private SourceVersion() {}

    private static DateTimeFormatter time(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .toFormatter();
    }

    /** @return null: it is neither */
    static @Nullable Long of(String cell) {
        String text = cell.strip();
        if (NUMBER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        if (DAYS.matcher(text).matches()) {
            long millis = new BigDecimal(text).multiply(MILLIS_A_DAY).longValue();
            return DAY_0.toInstant(ZoneOffset.UTC).toEpochMilli() + millis;
        }
        for (DateTimeFormatter form : text.isEmpty() ? List.<DateTimeFormatter>of() : TIMES) {
            @Nullable Long time = time(text, form);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Long time(String text, DateTimeFormatter form) {
        try {
            return form.parseBest(text, OffsetDateTime::from, LocalDateTime::from) instanceof OffsetDateTime zoned
                    ? zoned.toInstant().toEpochMilli()
                    : LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException none) {
            return null;
        }
    }
}
