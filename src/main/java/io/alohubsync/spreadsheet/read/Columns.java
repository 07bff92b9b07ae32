package io.alohubsync.spreadsheet.read;

import java.util.List;

/**
 * Which column of a file is which, counted from 0; -1: it has none.
 *
 * @param version a number or a time: the higher, the newer
 */
public record Columns(int phone, int name, int email, int reference, int version) {

    public static final List<String> FIELDS = List.of("phone", "name", "email", "reference", "version");

    /** In the order of {@link #FIELDS}. */
    public List<Integer> all() {
        return List.of(phone, name, email, reference, version);
    }

    static Columns of(int... columns) {
        return new Columns(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    /** As a sheet letters them: A, B … Z, AA. */
    public static String letter(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.toString();
    }
}
