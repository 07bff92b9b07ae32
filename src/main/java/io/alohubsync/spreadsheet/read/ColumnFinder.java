package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a file in its first lines: those that a person names, then by heading, then
 * by content.
 */
public final class ColumnFinder {

    /** So many lines are looked at. */
    public static final int SAMPLE = 200;

    private static final int HEADING_WITHIN = 20;
    private static final int NONE = -1;

    private final ContentGuess content;

    public ColumnFinder(PhoneNormalizer phones) {
        this.content = new ContentGuess(phones);
    }

    /**
     * @param first the file's first lines
     * @param named heading or letter of a column, by field; an empty text: the file has none
     * @param sheets of the file, the first is the one that is read ({@link Lines#sheets})
     */
    public Layout find(List<Line> first, Map<String, String> named, List<String> sheets) throws FileFault {
        try {
            return find(first, named).of(sheets);
        } catch (FileFault fault) {
            boolean other = fault.kind() == Kind.NO_PHONE_COLUMN && sheets.size() > 1;
            throw other ? FileFault.among(Kind.NO_PHONE_IN_SHEET, sheets.subList(1, sheets.size())) : fault;
        }
    }

    /** @param named as above */
    public Layout find(List<Line> first, Map<String, String> named) throws FileFault {
        if (first.isEmpty()) {
            throw FileFault.of(Kind.EMPTY);
        }
        Line heading = heading(first, named);
        int width = first.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        int[] columns =
                IntStream.generate(() -> NONE).limit(Columns.FIELDS.size()).toArray();
        boolean[] decided = new boolean[columns.length];
        for (int field = 0; field < columns.length; field++) {
            @Nullable String name = named.get(Columns.FIELDS.get(field));
            if (name != null) {
                columns[field] = name.isBlank() ? NONE : named(name, heading, width);
                decided[field] = true;
            }
        }
        if (heading != null) {
            byHeading(heading, columns, decided);
        }
        List<Line> customers = first.stream()
                .filter(line -> heading == null || line.number() > heading.number())
                .toList();
        @Nullable Line above = heading;
        if (columns[0] == NONE && !decided[0]) {
            columns[0] = content.phone(customers, taken(columns)).orElseThrow(() -> FileFault.of(Kind.NO_PHONE_COLUMN));
            above = above == null ? unknownHeading(customers, columns[0]) : above;
        }
        if (above == null) { // without a heading the content decides
            columns[2] = columns[2] == NONE && !decided[2] ? content.email(customers, taken(columns)) : columns[2];
            columns[1] = columns[1] == NONE && !decided[1] ? content.name(customers, taken(columns)) : columns[1];
        } else if (heading == null) {
            List<Line> below = customers.subList(1, customers.size());
            columns[2] = columns[2] == NONE && !decided[2] ? content.email(below, taken(columns)) : columns[2];
            columns[1] = columns[1] == NONE && !decided[1] ? content.name(below, taken(columns)) : columns[1];
        }
        if (columns[0] == NONE) {
            throw FileFault.of(Kind.NO_PHONE_COLUMN);
        }
        return new Layout(
                Columns.of(columns),
                above == null ? List.of() : above.cells(),
                above == null ? 0 : above.number(),
                others(above, columns),
                List.of());
    }

    /**
     * The line with the most known words, among the first; a title may stand above it. Null: there
     * is none.
     */
    private @Nullable Line heading(List<Line> first, Map<String, String> named) {
        HeadingLines lines = new HeadingLines(named, content);
        return lines.of(first.subList(0, Math.min(first.size(), HEADING_WITHIN)));
    }

    /** By its heading, or else by its letter. */
    private static int named(String name, @Nullable Line heading, int width) throws FileFault {
        if (heading != null) {
            String key = Heading.key(name);
            for (int column = 0; column < heading.cells().size(); column++) {
                String cell = heading.cell(column);
                if (cell.strip().equalsIgnoreCase(name.strip())
                        || (!key.isEmpty() && Heading.key(cell).equals(key))) {
                    return column;
                }
            }
        }
        if (name.strip().matches("[A-Za-z]{1,3}")) {
            int column = column(name.strip());
            if (column < width) {
                return column;
            }
        }
        throw FileFault.about(Kind.NO_SUCH_COLUMN, name);
    }

    private static int column(String letters) {
        int column = 0;
        for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }

    private static void byHeading(Line heading, int[] columns, boolean... decided) {
        for (int field = 0; field < columns.length; field++) {
            int best = Integer.MAX_VALUE;
            for (int column = 0; column < heading.cells().size() && !decided[field]; column++) {
                int rank = Heading.rank(heading.cell(column), field);
                if (rank < best && !taken(columns).contains(column)) {
                    best = rank;
                    columns[field] = column;
                }
            }
        }
    }

    /**
     * A first line without a phone, above lines that have one, is a heading in words that are not
     * known.
     */
    private @Nullable Line unknownHeading(List<Line> customers, int phone) {
        Line first = customers.getFirst();
        return customers.size() > 1 && first.cell(phone).chars().noneMatch(Character::isDigit) ? first : null;
    }

    private static List<Integer> taken(int... columns) {
        return IntStream.of(columns).filter(column -> column != NONE).boxed().toList();
    }

    private static List<Integer> others(@Nullable Line heading, int... columns) {
        List<Integer> others = new ArrayList<>();
        for (int column = 0; heading != null && column < heading.cells().size(); column++) {
            boolean phone = Heading.rank(heading.cell(column), 0) != Integer.MAX_VALUE;
            if (phone && !taken(columns).contains(column)) {
                others.add(column);
            }
        }
        return others;
    }
}
