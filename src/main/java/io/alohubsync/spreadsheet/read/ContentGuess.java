package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.Reason;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Guesses from what stands in a column whether it holds phones, names or e-mails. */
final class ContentGuess {

    private static final double MOST_OF_THEM = 0.5;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern NAME = Pattern.compile("\\s*\\p{Lu}[\\p{L}\\p{M}'.]*(\\s+[\\p{L}\\p{M}'.]+){1,7}\\s*");

    private final PhoneNormalizer phones;

    ContentGuess(PhoneNormalizer phones) {
        this.phones = phones;
    }

    OptionalInt phone(List<Line> lines, List<Integer> taken) {
        int column = best(lines, taken, this::isPhone);
        return column < 0 ? OptionalInt.empty() : OptionalInt.of(column);
    }

    int email(List<Line> lines, List<Integer> taken) {
        return best(lines, taken, text -> EMAIL.matcher(text.strip()).matches());
    }

    int name(List<Line> lines, List<Integer> taken) {
        return best(lines, taken, text -> NAME.matcher(text).matches());
    }

    /** An example in a heading is none: no customer has it. */
    boolean hasPhone(Line line) {
        return line.cells().stream().anyMatch(cell -> isPhone(cell) && isPhone(Heading.withoutExample(cell)));
    }

    /** Damaged ones are phones too: a person should see why they are rejected. */
    boolean isPhone(String text) {
        if (text.isBlank() || text.length() > 200) {
            return false;
        }
        Normalized<Phone> phone = phones.normalize(text);
        return phone.value() != null
                || phone.reasons().contains(Reason.PHONE_NUMBER_FORMAT)
                || phone.reasons().contains(Reason.PHONE_PLACEHOLDER);
    }

    /** @return -1: of no column most cells are so */
    private static int best(List<Line> lines, List<Integer> taken, Predicate<String> kind) {
        int width = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        int best = -1;
        double bestShare = MOST_OF_THEM;
        for (int column = 0; column < width; column++) {
            double share = taken.contains(column) ? 0 : share(lines, column, kind);
            if (share >= MOST_OF_THEM && (best < 0 || share > bestShare)) {
                best = column;
                bestShare = share;
            }
        }
        return best;
    }

    private static double share(List<Line> lines, int column, Predicate<String> kind) {
        long filled =
                lines.stream().filter(line -> !line.cell(column).isBlank()).count();
        long fits = lines.stream().filter(line -> kind.test(line.cell(column))).count();
        return filled == 0 ? 0 : (double) fits / filled;
    }
}
