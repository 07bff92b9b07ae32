package io.alohubsync.cli.shell;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people read and type them. */
public final class Times {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private static volatile ZoneId zone = ZoneId.systemDefault(); // written before a command begins

    private Times() {}

    /** Of people: with its summer time. The JVM's own zone is an offset while commands run. */
    public static void useZone(ZoneId ofPeople) {
        zone = ofPeople;
    }

    public static ZoneId zone() {
        return zone;
    }

    /**
     * {@code 42s}, {@code 5m}, {@code 3h}, {@code 12d}: the larger unit alone, as kubectl has it.
     */
    public static String age(long seconds) {
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 7200) {
            return seconds / 60 + "m";
        }
        return seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    public static String local(Instant time, ZoneId zone) {
        return SECONDS.format(time.atZone(zone));
    }

    /**
     * @param text {@code 2h} before now, a date, or a date and time with or without an offset;
     *             empty: none of these
     */
    public static Optional<Instant> since(String text, Instant now, ZoneId zone) {
        Matcher ago = AGO.matcher(text.strip());
        try {
            if (ago.matches()) {
                long amount = Long.parseLong(ago.group(1));
                return Optional.of(now.minus(
                        switch (ago.group(2)) {
                            case "s" -> Duration.ofSeconds(amount);
                            case "m" -> Duration.ofMinutes(amount);
                            case "h" -> Duration.ofHours(amount);
                            default -> Duration.ofDays(amount);
                        }));
            }
            String time = text.strip().replace(' ', 'T');
            if (!time.contains("T")) {
                return Optional.of(LocalDate.parse(time).atStartOfDay(zone).toInstant());
            }
            return Optional.of(
                    time.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})$")
                            ? OffsetDateTime.parse(time, WITH_OFFSET).toInstant()
                            : LocalDateTime.parse(time).atZone(zone).toInstant());
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
