package io.alohubsync.spreadsheet.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line of headings, or the two lines that merged cells make of it: {@code Contact} above
 * {@code Phone} and {@code E-mail}, and {@code Name} beside them over both.
 *
 * @param named columns that a person names by their heading, by field
 */
record HeadingLines(Map<String, String> named, ContentGuess content) {

    /** @return null: there is none; of two lines: the lower one, filled up from the upper one */
    @Nullable
    Line of(List<Line> first) {
        int best = best(first);
        if (best < 0) {
            return null;
        }
        Line heading = first.get(best);
        boolean goesOn = best + 1 < first.size() && areOne(heading, first.get(best + 1));
        if (goesOn) {
            return filled(first.get(best + 1), heading);
        }
        boolean beganAbove = best > 0 && areOne(first.get(best - 1), heading);
        return beganAbove ? filled(heading, first.get(best - 1)) : heading;
    }

    /**
     * The line with the most known words above the first customer: below it they are a customer's.
     * Where there is none, the customer may be a company's own address above the headings.
     */
    private int best(List<Line> first) {
        int best = -1;
        long most = 0;
        boolean customers = false;
        for (int i = 0; i < first.size(); i++) {
            Line line = first.get(i);
            long known = known(line);
            if (content.hasPhone(line)) {
                customers |= texts(line) > 1;
            } else if (known > most && (!customers || best < 0 && headsPhones(line, first.subList(i, first.size())))) {
                best = i;
                most = known;
            }
        }
        return best;
    }

    private boolean headsPhones(Line line, List<Line> below) {
        return IntStream.range(0, line.cells().size())
                .filter(column -> Heading.rank(line.cell(column), Columns.PHONE) != Integer.MAX_VALUE)
                .anyMatch(column -> below.stream().anyMatch(one -> content.isPhone(one.cell(column))));
    }

    private static long texts(Line line) {
        return line.cells().stream().filter(cell -> !cell.isBlank()).count();
    }

    private long known(Line line) {
        return line.cells().stream().filter(this::isKnown).count();
    }

    private boolean isKnown(String cell) {
        return isNamed(cell)
                || Heading.isPartOfName(cell)
                || IntStream.range(0, Columns.FIELDS.size())
                        .anyMatch(field -> Heading.rank(cell, field) != Integer.MAX_VALUE);
    }

    private boolean isNamed(String cell) {
        String key = Heading.key(cell);
        return !key.isEmpty()
                && named.values().stream().anyMatch(name -> Heading.key(name).equals(key));
    }

    /**
     * Each has known words, and none above another one. One text alone in the upper line is a
     * title, and with a phone it is a customer.
     */
    private boolean areOne(Line upper, Line lower) {
        return lower.number() == upper.number() + 1
                && texts(upper) > 1
                && known(upper) > 0
                && known(lower) > 0
                && !content.hasPhone(upper)
                && !content.hasPhone(lower)
                && IntStream.range(0, lower.cells().size())
                        .noneMatch(column -> isKnown(upper.cell(column))
                                && !lower.cell(column).isBlank());
    }

    private Line filled(Line lower, Line upper) {
        List<String> cells = new ArrayList<>();
        for (int column = 0;
                column < Math.max(lower.cells().size(), upper.cells().size());
                column++) {
            String cell = lower.cell(column);
            cells.add(cell.isBlank() ? upper.cell(column) : cell);
        }
        return new Line(lower.number(), List.copyOf(cells));
    }
}
