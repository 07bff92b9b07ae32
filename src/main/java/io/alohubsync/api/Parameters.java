package io.alohubsync.api;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Why;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parameters of an address, read by hand: each that can't be read is named. */
final class Parameters {

    private static final int LONGEST = 100;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9998;

    private Parameters() {}

    static PageRequest page(@Nullable String limit, @Nullable String cursor) {
        if (limit == null) {
            return PageRequest.of(null, cursor);
        }
        try {
            return PageRequest.of(Integer.parseInt(limit), cursor);
        } catch (NumberFormatException none) {
            throw Declined.field(Why.PAGE_SIZE, "limit");
        }
    }

    static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            throw Declined.field(Why.FIELD_INVALID, "id");
        }
    }

    /** @return null: it is not there; in small or capital letters */
    static <E extends Enum<E>> @Nullable E oneOf(Class<E> values, @Nullable String text, String field) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Enum.valueOf(values, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
    }

    /** @return false: it is not there */
    static boolean flag(@Nullable String text, String field) {
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw Declined.field(Why.FIELD_INVALID, field);
        };
    }

    /** @return null: it is not there */
    static @Nullable Instant time(@Nullable String text, String field) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
                throw Declined.field(Why.FIELD_INVALID, field);
            }
            return time.toInstant();
        } catch (DateTimeException none) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
    }

    /** @param usual where it is not there */
    static ZoneId zone(@Nullable String text, ZoneId usual) {
        try {
            if (text != null && text.length() > LONGEST) {
                throw new DateTimeException("");
            }
            return text == null || text.isEmpty() ? usual : ZoneId.of(text);
        } catch (DateTimeException none) {
            throw Declined.field(Why.FIELD_INVALID, "zone");
        }
    }
}
