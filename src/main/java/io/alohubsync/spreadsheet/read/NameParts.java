package io.alohubsync.spreadsheet.read;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a name in parts: family name, middle name, given name, all of one person.
 *
 * @param taken columns that are of other fields
 */
record NameParts(Line heading, List<Integer> taken) {

    private static final int NONE = -1;

    /**
     * @param whole      the column whose heading is a name's; -1: there is none
     * @param recipients whose phone it is: the recipient's or the customer's; where the file has no
     *                   parts of this person's name, the other one's
     * @return empty: the whole name counts
     */
    List<Integer> beside(int whole, boolean recipients) {
        int given = part("given_name", recipients);
        if (given == NONE) {
            return whole == NONE || isBareGiven(whole, !recipients) ? parts(!recipients) : List.of();
        }
        boolean another = whole != NONE && Heading.isRecipients(heading.cell(whole)) != recipients;
        return whole == NONE || another || isBareGiven(whole, recipients) ? parts(recipients) : List.of();
    }

    /** {@code Tên} is the whole name, unless {@code Họ} stands beside it. */
    private boolean isBareGiven(int whole, boolean recipients) {
        return whole == part("given_name", recipients) && part("family_name", recipients) != NONE;
    }

    private List<Integer> parts(boolean recipients) {
        int given = part("given_name", recipients);
        return given == NONE
                ? List.of()
                : IntStream.of(part("family_name", recipients), part("middle_name", recipients), given)
                        .filter(column -> column != NONE)
                        .boxed()
                        .toList();
    }

    private int part(String meaning, boolean recipients) {
        List<String> free = IntStream.range(0, heading.cells().size())
                .mapToObj(column -> taken.contains(column) ? "" : heading.cell(column))
                .toList();
        return Heading.meaning(meaning, free).stream()
                .filter(cell -> Heading.isRecipients(cell) == recipients)
                .findFirst()
                .map(free::indexOf)
                .orElse(NONE);
    }
}
