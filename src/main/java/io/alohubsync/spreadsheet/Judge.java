package io.alohubsync.spreadsheet;

import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line as the merge will read its outbox row. Immutable: many lines are read by all
 * processors.
 */
public final class Judge {

    private final PhoneNormalizer phones;
    private final NameNormalizer names;
    private final EmailNormalizer emails;

    public Judge(PhoneNormalizer phones, NameNormalizer names, EmailNormalizer emails) {
        this.phones = phones;
        this.names = names;
        this.emails = emails;
    }

    /** @param phone with no value: the line is rejected */
    record Judged(Normalized<Phone> phone, Normalized<String> name, Normalized<String> email) {}

    /** In their order. */
    List<Judged> judge(List<Line> lines, Columns columns) {
        return lines.parallelStream().map(line -> judge(line, columns)).toList();
    }

    /** In the order of the lines. */
    List<Normalized<Phone>> phones(List<Line> lines, Columns columns) {
        return lines.parallelStream().map(line -> phone(line, columns)).toList();
    }

    private Judged judge(Line line, Columns columns) {
        return new Judged(
                phone(line, columns),
                names.normalize(text(columns.name(line))),
                emails.normalize(text(columns.email(line))));
    }

    Normalized<Phone> phone(Line line, Columns columns) {
        return phones.normalize(text(columns.phone(line)));
    }

    /** What PostgreSQL stores: no NUL, no half of a character. Null: the cell is empty. */
    static @Nullable String text(String cell) {
        if (cell.isBlank()) {
            return null;
        }
        boolean plain = cell.chars().noneMatch(unit -> unit == 0 || Character.isSurrogate((char) unit));
        if (plain) {
            return cell;
        }
        StringBuilder text = new StringBuilder(cell.length());
        cell.codePoints()
                .filter(point -> point != 0)
                .forEach(point -> text.appendCodePoint(isHalf(point) ? 0xFFFD : point));
        return text.toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
