package io.alohubsync.spreadsheet.read;

import static io.alohubsync.spreadsheet.read.Columns.EMAIL;
import static io.alohubsync.spreadsheet.read.Columns.FIELDS;
import static io.alohubsync.spreadsheet.read.Columns.NAME;
import static io.alohubsync.spreadsheet.read.Columns.PHONE;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One search for the columns of a file, in its first lines. One thread uses it, once. */
final class ColumnSearch {

    private static final int HEADING_WITHIN = 20;
    private static final int NONE = -1;

    private final ContentGuess content;
    private final List<Line> first;
    private final Map<String, String> named; // by field
    private final @Nullable Line heading; // in words that are known
    private final List<Line> customers; // below it
    private final int[] columns = new int[FIELDS.size()]; // by field
    private List<Integer> nameParts = List.of(); // where no column has the whole name
    private @Nullable Line unknownHeading;

    /** @param first not empty */
    ColumnSearch(ContentGuess content, List<Line> first, Map<String, String> named) {
        this.content = content;
        this.first = first;
        this.named = named;
        this.heading = new HeadingLines(named, content).of(first.subList(0, Math.min(first.size(), HEADING_WITHIN)));
        this.customers = first.stream()
                .filter(line -> heading == null || line.number() > heading.number())
                .toList();
        Arrays.fill(columns, NONE);
    }

    Layout layout() throws FileFault {
        byOptions();
        byHeading();
        phoneByContent();
        emailByContent();
        nameByParts();
        nameByContent();
        if (columns[PHONE] == NONE) {
            throw FileFault.of(Kind.NO_PHONE_COLUMN);
        }
        Line above = heading == null ? unknownHeading : heading;
        List<List<Integer>> places = places();
        return new Layout(
                new Columns(places),
                above == null ? List.of() : above.cells(),
                above == null ? 0 : above.number(),
                otherPhones(above, places),
                List.of());
    }

    private boolean isDecided(int field) {
        return named.get(FIELDS.get(field)) != null;
    }

    private boolean isToBeFound(int field) {
        return columns[field] == NONE && !isDecided(field);
    }

    private void byOptions() throws FileFault {
        int width = first.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        for (int field = 0; field < columns.length; field++) {
            @Nullable String name = named.get(FIELDS.get(field));
            if (name != null && !name.isBlank()) {
                columns[field] = NamedColumn.of(name, heading, width);
            }
        }
    }

    private void byHeading() {
        for (int field = 0; heading != null && field < columns.length; field++) {
            if (!isDecided(field)) {
                columns[field] = bestRanked(heading, field);
            }
        }
    }

    private int bestRanked(Line line, int field) {
        int best = Integer.MAX_VALUE;
        int found = NONE;
        for (int column = 0; column < line.cells().size(); column++) {
            int rank = rank(line.cell(column), field);
            if (rank < best && !taken().contains(column)) {
                best = rank;
                found = column;
            }
        }
        return found;
    }

    /** Beside a recipient's phone the recipient's name and e-mail count before the customer's. */
    private int rank(String cell, int field) {
        int rank = Heading.rank(cell, field);
        boolean turned = (field == NAME || field == EMAIL) && isPhoneOfRecipient() && rank < 2 * Heading.RECIPIENT;
        return turned ? (rank + Heading.RECIPIENT) % (2 * Heading.RECIPIENT) : rank;
    }

    private boolean isPhoneOfRecipient() {
        return heading != null && columns[PHONE] != NONE && Heading.isRecipients(heading.cell(columns[PHONE]));
    }

    private void phoneByContent() throws FileFault {
        if (!isToBeFound(PHONE)) {
            return;
        }
        columns[PHONE] =
                content.phone(customers, takenOrOfOthers()).orElseThrow(() -> FileFault.of(Kind.NO_PHONE_COLUMN));
        if (heading == null) {
            unknownHeading = unknownHeading(columns[PHONE]);
        }
    }

    /** A first line without a phone, above lines that have one, is a heading in unknown words. */
    private @Nullable Line unknownHeading(int phone) {
        Line line = customers.getFirst();
        String cell = Heading.withoutExample(line.cell(phone));
        return customers.size() > 1 && cell.chars().noneMatch(Character::isDigit) ? line : null;
    }

    private void emailByContent() {
        if (isToBeFound(EMAIL)) {
            columns[EMAIL] = content.email(below(), takenOrOthers());
        }
    }

    private void nameByParts() {
        if (!isDecided(NAME) && heading != null) {
            List<Integer> taken = taken();
            taken.remove((Integer) columns[NAME]);
            nameParts = new NameParts(heading, taken).beside(columns[NAME], isPhoneOfRecipient());
        }
    }

    private void nameByContent() {
        if (isToBeFound(NAME) && nameParts.isEmpty()) {
            columns[NAME] = content.name(below(), takenOrOthers());
        }
    }

    /** The lines of customers, without a heading in unknown words. */
    private List<Line> below() {
        return unknownHeading == null ? customers : customers.subList(1, customers.size());
    }

    /** Also those above which another person or thing stands, whoever's phone would be everybody's. */
    private List<Integer> takenOrOfOthers() {
        List<Integer> all = taken();
        Line above = heading == null ? first.getFirst() : heading;
        for (int column = 0; column < above.cells().size(); column++) {
            String cell = above.cell(column);
            boolean heads = heading != null || cell.chars().noneMatch(Character::isDigit);
            if (heads && Heading.isOfOther(cell)) {
                all.add(column);
            }
        }
        return all;
    }

    /** Also those whose heading says that they hold something else. */
    private List<Integer> takenOrOthers() {
        List<Integer> all = taken();
        Line above = heading == null ? unknownHeading : heading;
        for (int column = 0; above != null && column < above.cells().size(); column++) {
            if (Heading.isOther(above.cell(column))) {
                all.add(column);
            }
        }
        return all;
    }

    private List<Integer> taken() {
        return IntStream.of(columns)
                .filter(column -> column != NONE)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<List<Integer>> places() {
        List<List<Integer>> places = new ArrayList<>(Columns.of(columns).places());
        if (!nameParts.isEmpty()) {
            places.set(NAME, nameParts);
        }
        if (!isDecided(PHONE) && heading != null) {
            places.set(PHONE, phones(heading));
        }
        return List.copyOf(places);
    }

    /** Where a line's first one is empty the customer's other one counts, the surest first. */
    private List<Integer> phones(Line line) {
        List<Integer> phones = new ArrayList<>(List.of(columns[PHONE]));
        IntStream.range(0, line.cells().size())
                .filter(column -> Heading.isOwnPhone(line.cell(column)))
                .filter(column -> !taken().contains(column))
                .boxed()
                .sorted(Comparator.comparingInt(column -> Heading.rank(line.cell(column), PHONE)))
                .forEach(phones::add);
        return List.copyOf(phones);
    }

    private static List<Integer> otherPhones(@Nullable Line above, List<List<Integer>> places) {
        List<Integer> others = new ArrayList<>();
        for (int column = 0; above != null && column < above.cells().size(); column++) {
            Integer one = column;
            boolean phone = Heading.rank(above.cell(column), PHONE) != Integer.MAX_VALUE;
            if (phone && places.stream().noneMatch(used -> used.contains(one))) {
                others.add(column);
            }
        }
        return others;
    }
}
