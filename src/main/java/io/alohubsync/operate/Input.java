package io.alohubsync.operate;

import org.jspecify.annotations.Nullable;

/** Text that a person typed, before it goes into a statement. */
public final class Input {

    public static final int REASON = 1000;
    public static final int ACCOUNT = 100;

    private Input() {}

    /** @throws Declined it is blank, too long, or no text that PostgreSQL can store */
    public static String text(String typed, String field, int most) {
        if (typed.isBlank()) {
            throw Declined.field(Why.FIELD_MISSING, field);
        }
        checked(typed, field, most);
        return typed.strip();
    }

    /** @return null: nothing was typed */
    public static @Nullable String optional(@Nullable String typed, String field, int most) {
        if (typed == null) {
            return null;
        }
        checked(typed, field, most);
        return typed.isBlank() ? null : typed.strip();
    }

    private static void checked(String typed, String field, int most) {
        if (typed.length() > most) {
            throw Declined.field(Why.TOO_LONG, field);
        }
        for (int i = 0; i < typed.length(); i++) {
            char character = typed.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < typed.length()
                    && Character.isLowSurrogate(typed.charAt(i + 1));
            if (pair) {
                i++;
            } else if (character == 0 || Character.isSurrogate(character)) {
                throw Declined.field(Why.CHARACTERS, field);
            }
        }
    }
}
