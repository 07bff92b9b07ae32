package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.SheetErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Which columns of a file hold which field, counted from 0. A name may be put together of several,
 * family name first. Of several phones the first counts that a line has.
 *
 * @param places in the order of {@link #FIELDS}; empty: the file has none
 */
public record Columns(List<List<Integer>> places) {

    /** The version is a number or a time: the higher, the newer. */
    public static final List<String> FIELDS = List.of("phone", "name", "email", "reference", "version");

    static final int PHONE = 0;
    static final int NAME = 1;
    static final int EMAIL = 2;
    private static final int REFERENCE = 3;
    private static final int VERSION = 4;

    /** One column for each field; -1: the file has none. */
    public static Columns of(int... columns) {
        List<List<Integer>> places = new ArrayList<>();
        for (int column : columns) {
            places.add(column < 0 ? List.of() : List.of(column));
        }
        return new Columns(places);
    }

    /** The first one that holds a digit: a dash or a word stands for none. */
    public String phone(Line line) {
        List<Integer> phones = places.get(PHONE);
        for (int column : phones) {
            if (line.cell(column).chars().anyMatch(Character::isDigit)) {
                return line.cell(column);
            }
        }
        return first(line, PHONE);
    }

    /** A family name that the given name repeats is left out. */
    public String name(Line line) {
        List<String> parts = new ArrayList<>();
        for (int column : places.get(NAME)) {
            String part = line.cell(column);
            boolean error = places.get(NAME).size() > 1 && SheetErrors.contain(part);
            if (!part.isBlank() && !error) {
                parts.add(part);
            }
        }
        if (parts.size() < 2) {
            return parts.isEmpty() ? "" : parts.getFirst();
        }
        boolean repeated = key(parts.getLast()).startsWith(key(parts.getFirst()) + " ");
        return repeated ? parts.getLast() : parts.stream().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    public String email(Line line) {
        return first(line, EMAIL);
    }

    /** An error of the spreadsheet is no key: many lines have the same. */
    public String reference(Line line) {
        String reference = first(line, REFERENCE);
        return SheetErrors.contain(reference) ? "" : reference;
    }

    public String version(Line line) {
        return first(line, VERSION);
    }

    private String first(Line line, int field) {
        return places.get(field).stream()
                .map(line::cell)
                .filter(cell -> !cell.isBlank())
                .findFirst()
                .orElse("");
    }

    /** Of the last one that is used, counted from 1. */
    public int width() {
        return places.stream()
                .flatMap(List::stream)
                .mapToInt(column -> column + 1)
                .max()
                .orElse(1);
    }

    /** As in a mapping: {@code Họ + Tên}, {@code Mobile | Phone}; empty: the file has none. */
    public String described(int field, IntFunction<String> title) {
        return places.get(field).stream().map(title::apply).collect(Collectors.joining(field == NAME ? " + " : " | "));
    }

    /** Files that are read alike have one. */
    public String key() {
        return places.stream()
                .map(columns -> switch (columns.size()) {
                    case 0 -> "-1";
                    case 1 -> columns.getFirst().toString();
                    default -> columns.toString();
                })
                .toList()
                .toString();
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
