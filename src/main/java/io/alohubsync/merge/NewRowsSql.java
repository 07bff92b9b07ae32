package io.alohubsync.merge;

import io.alohubsync.customer.IdRanges;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.loop.FairShare;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds new outbox rows and locks them: the merge's first statement. */
public final class NewRowsSql {

    private static final Sql LOCK = Sql.named("merge/lock-new-rows");
    private static final Sql LOCK_SKIPPING = Sql.named("merge/lock-new-rows-skipping");
    private static final Sql LOCK_FULL_SCAN = Sql.named("merge/lock-new-rows-full-scan");
    private static final Sql LOCK_FULL_SCAN_SKIPPING = Sql.named("merge/lock-new-rows-full-scan-skipping");
    private static final Sql LOCK_OLDEST = Sql.named("merge/lock-oldest-new-rows");
    private static final Sql LOCK_BY_ID = Sql.named("merge/lock-new-rows-by-id");
    private static final Sql IDS = Sql.named("merge/lock-new-row-ids");
    private static final Sql IDS_FULL_SCAN = Sql.named("merge/lock-new-row-ids-full-scan");

    private static final IdRanges NONE = new IdRanges();

    /**
     * So many ids below the newest that was merged are scanned each time: short transactions commit
     * a little out of order.
     */
    private static final long OUT_OF_ORDER = 5000;

    private NewRowsSql() {}

    /**
     * @param limit   rows at most
     * @param skipped ids that are skipped; null: none
     * @param highest merged so far
     */
    public record Scan(int limit, @Nullable IdRanges skipped, OutboxNumbers.Highest highest) {}

    /**
     * Most urgent first, locked; one scan of twenty takes the oldest of the less urgent
     * ({@link FairShare}). From the low-water mark on, which rises; from the beginning when that is
     * due. Empty: {@link LowWaterMark#untilFullScan} says for how long.
     */
    public static List<NewRow> lock(Connection connection, Scan scan, LowWaterMark lowWaterMark) throws SQLException {
        if (lowWaterMark.fairShare().isForOldest()) {
            List<NewRow> oldest = lockOldest(connection, scan, lowWaterMark);
            if (!oldest.isEmpty()) {
                return oldest;
            }
        }
        List<NewRow> rows = scan(connection, scan, lowWaterMark);
        return rows.isEmpty() && lowWaterMark.isFullScanDue() ? scan(connection, scan, lowWaterMark) : rows;
    }

    private static List<NewRow> scan(Connection connection, Scan scan, LowWaterMark lowWaterMark) throws SQLException {
        boolean fullScan = lowWaterMark.isFullScanDue();
        long begun = lowWaterMark.now();
        List<NewRow> rows;
        try {
            rows = locked(connection, scan, lowWaterMark, fullScan);
        } catch (SQLException failure) {
            if (fullScan) {
                lowWaterMark.failed(failure, begun);
            }
            throw failure;
        }
        Map<Short, Long> ends = new HashMap<>();
        rows.forEach(row -> scan.highest()
                .markOf(row.id())
                .ifPresent(mark -> ends.merge(row.priority(), mark - OUT_OF_ORDER, Math::max)));
        lowWaterMark.scanned(fullScan, rows.size(), rows.size() >= scan.limit(), begun, ends);
        if (rows.size() >= scan.limit()) {
            lowWaterMark
                    .fairShare()
                    .full(Collections.min(rows.stream().map(NewRow::priority).toList()));
        }
        return rows;
    }

    private static List<NewRow> locked(Connection connection, Scan scan, LowWaterMark lowWaterMark, boolean fullScan)
            throws SQLException {
        IdRanges skipped = scan.skipped();
        return (fullScan
                        ? fullScan(connection, skipped == null ? LOCK_FULL_SCAN : LOCK_FULL_SCAN_SKIPPING, skipped)
                        : fromLowWaterMark(connection, skipped == null ? LOCK : LOCK_SKIPPING, skipped, lowWaterMark))
                .set("limit", scan.limit())
                .list(NewRowsSql::row);
    }

    /**
     * The ids of the rows that the next scan would find. Their content is not read: it may be what
     * made a scan fail.
     */
    public static List<Long> ids(Connection connection, Scan scan, LowWaterMark lowWaterMark) throws SQLException {
        IdRanges skipped = skippedOrNone(scan);
        return (lowWaterMark.isFullScanDue()
                        ? fullScan(connection, IDS_FULL_SCAN, skipped)
                        : fromLowWaterMark(connection, IDS, skipped, lowWaterMark))
                .set("limit", scan.limit())
                .list(row -> row.getLong(1));
    }

    private static IdRanges skippedOrNone(Scan scan) {
        return scan.skipped() == null ? NONE : scan.skipped();
    }

    /** @param skipped null: the statement skips none */
    private static Binding fullScan(Connection connection, Sql sql, @Nullable IdRanges skipped) throws SQLException {
        Binding scan = sql.on(connection);
        return skipped == null ? scan : scan.set("skipped", skipped.from(0));
    }

    private static Binding fromLowWaterMark(
            Connection connection, Sql sql, @Nullable IdRanges skipped, LowWaterMark lowWaterMark) throws SQLException {
        Map<Short, Long> marks = lowWaterMark.marks();
        // No scan begins below, also at a priority above all that are known.
        long lowest = marks.values().stream().mapToLong(Long::longValue).min().orElse(0);
        Binding scan = sql.on(connection)
                .set("lowest", lowest)
                .set("top", lowWaterMark.top())
                .shorts("priorities", marks.keySet(), priority -> priority)
                .longs("marks", marks.values(), first -> first);
        return skipped == null ? scan : scan.set("skipped", skipped.from(lowest));
    }

    /** Another replica may have some of them. */
    private static List<NewRow> lockOldest(Connection connection, Scan scan, LowWaterMark lowWaterMark)
            throws SQLException {
        long begun = lowWaterMark.now();
        try {
            return LOCK_OLDEST
                    .on(connection)
                    .set("below", lowWaterMark.fairShare().below())
                    .set("skipped", skippedOrNone(scan).from(0))
                    .set("limit", scan.limit())
                    .list(NewRowsSql::row);
        } finally {
            lowWaterMark.fairShare().oldestTaken(begun);
        }
    }

    /** Those of them that are new and that no other replica has. */
    public static List<NewRow> lock(Connection connection, List<Long> ids) throws SQLException {
        return LOCK_BY_ID.on(connection).longs("ids", ids, id -> id).list(NewRowsSql::row);
    }

    private static NewRow row(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        return new NewRow(
                id,
                id,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getShort(6),
                row.getObject(7, Long.class),
                row.getBoolean(8));
    }
}
