package io.alohubsync.spreadsheet;

import io.alohubsync.account.RowOrder;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.Reason;
import io.alohubsync.contact.SourceVersion;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.Line;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line as the merge will read its outbox row. Immutable: many lines are read by all
 * processors.
 */
public final class Judge {

    /** How the parts of a customer are brought to their one form. */
    public record Rules(PhoneNormalizer phones, NameNormalizer names, EmailNormalizer emails) {}

    private final Rules rules;
    private final ZoneId zone;
    private final RowOrder order;
    private final Instant now;

    /** @param zone of a version that is a time without one */
    public Judge(Rules rules, ZoneId zone) {
        this(rules, zone, RowOrder.BY_ID, Instant.MIN);
    }

    private Judge(Rules rules, ZoneId zone, RowOrder order, Instant now) {
        this.rules = rules;
        this.zone = zone;
        this.order = order;
        this.now = now;
    }

    /** For rows of an account whose rows are in this order. */
    public Judge of(RowOrder order, Instant now) {
        return new Judge(rules, zone, order, now);
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
                rules.names().normalize(text(columns.name(line))),
                rules.emails().normalize(text(columns.email(line))));
    }

    Normalized<Phone> phone(Line line, Columns columns) {
        return isTooFarAhead(line, columns)
                ? new Normalized<>(null, Set.of(Reason.VERSION_AHEAD))
                : rules.phones().normalize(text(columns.phone(line)));
    }

    private boolean isTooFarAhead(Line line, Columns columns) {
        @Nullable Long version = order.bySourceVersion() ? version(line, columns) : null;
        return version != null && order.isAbsurd(version, now);
    }

    @Nullable
    Long version(Line line, Columns columns) {
        return SourceVersion.ofCell(columns.version(line), zone);
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
