package io.alohubsync.operate.problems;

import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.SharedRead;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.ProblemKey.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Failures and rejections: grouped, and the customers or rows of a group. */
@ApplicationScoped
public class Problems {

    /** Customers in trouble, and rejected rows, of which groups are made: the newest so many. */
    public static final int LOOKS = ProblemRows.LOOKS;

    /** Groups of each kind. */
    public static final int MOST_GROUPS = 200;

    private static final Sql COUNT_FAILURES = Sql.named("operate/count-failures");
    private static final Sql COUNT_REJECTIONS = Sql.named("operate/count-rejections");

    private static final Sql READ_FAILURE_GROUP = Sql.named("operate/read-failure-group");
    private static final Sql READ_REJECTION_GROUP = Sql.named("operate/read-rejection-group");

    private final PeopleDatabase database;
    private final GroupIds ids;
    private final SharedRead<Optional<String>, Groups> reads;

    public Problems(PeopleDatabase database, GroupIds ids) {
        this.database = database;
        this.ids = ids;
        this.reads = new SharedRead<>(account -> database.read(connection -> read(connection, account.orElse(null))));
    }

    /**
     * The groups, the largest first.
     *
     * @param failuresCut   only the newest {@link #LOOKS} customers in trouble were looked at:
     *                      there are more, and counts are at least so high
     * @param rejectionsCut as for rejected rows
     */
    public record Groups(List<ProblemGroup> groups, boolean failuresCut, boolean rejectionsCut) {}

    /** @param account null: of all */
    public Groups groups(@Nullable String account, Sight sight) {
        return sight.of(reads.now(name(account)));
    }

    /** As {@link #groups}, for a page that repeats itself: some seconds old at most. */
    public Groups recentGroups(@Nullable String account, Sight sight) {
        return sight.of(reads.recent(name(account)));
    }

    private static Optional<String> name(@Nullable String account) {
        return Optional.ofNullable(Input.optional(account, "account", Input.ACCOUNT));
    }

    /**
     * One group.
     *
     * @param group null: none of those that were looked at is in it
     * @param cut   as of {@link Groups}
     */
    public record Found(@Nullable ProblemGroup group, boolean cut) {}

    public Found group(ProblemKey key, Sight sight) {
        Sql reading = key.kind() == Kind.FAILURE ? READ_FAILURE_GROUP : READ_REJECTION_GROUP;
        return sight.of(database.read(connection -> {
            Counted counted = reading.on(connection)
                    .set("looks", LOOKS)
                    .set("account", key.account())
                    .set("reason", key.reason())
                    .set("source", key.source())
                    .query(row -> counted(row, key.kind()));
            return new Found(
                    counted.groups().isEmpty() ? null : counted.groups().getFirst(), counted.cut());
        }));
    }

    private Groups read(Connection connection, @Nullable String account) throws SQLException {
        Counted failures = count(COUNT_FAILURES.on(connection), Kind.FAILURE, account);
        Counted rejections = count(COUNT_REJECTIONS.on(connection), Kind.REJECTION, account);
        List<ProblemGroup> all = new ArrayList<>(failures.groups());
        all.addAll(rejections.groups());
        all.sort(Comparator.comparingLong(ProblemGroup::count).reversed());
        return new Groups(all, failures.cut(), rejections.cut());
    }

    private record Counted(List<ProblemGroup> groups, boolean cut) {}

    private Counted count(Binding counting, Kind kind, @Nullable String account) throws SQLException {
        return counting.set("looks", LOOKS)
                .set("most", MOST_GROUPS)
                .set("account", account)
                .query(row -> counted(row, kind));
    }

    private Counted counted(ResultSet row, Kind kind) throws SQLException {
        List<ProblemGroup> groups = new ArrayList<>();
        boolean cut = false;
        while (row.next()) {
            cut = row.getLong(9) >= LOOKS;
            if (row.getString(1) != null) {
                groups.add(group(kind, row));
            }
        }
        return new Counted(groups, cut);
    }

    private ProblemGroup group(Kind kind, ResultSet row) throws SQLException {
        ProblemKey key = new ProblemKey(kind, row.getString(1), row.getString(2), row.getString(3));
        Remedy remedy = Remedy.of(key);
        String example = row.getString(8);
        return new ProblemGroup(
                ids.of(key),
                key,
                row.getLong(4),
                row.getLong(5),
                Columns.time(row, 6),
                Columns.time(row, 7),
                example == null ? "" : example,
                remedy.meaning(key, false),
                remedy.meaning(key, true),
                remedy.remedy(),
                remedy.remedyVi());
    }

    /**
     * The customers of a group of failures, the newest first.
     *
     * @throws Declined it is a group of rejections
     */
    public Page<CustomerLine> customers(ProblemKey key, PageRequest page, Sight sight) {
        if (key.kind() != Kind.FAILURE) {
            throw Declined.because(Why.NOT_FOR_REJECTIONS);
        }
        long before = Cursor.after(page, "f", Long.MAX_VALUE);
        return sight.of(database.read(connection -> {
            ProblemRows.Listed<Long> found = ProblemRows.failed(connection, key, before, page.size());
            List<CustomerLine> lines = CustomerLines.of(connection, found.first(page.size()));
            return new Page<>(lines, found.next("f", page.size(), id -> id));
        }));
    }

    /** The rows of a group of rejections, the newest first. */
    public Page<RowLine> rows(ProblemKey key, PageRequest page, Sight sight) {
        if (key.kind() != Kind.REJECTION) {
            throw Declined.field(Why.GROUP, "group");
        }
        long before = Cursor.after(page, "r", Long.MAX_VALUE);
        ProblemRows.Listed<RowLine> found =
                database.read(connection -> ProblemRows.rejected(connection, key, before, page.size()));
        return sight.of(new Page<>(found.first(page.size()), found.next("r", page.size(), RowLine::id)));
    }

    /**
     * A group as CSV, for those who look after its source. The export is recorded before its first
     * line is read, and again with the number of lines at its end.
     */
    public ProblemExport export(Actor actor, ProblemKey key, ExportForm form) {
        ProblemExport export = new ProblemExport(database, actor, key, form);
        export.record(null, export.what());
        return export;
    }
}
