package io.alohubsync.intake.webhook;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source's version of a customer: a whole number as it is, a time as milliseconds since 1970. A
 * time without a zone counts as UTC: only times of one source are compared.
 */
final class Version {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
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
        if (NUMBER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        try {
            return TIME.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from)
                            instanceof OffsetDateTime zoned
                    ? zoned.toInstant().toEpochMilli()
                    : millis(LocalDateTime.parse(text.replace(' ', 'T'), TIME));
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static long millis(LocalDateTime time) {
        Instant instant = time.toInstant(ZoneOffset.UTC);
        return instant.toEpochMilli();
    }
}
