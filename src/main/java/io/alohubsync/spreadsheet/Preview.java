package io.alohubsync.spreadsheet;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.Reason;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.spreadsheet.Judge.Judged;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What would come of a file: reads it from end to end, compares it with the customers, and writes
 * nothing. One thread uses it.
 */
public final class Preview implements Closeable {

    private static final Sql FIND_UNCHANGED = Sql.named("spreadsheet/find-unchanged");
    private static final int AT_ONCE = 2_000;

    private final Connection connection;
    private final ImportJob job;
    private final Judge judge;
    private final Lines lines;

    /** Those are marked that a line changes. */
    private final PhoneSet seen = new PhoneSet();

    private final Map<Reason, Tally> repairs = new EnumMap<>(Reason.class);
    private final Map<Reason, Tally> rejections = new EnumMap<>(Reason.class);
    private long rows;
    private long rejected;
    private long repaired;
    private long duplicates;
    private long unchanged;

    public Preview(Connection connection, ImportJob job, Judge judge) throws FileFault, IOException {
        this.connection = connection;
        this.job = job;
        this.judge = judge;
        this.lines = job.customers();
    }

    /** Reads some more lines. @return false: all are read */
    public boolean step() throws FileFault, IOException, SQLException {
        Batch batch = Batch.of(lines, AT_ONCE);
        List<Judged> all = judge.judge(batch.lines(), job.layout().columns());
        List<Judged> usable = new ArrayList<>(AT_ONCE);
        for (int i = 0; i < all.size(); i++) {
            count(batch.lines().get(i), all.get(i), usable);
        }
        compare(usable);
        return !batch.last();
    }

    private void count(Line line, Judged judged, List<Judged> usable) {
        rows++;
        if (judged.phone().value() == null) {
            rejected++;
            count(rejections, judged.phone().reasons(), line);
        } else {
            usable.add(judged);
            countRepairs(judged, line);
        }
    }

    private void countRepairs(Judged judged, Line line) {
        boolean any = false;
        for (Set<Reason> reasons : List.of(
                judged.phone().reasons(),
                judged.name().reasons(),
                judged.email().reasons())) {
            count(repairs, reasons, line);
            any |= !reasons.isEmpty();
        }
        repaired += any ? 1 : 0;
    }

    private void count(Map<Reason, Tally> tallies, Set<Reason> reasons, Line line) {
        for (Reason reason : reasons) {
            tallies.computeIfAbsent(reason, _ -> new Tally())
                    .add(line.number(), Phone.masked(job.layout().columns().phone(line)));
        }
    }

    private void compare(List<Judged> usable) throws SQLException {
        Set<Integer> places = places(usable);
        for (int i = 0; i < usable.size(); i++) {
            Phone phone = phone(usable.get(i));
            boolean nothingNew = places.contains(i + 1);
            duplicates += seen.add(phone) ? 0 : 1;
            unchanged += nothingNew ? 1 : 0;
            if (!nothingNew) {
                seen.mark(phone);
            }
        }
    }

    private Set<Integer> places(List<Judged> usable) throws SQLException {
        if (usable.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(FIND_UNCHANGED
                .on(connection)
                .set("account", job.target().account())
                .texts("phones", usable, judged -> phone(judged).e164())
                .texts("names", usable, judged -> judged.name().value())
                .texts("emails", usable, judged -> judged.email().value())
                .list(row -> row.getInt(1)));
    }

    private static Phone phone(Judged judged) {
        return Objects.requireNonNull(judged.phone().value());
    }

    public long rows() {
        return rows;
    }

    public long usable() {
        return rows - rejected;
    }

    /** Usable, with something in them repaired or dropped. */
    public long repaired() {
        return repaired;
    }

    public long rejected() {
        return rejected;
    }

    /** Lines with a phone that a line above has, too. */
    public long duplicates() {
        return duplicates;
    }

    /** Lines whose values their customer holds already. */
    public long unchanged() {
        return unchanged;
    }

    /** Customers that are new or change. */
    public long toSend() {
        return seen.marked();
    }

    public Map<Reason, Tally> repairs() {
        return Collections.unmodifiableMap(repairs);
    }

    public Map<Reason, Tally> rejections() {
        return Collections.unmodifiableMap(rejections);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
