package io.alohubsync.contact;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds placeholders in place of a name. Only letters and digits are compared, without case,
 * diacritics, spaces and signs.
 */
final class Placeholders {

    private final Set<String> names = new HashSet<>();
    private final int[] hashes;

    Placeholders(Collection<String> names) {
        names.stream()
                .map(Text::cleaned)
                .map(Placeholders::letters)
                .filter(name -> !name.isEmpty())
                .forEach(this.names::add);
        this.hashes = this.names.stream().mapToInt(Placeholders::hash).sorted().toArray();
    }

    boolean contain(String name) {
        return Arrays.binarySearch(hashes, hash(name)) >= 0 && names.contains(letters(name));
    }

    /** Of the letters and digits. It differs for nearly all names, and needs no copy of them. */
    private static int hash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            char letter = Letters.plain(name.charAt(i));
            if (Character.isLetterOrDigit(letter)) {
                hash = 31 * hash + letter;
            }
        }
        return hash;
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char letter = Letters.plain(name.charAt(i));
            if (Character.isLetterOrDigit(letter)) {
                letters.append(letter);
            }
        }
        return letters.toString();
    }
}
