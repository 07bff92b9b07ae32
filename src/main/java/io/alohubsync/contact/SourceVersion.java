package io.alohubsync.contact;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source's version of a customer: a whole number as it is, a time as microseconds since 1970, as
 * the recipes' triggers count, whatever way it comes in.
 */
public final class SourceVersion {

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,19})(\\.0+)?");

    /** A workbook's time: days since the end of 1899. */
    private static final Pattern DAYS = Pattern.compile("[2-9][0-9]{4}\\.[0-9]{1,15}");

    private static final LocalDateTime DAY_0 = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final BigDecimal MILLIS_A_DAY = BigDecimal.valueOf(86_400_000);

    private static final String OFFSET = "[XXX][XX][X]";
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern(OFFSET)
            .toFormatter();

    /** As people and spreadsheet programs write them. */
    private static final List<DateTimeFormatter> OF_CELLS = List.of(
            TIME,
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern(OFFSET)
                    .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                    .toFormatter(),
            new DateTimeFormatterBuilder()
                    .appendPattern("d/M/uuuu['T'H:mm[:ss]]")
                    .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                    .toFormatter());

    private SourceVersion() {}

    /**
     * Of a program, whose time without a zone counts as UTC.
     *
     * @return null: it is neither; a row without one is taken all the same
     */
    public static @Nullable Long of(@Nullable String text) {
        return text == null ? null : of(text, List.of(TIME), ZoneOffset.UTC);
    }

    /**
     * Of a cell of a file: also a day alone, a time as people write it, or a workbook's number.
     *
     * @param zone of a time without one
     */
    public static @Nullable Long ofCell(String cell, ZoneId zone) {
        String text = cell.strip();
        if (DAYS.matcher(text).matches()) {
            BigDecimal millis = new BigDecimal(text).multiply(MILLIS_A_DAY);
            long whole = millis.setScale(0, RoundingMode.HALF_UP).longValueExact();
            return micros(DAY_0.plus(whole, ChronoUnit.MILLIS).atZone(zone).toInstant());
        }
        return text.isEmpty() ? null : of(text, OF_CELLS, zone);
    }

    private static @Nullable Long of(String text, List<DateTimeFormatter> forms, ZoneId zone) {
        Matcher number = NUMBER.matcher(text);
        try {
            if (number.matches()) {
                return Long.valueOf(number.group(1));
            }
        } catch (NumberFormatException tooLarge) {
            return null;
        }
        String time = text.replace(' ', 'T');
        for (DateTimeFormatter form : forms) {
            try {
                return micros(
                        form.parseBest(time, OffsetDateTime::from, LocalDateTime::from) instanceof OffsetDateTime zoned
                                ? zoned.toInstant()
                                : LocalDateTime.parse(time, form).atZone(zone).toInstant());
            } catch (DateTimeException | ArithmeticException none) {
                // in another form, or too far away
            }
        }
        return null;
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }
}
