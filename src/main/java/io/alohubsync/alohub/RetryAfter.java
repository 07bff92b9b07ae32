package io.alohubsync.alohub;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of RFC 9110, 10.2.3: seconds or an HTTP date.
 *
 * @param text of the header
 * @param date of the answer, as the server wrote it; null: it wrote none
 */
public record RetryAfter(String text, @Nullable String date) {

    static final Duration LEAST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofDays(7); // a longer time is a mistake

    /**
     * RFC 9110, 5.6.7: the current date format, and the two obsolete ones that a client must
     * accept. All are GMT.
     */
    private static final List<DateTimeFormatter> DATES = List.of(
            strict("EEE, dd MMM uuuu HH:mm:ss 'GMT'"),
            strict("EEEE, dd-MMM-uu HH:mm:ss 'GMT'"),
            strict("EEE MMM ppd HH:mm:ss uuuu"));

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Without it the 31st of February would be the 28th. */
    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /** @return null: the answer has no such header */
    static @Nullable RetryAfter of(@Nullable String text, @Nullable String date) {
        return text == null ? null : new RetryAfter(text.strip(), date);
    }

    /**
     * A date is compared with the answer's own date, so that the clock of this machine does not
     * count: both dates are of the server's clock.
     *
     * @param now for an answer without a date
     * @return between a second and a week; null: zero, the past or nonsense
     */
    @Nullable
    Duration pause(Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return clamped(Duration.ofSeconds(text.length() > 9 ? 999_999_999 : Long.parseLong(text)));
        }
        Instant until = instant(text);
        if (until == null) {
            return null;
        }
        Instant answered = date == null ? null : instant(date.strip());
        return clamped(Duration.between(answered == null ? now : answered, until));
    }

    private static @Nullable Instant instant(String text) {
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notThisOne) {
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
