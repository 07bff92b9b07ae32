package io.alohubsync.contact;

import java.util.regex.Pattern;

/**
 * Finds what no name contains: signs of a mask, and of letters that were lost in transfer. Looks at
 * the name alone.
 */
final class Damage {

    private static final Pattern MASKED = Pattern.compile(
            "[*•●∗⁎✱■█▪◦○∙]{2}|\\p{L}[*•●∗⁎✱■█▪◦○∙]\\p{L}|\\p{L}[_#]{2}|[_#]{2}\\p{L}|\\p{L}(?:\\.{3,}|…)\\p{L}");

    /**
     * A question mark for a letter: in a word, at its beginning, or behind letters that make no
     * syllable without a vowel.
     */
    private static final Pattern QUESTIONED = Pattern.compile(
            "\\p{L}\\?+\\p{L}|(?<!\\p{L})\\?+\\p{L}|\\?\\?.*\\p{L}|\\p{L}\\?+ +\\p{L}|(?<![\\p{L}?])\\? +\\p{L}"
                    + "|(?<!\\p{L})(?:(?![aeiouy])[a-zđ])+\\?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private Damage() {}

    static boolean isMasked(String name) {
        return MASKED.matcher(name).find();
    }

    /** @param written before any cleaning */
    static boolean isDamaged(String written) {
        return written.indexOf('\uFFFD') >= 0
                || (written.indexOf('?') >= 0 && QUESTIONED.matcher(written).find())
                || Encodings.isMisread(written);
    }
}
