package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The first cleaning of every field: invisible characters are removed, variants of one character
 * are unified.
 */
final class Text {

    /** The apostrophes that a spreadsheet puts before text. */
    private static final Pattern LEADING_APOSTROPHE = Pattern.compile("^['‘’`´]+");

    private Text() {}

    /** NFC, no control, bidi or zero-width characters, every white space one space, trimmed. */
    static String cleaned(String text) {
        if (isPlain(text)) {
            return text;
        }
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder clean = new StringBuilder(composed.length());
        composed.codePoints().forEach(character -> {
            if (isSpace(character)) {
                if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (!isInvisible(character)) {
                clean.appendCodePoint(character);
            }
        });
        return clean.toString().strip();
    }

    /**
     * Most text needs no cleaning: printable ASCII and composed Latin letters, which are in NFC,
     * with single inner spaces.
     */
    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean printable = character <= '~' ? character >= ' ' : isComposedLatin(character);
            if (!printable || (character == ' ' && before == ' ')) {
                return false;
            }
            before = character;
        }
        return before != ' ' || text.isEmpty();
    }

    /** Latin-1 letters, Latin Extended-A and -B, Latin Extended Additional: all of Vietnamese. */
    private static boolean isComposedLatin(char character) {
        return (character >= '\u00C0' && character <= '\u024F') || (character >= '\u1E00' && character <= '\u1EFF');
    }

    static String withoutLeadingApostrophe(String text) {
        if (text.isEmpty() || Character.isLetterOrDigit(text.charAt(0))) {
            return text;
        }
        return LEADING_APOSTROPHE.matcher(text).replaceFirst("");
    }

    static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0x85;
    }

    static boolean isMark(int character) {
        return isInvisible(character) && !isSpace(character);
    }

    /**
     * Control, format (zero-width, bidi, byte order mark), unassigned and lone surrogates; Hangul
     * fillers and the empty Braille pattern look empty too.
     */
    static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            // A joiner between two visible characters belongs to emoji and some scripts, but never
            // to a Vietnamese name.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default ->
                character == 0x115F
                        || character == 0x1160
                        || character == 0x2800 // Braille without a dot
                        || character == 0x3164
                        || character == 0xFFA0
                        || character == 0xFFFC
                        || (character >= 0xFE00 && character <= 0xFE0F);
        };
    }
}
