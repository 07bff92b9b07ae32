package io.alohubsync.notify;

import io.alohubsync.config.Language;
import io.alohubsync.contact.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** The sentences, numbers and times of messages in the reader's language. */
final class Words {

    private final Language language;
    private final ZoneId zone;
    private final Properties texts;

    Words(Language language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
        this.texts = texts(language);
    }

    static Properties texts(Language language) {
        String file = "/notify/messages_" + language.name().toLowerCase(Locale.ROOT) + ".properties";
        try (InputStream resource = Objects.requireNonNull(Words.class.getResourceAsStream(file), file)) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(resource, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }

    /** As it stands in addresses. */
    String language() {
        return language.name().toLowerCase(Locale.ROOT);
    }

    /** @param values stand for {0} and so on */
    String text(String key, Object... values) {
        String text = Objects.requireNonNull(texts.getProperty(key), key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /** @param code of a newer version perhaps: then it stands for itself */
    String code(String kind, String code) {
        String key = kind + "." + code;
        return has(key) ? text(key) : code;
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    String number(long value) {
        String english = String.format(Locale.ROOT, "%,d", value);
        return language == Language.VI ? english.replace(',', '.') : english;
    }

    /** With one digit behind the point at most. */
    String percent(long part, long whole) {
        String share = String.format(Locale.ROOT, "%.1f", whole == 0 ? 0 : 100.0 * part / whole)
                .replace(".0", "");
        return (language == Language.VI ? share.replace('.', ',') : share) + "%";
    }

    String time(Instant at) {
        return DateTimeFormatter.ofPattern(text("format.time"), Locale.ROOT)
                .withZone(zone)
                .format(at);
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofPattern(text("format.day"), Locale.ROOT).format(day);
    }

    String duration(long seconds) {
        if (seconds < 120) {
            return text("duration.seconds", seconds);
        }
        long minutes = Duration.ofSeconds(seconds).toMinutes();
        if (minutes < 120) {
            return text("duration.minutes", minutes);
        }
        return minutes < 48 * 60 ? text("duration.hours", minutes / 60) : text("duration.days", minutes / (24 * 60));
    }

    /** What a reason of a rejection means, and what to do. */
    String reason(String code) {
        return Reason.withCode(code)
                .map(reason -> reason.sentence(language == Language.VI))
                .orElse(code);
    }
}
