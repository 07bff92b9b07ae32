package io.alohubsync.config;

import java.util.Collection;

/** The word that was meant, by the letters that differ. */
public final class Nearest {

    /** A greater distance is no typing error. */
    static final int TYPING_ERROR = 3;

    private Nearest() {}

    /** @return empty: none is near */
    public static String of(String word, Collection<String> known) {
        String nearest = "";
        int distance = Math.min(TYPING_ERROR, word.length() / 3) + 1;
        for (String candidate : known) {
            int its = distance(word, candidate);
            if (its < distance) {
                distance = its;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
