package io.alohubsync.contact;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Letters without their diacritics and case, so that {@code Khách lẻ} and {@code KHACH LE} compare
 * as equal.
 */
public final class Letters {

    private static final char[] PLAIN = plain();

    private Letters() {}

    private static char[] plain() {
        char[] plain = new char[0x1F00];
        for (char letter = 0; letter < plain.length; letter++) {
            String lower = Character.toString(letter).toLowerCase(Locale.ROOT);
            plain[letter] = Normalizer.normalize(lower, Normalizer.Form.NFD).charAt(0);
        }
        plain['Đ'] = 'd';
        plain['đ'] = 'd';
        plain['Ð'] = 'd';
        plain['ð'] = 'd';
        return plain;
    }

    /** @param letter of a text in NFC */
    public static char plain(char letter) {
        return letter < PLAIN.length ? PLAIN[letter] : letter;
    }

    /**
     * The words of a text, plain, with a space before, between and behind; {@code S.T.K} is one
     * word.
     */
    static String words(String text) {
        StringBuilder words = new StringBuilder(text.length() + 2).append(' ');
        for (int i = 0; i < text.length(); i++) {
            char letter = plain(text.charAt(i));
            if (Character.isLetter(letter)) {
                words.append(letter);
            } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        String apart = words.append(' ').toString().replaceAll(" +", " ");
        return apart.replaceAll("(?<= \\p{L}) (?=\\p{L} )", "");
    }
}
