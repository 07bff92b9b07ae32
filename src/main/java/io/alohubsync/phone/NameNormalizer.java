package io.alohubsync.phone;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what a source wrote to a name as its bearer writes it: cleaned and composed, never restyled. */
public final class NameNormalizer {

    /** Code points that Alohub gets at most. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern ONLY_PHONE =
            Pattern.compile("(?i)(?:tel:)?(?=(?:\\P{Nd}*\\p{Nd}){7})[+\\uFF0B .()/;,|x#\\p{Pd}\\p{Nd}]+");
    private static final Pattern ONLY_EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Set<String> NULL_WORDS =
            Set.of("null", "(null)", "<null>", "undefined", "none", "nan", "n/a", "#n/a", "nil");
    private static final int LONGEST_NULL_WORD = 9;
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    /** @param written as the source wrote it; null is allowed */
    public Normalized<String> normalize(@Nullable String written) {
        if (written == null) {
            return Normalized.nothing();
        }
        String name = Text.cleaned(written);
        if (name.isEmpty()) {
            return Normalized.nothing();
        }
        if (isPhone(name) || isEmail(name) || isNull(name)) {
            return Normalized.nothing(Reason.NAME_DROPPED);
        }
        if (name.codePointCount(0, name.length()) <= MAX_LENGTH) {
            return Normalized.of(name);
        }
        String shortened = shortened(name);
        return shortened.isEmpty()
                ? Normalized.nothing(Reason.NAME_DROPPED)
                : new Normalized<>(shortened, Set.of(Reason.NAME_SHORTENED));
    }

    /** Nearly all names begin with a letter: but for {@code tel:} and {@code x} no phone does. */
    private static boolean isPhone(String name) {
        char first = name.charAt(0);
        boolean begins = !Character.isLetter(first) || "tTxX".indexOf(first) >= 0;
        return begins && ONLY_PHONE.matcher(name).matches();
    }

    private static boolean isEmail(String name) {
        return name.indexOf('@') >= 0 && ONLY_EMAIL.matcher(name).matches();
    }

    private static boolean isNull(String name) {
        return name.length() <= LONGEST_NULL_WORD && NULL_WORDS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whole graphemes only: half a letter would be another letter. */
    private static String shortened(String name) {
        Matcher grapheme = GRAPHEME.matcher(name);
        int end = 0;
        while (grapheme.find() && name.codePointCount(0, grapheme.end()) <= MAX_LENGTH) {
            end = grapheme.end();
        }
        return name.substring(0, end).strip();
    }
}
