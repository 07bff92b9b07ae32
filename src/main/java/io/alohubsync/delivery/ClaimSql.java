package io.alohubsync.delivery;

import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.loop.FairShare;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes due customers under a lease. Every time is the database's. */
public final class ClaimSql {

    private static final Sql CLAIM = Sql.named("delivery/claim");
    private static final Sql CLAIM_FULL_SCAN = Sql.named("delivery/claim-full-scan");
    private static final Sql CLAIM_OLDEST = Sql.named("delivery/claim-oldest");
    private static final Sql CLAIM_SCHEDULED = Sql.named("delivery/claim-scheduled");
    private static final Sql CLAIM_OLDEST_SCHEDULED = Sql.named("delivery/claim-oldest-scheduled");
    private static final Sql CLAIM_PROBE = Sql.named("delivery/claim-probe");

    private ClaimSql() {}

    /**
     * How slots are given out.
     *
     * @param interval seconds from one call to the next over all replicas; null: as learned from
     *                 Alohub, or at once
     * @param burst    calls that may go at once after an idle time
     * @param horizon  seconds that slots are given out ahead
     * @param ramp     seconds in which calls rise after a trip
     */
    public record Pace(@Nullable Double interval, int burst, double horizon, double ramp) {}

    /**
     * @param customers in the order of their slots
     * @param firstSlot seconds from now to the first one's; may have passed
     * @param interval  seconds from one slot to the next; 0: all at once
     * @param exhausted the schedule, not the lack of due customers, ended the claim
     */
    public record Slots(List<Claimed> customers, double firstSlot, double interval, boolean exhausted) {

        /** Seconds until the next free slot. */
        public double nextSlot() {
            return firstSlot + customers.size() * interval;
        }

        /** Seconds until the slot of one of them, the first being 0; 0: at once. */
        public double slot(int number) {
            return Math.max(0, firstSlot + number * interval);
        }
    }

    /**
     * @param leftNone the scan for the most urgent found fewer than it was allowed to take: no
     *                 other customer was due
     */
    public record Claim(List<Claimed> customers, boolean leftNone) {}

    /** A merge that has been at work for longer when it commits is found by the next full scan. */
    private static final long LONGEST_COMMON_TRANSACTION_MICROS = 2_000_000;

    /**
     * Due customers, most urgent first, from the low-water mark on, which rises; from the beginning
     * when that is due. None while the account's breaker is tripped, or while calls need slots.
     */
    public static Claim claim(Connection connection, LeaseRequest request, LowWaterMark lowWaterMark)
            throws SQLException {
        if (lowWaterMark.fairShare().isForOldest()) {
            List<Claimed> oldest = claimOldest(connection, request, lowWaterMark);
            if (!oldest.isEmpty()) {
                return new Claim(oldest, false);
            }
        }
        boolean fullScan = lowWaterMark.isFullScanDue();
        long begun = lowWaterMark.now();
        Binding claim = fullScan ? CLAIM_FULL_SCAN.on(connection) : fromLowWaterMark(connection, lowWaterMark);
        Taken taken = request(claim, request).query(ClaimSql::taken);
        boolean full = taken.customers.size() >= taken.allowed;
        if (taken.allowed > 0) { // else no scan was made
            if (!full) {
                taken.ends.putIfAbsent((short) 0, taken.committedUntil); // most are: known from the first scan on
            }
            lowWaterMark.scanned(fullScan, taken.customers.size(), full, begun, taken.ends);
            if (full) {
                lowWaterMark.fairShare().full(Collections.min(taken.ends.keySet()));
            } else {
                lowWaterMark.raiseAll(taken.committedUntil);
            }
        }
        return new Claim(taken.customers, taken.allowed > 0 && !full);
    }

    private static Binding fromLowWaterMark(Connection connection, LowWaterMark lowWaterMark) throws SQLException {
        Map<Short, Long> marks = lowWaterMark.marks();
        return CLAIM.on(connection)
                .set("top", lowWaterMark.top())
                .shorts("priorities", marks.keySet(), priority -> priority)
                .longs("marks", marks.values(), first -> first);
    }

