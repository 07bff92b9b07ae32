package io.alohubsync.contact;

import java.util.regex.Pattern;

/**
 * Finds names in an old font encoding (TCVN3, VNI), UTF-8 that was read in a code page of Windows
 * or as Latin-1, and Windows-1258 that was.
 */
final class Encodings {

    /**
     * UTF-8's first byte as Latin-1 shows it, and a following one as Latin-1 or Windows-1252 does.
     */
    private static final String NEXT =
            "[\\u0080-\\u009F\\u00A1-\\u00BF\\u20AC\\u201A\\u0192\\u201E\\u2026\\u2020\\u2021\\u02C6\\u2030\\u0160\\u2039\\u0152\\u017D\\u2018\\u2019\\u201C\\u201D\\u2022\\u2013\\u2014\\u02DC\\u2122\\u0161\\u203A\\u0153\\u017E\\u0178]";

    private static final Pattern UTF8_READ_AS_LATIN1 = Pattern.compile("[ÃÄÅÆÌ]" + NEXT // ê, đ, ũ, ư and marks
            + "|Â(?=[\\u00A0-\\u00BF])|á[º»](?:" + NEXT + "|\\u00A0|\\p{L})|â(?:€|\\u0080)|ï¿½|ð\\u009F|ðŸ"
            + "|\\p{Ll}[ÃÂ](?!\\p{L})|Ã[ \\u00A0](?=\\p{Ll})|Æ\\u00A0|(?<!\\p{L})\\p{Lu}Ã\\u00A0");

    /**
     * UTF-8 in Windows-1258, the code page of Vietnamese Windows, where it differs from the others: Ă
     * for the first byte, a grave accent for that of marks. No name has Ă at the end of a word, but
     * for capitals of Romanian.
     */
    private static final Pattern UTF8_READ_AS_WINDOWS_1258 =
            Pattern.compile("Ă" + NEXT + "|(?:\\p{Ll}|(?<!\\p{L})\\p{Lu})Ă(?!\\p{L})|[àèìòùỳÀÈÌÒÙỲ][€‚ƒ†‰›£]");

    /** A tone mark of Windows-1258 as Latin-1 shows it, in words in small letters. */
    private static final Pattern WINDOWS_1258_MARK = Pattern.compile("[aeiouyâêôãõý][ÌÒÞ]");

    /** à whose second byte, a space, was cut off; LÃ and MÃ are surnames. */
    private static final Pattern CUT_SHORT = Pattern.compile("(?<!\\p{L})(?![LM])\\p{Lu}Ã(?!\\p{L})");

    /** Characters of control and of box drawing in a word. */
    private static final Pattern BYTES = Pattern.compile("[\\u0080-\\u0084\\u0086-\\u009F]|\\p{L}[\\u2500-\\u259F]");

    /** Signs in a word that TCVN3 uses for letters. */
    private static final Pattern TCVN3_SIGNS =
            Pattern.compile("\\p{L}[¡¢£¤¥¦§¨©«¬®µ¶¸¹»¼½¾](?=\\p{L})|\\p{L}[¨«¬µ¶¸¼½¾]|(?<!\\p{L})[§®](?=\\p{Ll})");

    private Encodings() {}

    /** @param written before any cleaning, which removes some of these characters */
    static boolean isMisread(String written) {
        return UTF8_READ_AS_LATIN1.matcher(written).find()
                || UTF8_READ_AS_WINDOWS_1258.matcher(written).find()
                || WINDOWS_1258_MARK.matcher(written).find()
                || BYTES.matcher(written).find()
                || TCVN3_SIGNS.matcher(written).find()
                || isCutShort(written)
                || OldFonts.show(written);
    }

    /** In capitals HÃ is a name. */
    private static boolean isCutShort(String written) {
        return written.indexOf('Ã') >= 0
                && CUT_SHORT.matcher(written).find()
                && written.chars().anyMatch(Character::isLowerCase);
    }
}
