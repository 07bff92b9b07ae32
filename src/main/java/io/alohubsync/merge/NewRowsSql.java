package io.alohubsync.merge;

import io.alohubsync.customer.IdRanges;
import io.alohubsync.customer.NewRow;
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
    private static final Sql LOCK_PASSING = Sql.named("merge/lock-new-rows-passing");
    private static final Sql LOCK_FULL_SCAN = Sql.named("merge/lock-new-rows-full-scan");
    private static final Sql LOCK_FULL_SCAN_PASSING = Sql.named("merge/lock-new-rows-full-scan-passing");
    private static final Sql LOCK_OLDEST = Sql.named("merge/lock-oldest-new-rows");
    private static final Sql LOCK_BY_ID = Sql.named("merge/lock-new-rows-by-id");
    private static final Sql IDS = Sql.named("merge/lock-new-row-ids");
    private static final Sql IDS_FULL_SCAN = Sql.named("merge/lock-new-row-ids-full-scan");

    private static final IdRanges NONE = new IdRanges();

    /** So many ids below the newest that was merged are scanned each time: short transactions commit a little out of order. */
    private static final long OUT_OF_ORDER = 5000;

    private NewRowsSql() {}

    /**
     * @param limit  rows at most
     * @param passed ids that are passed over; null: none
     */
    public record Request(int limit, @Nullable IdRanges passed) {}

    /**
     * Most urgent first, locked; one scan of twenty takes the oldest of the less urgent ({@link FairShare}). From the low-water mark on, which rises; from the beginning when that is due. Empty:
     * {@link LowWaterMark#untilFullScan} says for how long.
     */
    public static List<NewRow> lock(Connection connection, Request request, LowWaterMark lowWaterMark)
            throws SQLException {
        if (lowWaterMark.fairShare().isForOldest()) {
            List<NewRow> oldest = lockOldest(connection, request, lowWaterMark);
            if (!oldest.isEmpty()) {
                return oldest;
            }
        }
        List<NewRow> rows = look(connection, request, lowWaterMark);
        return rows.isEmpty() && lowWaterMark.isFullScanDue() ? look(connection, request, lowWaterMark) : rows;
    }

    private static List<NewRow> look(Connection connection, Request request, LowWaterMark lowWaterMark)
            throws SQLException {
        boolean fullScan = lowWaterMark.isFullScanDue();
        long begun = lowWaterMark.now();
        IdRanges passed = request.passed();
        List<NewRow> rows = (fullScan
                        ? fullScan(connection, passed == null ? LOCK_FULL_SCAN : LOCK_FULL_SCAN_PASSING, passed)
                        : fromLowWaterMark(connection, passed == null ? LOCK : LOCK_PASSING, passed, lowWaterMark))
                .set("limit", request.limit())
                .list(NewRowsSql::row);
        Map<Short, Long> ends = new HashMap<>();
        rows.forEach(row -> ends.merge(row.priority(), row.id() - OUT_OF_ORDER, Math::max));
        lowWaterMark.looked(fullScan, rows.size(), rows.size() >= request.limit(), begun, ends);
        if (rows.size() >= request.limit()) {
            lowWaterMark.fairShare().full(Collections.min(ends.keySet()));
        }
        return rows;
    }

    /** The ids of the rows that the next scan would find. Their content is not read: it may be what made a scan fail. */
    public static List<Long> ids(Connection connection, Request request, LowWaterMark lowWaterMark)
            throws SQLException {
        IdRanges passed = passedOrNone(request);
        return (lowWaterMark.isFullScanDue()
                        ? fullScan(connection, IDS_FULL_SCAN, passed)
                        : fromLowWaterMark(connection, IDS, passed, lowWaterMark))
                .set("limit", request.limit())
                .list(row -> row.getLong(1));
    }

    private static IdRanges passedOrNone(Request request) {
        return request.passed() == null ? NONE : request.passed();
    }

    /** @param passed null: the statement passes over none */
    private static Binding fullScan(Connection connection, Sql sql, @Nullable IdRanges passed) throws SQLException {
        Binding look = sql.on(connection);
        return passed == null ? look : look.set("passed", passed.from(0));
    }

    private static Binding fromLowWaterMark(
            Connection connection, Sql sql, @Nullable IdRanges passed, LowWaterMark lowWaterMark) throws SQLException {
        Map<Short, Long> firsts = lowWaterMark.firsts();
        // No scan begins below, also at a priority above all that are known.
        long lowest = firsts.values().stream().mapToLong(Long::longValue).min().orElse(0);
        Binding look = sql.on(connection)
                .set("lowest", lowest)
                .set("top", lowWaterMark.top())
                .shorts("priorities", firsts.keySet(), priority -> priority)
                .longs("firsts", firsts.values(), first -> first);
        return passed == null ? look : look.set("passed", passed.from(lowest));
    }

    /** Another replica may have some of them. */
    private static List<NewRow> lockOldest(Connection connection, Request request, LowWaterMark lowWaterMark)
            throws SQLException {
        long begun = lowWaterMark.now();
        List<NewRow> rows = LOCK_OLDEST
                .on(connection)
                .set("below", lowWaterMark.fairShare().below())
                .set("passed", passedOrNone(request).from(0))
                .set("limit", request.limit())
                .list(NewRowsSql::row);
        lowWaterMark.fairShare().oldestTaken(begun);
        return rows;
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
