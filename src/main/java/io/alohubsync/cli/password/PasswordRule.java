package io.alohubsync.cli.password;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which passwords are refused: those that a program guesses first. */
final class PasswordRule {

    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    private static final int FEWEST_DIFFERENT = 5;

    /** Rows of keys, digits and letters, as fingers run over them. */
    private static final String RUNS =
            "01234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 1q2w3e4r5t6y7u8i9o0p";

    private static final int SHORTEST_RUN = 4;
    private static final int LETS = 4; // characters beside the runs or the word

    private static final List<String> FIRST_GUESSES = List.of(
            "password",
            "matkhau",
            "administrator",
            "admin",
            "alohub",
            "alohubsync",
            "welcome",
            "letmein",
            "iloveyou",
            "anhyeuem",
            "emyeuanh",
            "vietnam",
            "saigon",
            "hanoi",
            "congty",
            "khachhang",
            "changeme",
            "secret");

    private PasswordRule() {}

    /** @return a key of the texts; empty: it is taken */
    static Optional<String> fault(char[] password) {
        String text = Normalizer.normalize(new String(password), Normalizer.Form.NFC);
        if (text.isBlank()) {
            return Optional.of("password.empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("password.control");
        }
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST) {
            return Optional.of("password.short");
        }
        if (length > LONGEST) {
            return Optional.of("password.long");
        }
        if (text.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            return Optional.of("password.few");
        }
        String plain = plain(text);
        if (withoutRuns(plain).length() <= LETS) {
            return Optional.of("password.run");
        }
        return isFirstGuess(plain) ? Optional.of("password.guess") : Optional.empty();
    }

    /**
     * Small letters without marks, as people type Vietnamese in a hurry, with the usual
     * replacements undone.
     */
    private static String plain(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace('đ', 'd'), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
    }

    private static String withoutRuns(String text) {
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int run = run(text, i);
            if (run >= SHORTEST_RUN) {
                i += run;
            } else {
                rest.append(text.charAt(i++));
            }
        }
        return rest.toString();
    }

    private static int run(String text, int from) {
        int length = 1;
        String backwards = new StringBuilder(RUNS).reverse().toString();
        while (from + length < text.length()) {
            String run = text.substring(from, from + length + 1);
            if (run.contains(" ") || !(RUNS.contains(run) || backwards.contains(run))) {
                break;
            }
            length++;
        }
        return length;
    }

    /** Such a word, whatever digits and signs stand around it, also more than once. */
    private static boolean isFirstGuess(String text) {
        String letters = text.replace('@', 'a')
                .replace('0', 'o')
                .replace('$', 's')
                .replace('3', 'e')
                .replace('1', 'i')
                .replace('4', 'a');
        for (String word : FIRST_GUESSES) {
            if (restOf(letters, word) <= LETS || restOf(text, word) <= LETS) {
                return true;
            }
        }
        return false;
    }

    /** Letters that are left beside the word; all of them where it does not occur. */
    private static int restOf(String text, String word) {
        String joined = text.replaceAll("[^\\p{L}\\p{N}]", "");
        return joined.contains(word)
                ? joined.replace(word, "").replaceAll("[^\\p{L}]", "").length()
                : Integer.MAX_VALUE;
    }
}
