package io.alohubsync.console;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;
import org.jspecify.annotations.Nullable;

/** One of several values, as a form or an address has it. Each that can't be read is named. */
final class Choice {

    private Choice() {}

    /** @return null: none was chosen. @throws Declined it is none of them */
    static <E extends Enum<E>> @Nullable E of(Class<E> values, @Nullable String text, String field) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Enum.valueOf(values, text);
        } catch (IllegalArgumentException none) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
    }

    /** @return null: none was given. @throws Declined it is none */
    static @Nullable Integer number(@Nullable String text, String field) {
        try {
            return text == null || text.isBlank() ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException none) {
            throw Declined.field(Why.FIELD_INVALID, field);
        }
    }

    /** Of a box that is ticked or not. @throws Declined it is neither true nor false */
    static boolean flag(@Nullable String text, String field) {
        return switch (text == null ? "" : text) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw Declined.field(Why.FIELD_INVALID, field);
        };
    }
}
