package io.alohubsync.contact;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What programs and spreadsheets write where there is no value: one such word, or several, as a
 * script writes that joins a first and a last name.
 */
final class NullWords {

    private static final Set<String> WORDS =
            Set.of("null", "(null)", "<null>", "undefined", "[object object]", "none", "nan", "nil", "n/a", "\\n");

    private static final int LONGEST = 64;
    private static final String QUOTES = "'\"‘’“”`";
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;_-]+");

    private NullWords() {}

    /** @param name cleaned, and not empty */
    static boolean are(String name) {
        if (name.length() > LONGEST || !mayBe(name)) {
            return false;
        }
        String text = name.toLowerCase(Locale.ROOT);
        if (isOne(text)) {
            return true;
        }
        boolean found = false;
        for (String word : BETWEEN.split(text.replace("[object object]", "null"))) {
            if (!word.isEmpty() && !isOne(word)) {
                return false;
            }
            found |= !word.isEmpty();
        }
        return found;
    }

    /** By the first two letters, and the points of "Loading...": most names are none. */
    private static boolean mayBe(String name) {
        char first = Character.toLowerCase(name.charAt(0));
        char second = name.length() > 1 ? Character.toLowerCase(name.charAt(1)) : ' ';
        return switch (first) {
            case 'n' -> "uoai/".indexOf(second) >= 0;
            case 'u' -> second == 'n';
            case '(', '<', '[', '#', '\\' -> true;
            default -> QUOTES.indexOf(first) >= 0 || name.endsWith("...");
        };
    }

    private static boolean isOne(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && QUOTES.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && QUOTES.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String word = text.substring(start, end);
        return WORDS.contains(word) || SheetErrors.WORDS.contains(word);
    }
}
