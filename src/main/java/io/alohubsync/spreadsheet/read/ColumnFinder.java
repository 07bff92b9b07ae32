package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
        List<Line> below = heading == null && above != null ? customers.subList(1, customers.size()) : customers;
        List<Integer> taken = new ArrayList<>(taken(columns));
        taken.addAll(others(above));
        if (columns[2] == NONE && !decided[2]) {
            columns[2] = content.email(below, taken);
            taken.add(columns[2]);
        }
        List<Integer> name = decided[1] ? List.of() : nameParts(heading, columns);
        if (columns[1] == NONE && !decided[1] && name.isEmpty()) {
            columns[1] = content.name(below, taken);
        }
        if (columns[0] == NONE) {
            throw FileFault.of(Kind.NO_PHONE_COLUMN);
        }
        List<List<Integer>> places = new ArrayList<>(Columns.of(columns).places());
        if (!name.isEmpty()) {
            places.set(Columns.NAME, name);
        }
        if (!decided[0] && heading != null) {
            places.set(Columns.PHONE, phones(heading, columns));
        }
        return new Layout(
                new Columns(List.copyOf(places)),
                above == null ? List.of() : above.cells(),
                above == null ? 0 : above.number(),
                otherPhones(above, places),
                List.of());
    }

    /**
     * Family name, middle name, given name, where no column has the whole name; empty: there are no
     * such columns.
     */
    private static List<Integer> nameParts(@Nullable Line heading, int... columns) {
        List<Integer> free = taken(columns);
        free.remove((Integer) columns[1]);
        int given = best(heading, "given_name", free);
        int family = best(heading, "family_name", free);
        boolean whole = columns[1] != NONE && (columns[1] != given || family == NONE);
        return whole || given == NONE
                ? List.of()
                : IntStream.of(family, best(heading, "middle_name", free), given)
                        .filter(column -> column != NONE)
                        .boxed()
                        .toList();
    }

    private static int best(@Nullable Line heading, String meaning, List<Integer> taken) {
        List<String> cells = heading == null ? List.of() : heading.cells();
        List<String> free = IntStream.range(0, cells.size())
                .mapToObj(column -> taken.contains(column) ? "" : cells.get(column))
                .toList();
        return Heading.meaning(meaning, free).stream()
                .findFirst()
                .map(free::indexOf)
                .orElse(NONE);
    }

    /** Where a line's first one is empty the customer's other one counts, the surest first. */
    private static List<Integer> phones(Line heading, int... columns) {
        List<Integer> phones = new ArrayList<>(List.of(columns[0]));
        IntStream.range(0, heading.cells().size())
                .filter(column -> Heading.isOwnPhone(heading.cell(column)))
                .filter(column -> !taken(columns).contains(column))
                .boxed()
                .sorted(Comparator.comparingInt(column -> Heading.rank(heading.cell(column), 0)))
                .forEach(phones::add);
        return List.copyOf(phones);
    }

    /** Those whose heading says that they hold something else. */
    private static List<Integer> others(@Nullable Line heading) {
        return heading == null
                ? List.of()
                : IntStream.range(0, heading.cells().size())
                        .filter(column -> Heading.isOther(heading.cell(column)))
                        .boxed()
                        .toList();
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
        return IntStream.of(columns)
                .filter(column -> column != NONE)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Integer> otherPhones(@Nullable Line heading, List<List<Integer>> places) {
        List<Integer> others = new ArrayList<>();
        for (int column = 0; heading != null && column < heading.cells().size(); column++) {
            Integer one = column;
            boolean phone = Heading.rank(heading.cell(column), 0) != Integer.MAX_VALUE;
            if (phone && places.stream().noneMatch(used -> used.contains(one))) {
                others.add(column);
            }
        }
        return others;
    }
}
