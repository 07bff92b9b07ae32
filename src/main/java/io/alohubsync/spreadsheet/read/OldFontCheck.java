package io.alohubsync.spreadsheet.read;

/**
 * Distinguishes TCVN3 from Windows-1258 by what follows a letter: a tone mark of Windows-1258
 * follows a vowel alone, and its signs follow no letter, while TCVN3 has letters there. One thread
 * uses it.
 */
final class OldFontCheck {

    private static final String VOWELS =
            "aeiouyAEIOUYÂâÊêÔôÃãÕõÝý"; // as Latin-1: ă, ơ and ư of Windows-1258 are ã, õ and ý
    private static final String TONES = "\u00CC\u00D2\u00DE\u00EC\u00F2";
    private static final String SIGNS = "¨©ª«¬\u00AD®µ¶·¸¹»¼½¾";

    private long tcvn3;
    private long windows;
    private char before;

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            char now = (char) (bytes[i] & 0xFF);
            if (now > 0x7F) {
                look(now);
            }
            before = now;
        }
    }

    private void look(char now) {
        boolean tone = TONES.indexOf(now) >= 0;
        if (tone && VOWELS.indexOf(before) >= 0) {
            windows++;
        } else if (isLetter(before) && (tone || SIGNS.indexOf(now) >= 0)) {
            tcvn3++;
        }
    }

    private static boolean isLetter(char ascii) {
        return (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z');
    }

    boolean isTcvn3() {
        return tcvn3 > windows;
    }
}
