package io.alohubsync.alohub;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of RFC 9110, 10.2.3: seconds or an HTTP date. */
final class RetryAfter {

    static final Duration LEAST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    private RetryAfter() {}

    /** @return between a second and an hour; null: no header, zero, the past or nonsense */
    static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return clamped(Duration.ofSeconds(text.length() > 9 ? 999_999_999 : Long.parseLong(text)));
        }
        try {
            ZonedDateTime until =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
            return clamped(Duration.between(now, until.toInstant()));
        } catch (DateTimeException | ArithmeticException nonsense) {
            return null;
        }
    }

    private static @Nullable Duration clamped(Duration pause) {
        if (pause.isNegative() || pause.isZero()) {
            return null;
        }
        return pause.compareTo(LEAST) < 0 ? LEAST : pause.compareTo(MOST) > 0 ? MOST : pause;
    }
}
