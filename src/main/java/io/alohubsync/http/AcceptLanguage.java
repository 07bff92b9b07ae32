package io.alohubsync.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header Accept-Language: in which of its two languages an answer is written. */
public final class AcceptLanguage {

    private static final Locale VIETNAMESE = Locale.of("vi");
    private static final List<Locale> BOTH = List.of(Locale.ENGLISH, VIETNAMESE); // the first where a client takes any

    private AcceptLanguage() {}

    /**
     * @param accepted the header; English where it names neither, or can't be read
     */
    public static boolean isVietnamese(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return false;
        }
        try {
            return VIETNAMESE.equals(Locale.lookup(Locale.LanguageRange.parse(accepted), BOTH));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
