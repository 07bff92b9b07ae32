package io.alohubsync.alohub;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header of RFC 9110, 10.2.3: seconds or an HTTP date. */
final class RetryAfter {

    static final Duration LEAST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofDays(7); // a longer time is a mistake

    /**
     * RFC 9110, 5.6.7: the current date format, and the two obsolete ones that a client must
     * accept. All are GMT.
     */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    private RetryAfter() {}

    /** @return between a second and a week; null: no header, zero, the past or nonsense */
    static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return clamped(Duration.ofSeconds(text.length() > 9 ? 999_999_999 : Long.parseLong(text)));
        }
        for (DateTimeFormatter format : DATES) {
            try {
                Instant until = LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
                return clamped(Duration.between(now, until));
            } catch (DateTimeException | ArithmeticException notThisOne) {
                continue;
            }
        }
        return null;
    }

    private static @Nullable Duration clamped(Duration pause) {
        if (pause.isNegative() || pause.isZero()) {
            return null;
        }
        return pause.compareTo(LEAST) < 0 ? LEAST : pause.compareTo(MOST) > 0 ? MOST : pause;
    }
}
