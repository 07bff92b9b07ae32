package io.alohubsync.console;

import jakarta.ws.rs.BadRequestException;
import org.jspecify.annotations.Nullable;

/** One of several values, as a form or an address has it. */
final class Choice {

    private Choice() {}

    /** @return null: none was chosen. @throws BadRequestException it is none of them */
    static <E extends Enum<E>> @Nullable E of(Class<E> values, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Enum.valueOf(values, text);
        } catch (IllegalArgumentException none) {
            throw new BadRequestException();
        }
    }
}
