package io.alohubsync.contact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what no name contains: signs of a mask, and of letters that were lost in transfer. Looks at
 * the name alone.
 */
final class Damage {

    private static final String STAR = "[*＊﹡٭∗⁎✱✳•●■█▪◦○∙]";

    /** Signs that are also an ornament are a mask between letters. */
    static final Pattern MASKED = Pattern.compile(STAR + "{2}|[*＊] [*＊]|\\p{L}" + STAR
            + "\\p{L}|\\p{L}[_#]{2}|[_#]{2}\\p{L}|\\p{L}(?:\\.{3,}|…|-{3,}|[·⋅・×★☆]{2,})\\p{L}");

    static final Pattern WORD_IN_A_STAR = Pattern.compile("\\p{L}[*＊](?![^ ])");

    /**
     * A question mark for a letter: in a word, at its beginning, or behind letters that make no
     * syllable without a vowel. No part of it begins anew inside a run that it has read: a name of
     * question marks alone would take the square of its length.
     */
    static final Pattern QUESTIONED = Pattern.compile(
            "\\p{L}\\?++\\p{L}|(?<![\\p{L}?])\\?++\\p{L}|\\p{L}\\?++ ++\\p{L}|(?<![\\p{L}?])\\? ++\\p{L}"
                    + "|(?<!\\p{L})(?:(?![aeiouy])[a-zđ])++\\?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /**
     * A character that fonts or programs put in place of a letter: private use (less Apple's logo),
     * SUB, an inverted question mark, an empty box.
     */
    private static final String LOST = "[\\uE000-\\uF8FE\\x1A¿□▯]";

    static final Pattern LOST_LETTER = Pattern.compile("\\p{L}" + LOST + "|" + LOST + "(?=\\p{L})");

    private Damage() {}

    static boolean isMasked(String name) {
        Matcher word = WORD_IN_A_STAR.matcher(name);
        return MASKED.matcher(name).find() || (word.find() && word.find());
    }

    /** @param written before any cleaning */
    static boolean isDamaged(String written) {
        return written.indexOf('\uFFFD') >= 0
                || (written.indexOf('?') >= 0 && isQuestioned(written))
                || LOST_LETTER.matcher(written).find()
                || Encodings.isMisread(written);
    }

    private static boolean isQuestioned(String written) {
        int two = written.indexOf("??");
        boolean letterBehind =
                two >= 0 && written.substring(two + 2).codePoints().anyMatch(Character::isLetter);
        return letterBehind || QUESTIONED.matcher(written).find();
    }
}