    private static Binding request(Binding claim, LeaseRequest request) throws SQLException {
        return claim.set("account", request.account())
                .set("key", request.key())
                .set("limit", (long) request.limit())
                .set("lease", request.lease());
    }

    /**
     * @param ends    by priority, how far the scan has seen all, in microseconds
     * @param allowed by the account's row
     * @param committedUntil in microseconds: each merge that made a customer due before then is
     *                       committed
     */
    private record Taken(List<Claimed> customers, Map<Short, Long> ends, long allowed, long committedUntil) {}

    private static Taken taken(ResultSet row) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        Map<Short, Long> ends = new HashMap<>();
        long allowed = 0;
        long committedUntil = 0;
        while (row.next()) {
            allowed = row.getLong(13);
            committedUntil = micros(row.getDouble(12)) - LONGEST_COMMON_TRANSACTION_MICROS;
            if (row.getLong(1) != 0) {
                customers.add(customer(row, false));
                ends.merge(row.getShort(10), Math.min(committedUntil, micros(row.getDouble(11))), Math::max);
            }
        }
        return new Taken(customers, ends, allowed, committedUntil);
    }

    private static List<Claimed> claimOldest(Connection connection, LeaseRequest request, LowWaterMark lowWaterMark)
            throws SQLException {
        long begun = lowWaterMark.now();
        Binding claim = CLAIM_OLDEST
                .on(connection)
                .set("below", lowWaterMark.fairShare().below());
        List<Claimed> customers = request(claim, request).query(ClaimSql::taken).customers;
        lowWaterMark.fairShare().oldestTaken(begun);
        return customers;
    }

    private static long micros(double seconds) {
        return (long) (seconds * 1e6);
    }

    /** As above, for an account with a schedule: each customer also gets a slot. */
    public static Slots claim(Connection connection, LeaseRequest request, Pace pace, FairShare fairShare)
            throws SQLException {
        if (fairShare.isForOldest()) {
            long begun = fairShare.now();
            Binding claim = CLAIM_OLDEST_SCHEDULED.on(connection).set("below", fairShare.below());
            Slots oldest = slots(claim, request, pace, fairShare);
            fairShare.oldestTaken(begun);
            if (!oldest.customers().isEmpty()) {
                return oldest;
            }
        }
        return slots(CLAIM_SCHEDULED.on(connection), request, pace, fairShare);
    }

    private static Slots slots(Binding claim, LeaseRequest request, Pace pace, FairShare fairShare)
            throws SQLException {
        return request(claim, request)
                .set("interval", pace.interval())
                .set("burst", (double) pace.burst())
                .set("horizon", pace.horizon())
                .set("ramp", pace.ramp())
                .query(rows -> slots(rows, fairShare));
    }

    private static Slots slots(ResultSet row, FairShare fairShare) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        double first = 0;
        double interval = 0;
        long allowed = 0;
        short lowest = Short.MAX_VALUE;
        while (row.next()) {
            first = row.getDouble(10);
            interval = row.getDouble(11);
            allowed = row.getLong(12);
            if (row.getLong(1) != 0) {
                customers.add(customer(row, false));
                lowest = (short) Math.min(lowest, row.getShort(13));
            }
        }
        if (!customers.isEmpty() && customers.size() >= allowed) {
            fairShare.full(lowest);
        }
        return new Slots(customers, interval == 0 ? 0 : first, interval, interval > 0 && customers.size() == allowed);
    }

    /**
     * The one customer whose call tests the account while its breaker is tripped, over all
     * replicas; none before the next probe is due.
     */
    public static List<Claimed> claimForProbe(Connection connection, LeaseRequest request) throws SQLException {
        return CLAIM_PROBE
                .on(connection)
                .set("account", request.account())
                .set("key", request.key())
                .set("lease", request.lease())
                .list(row -> customer(row, true));
    }

    private static Claimed customer(ResultSet row, boolean probe) throws SQLException {
        return new Claimed(
                row.getLong(1),
                row.getLong(2),
                new Phone(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                new EarlierAttempts(
                        row.getInt(7),
                        row.getBoolean(8),
                        row.getBoolean(9),
                        row.getInt("throttled"),
                        row.getInt("throttlings")),
                probe);
    }
}
