package io.alohubsync.intake.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source's version of a customer: a whole number as it is, a time as microseconds since 1970, as
 * the recipes' triggers count. A time without a zone counts as UTC.
 */
final class Version {

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,19})(\\.0+)?");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private Version() {}

    /** @return null: it is neither; a row without one is taken all the same */
    static @Nullable Long of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher number = NUMBER.matcher(text);
        try {
            return number.matches() ? Long.valueOf(number.group(1)) : Long.valueOf(time(text.replace(' ', 'T')));
        } catch (DateTimeException | ArithmeticException | NumberFormatException none) {
            return null; // too far away counts as none, too
        }
    }

    private static long time(String text) {
        Instant time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from) instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }
}
