package io.alohubsync.delivery;

import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.delivery.ClaimScan.Taken;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.loop.FairShare;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private static final Sql CLAIM_SCHEDULED_FULL_SCAN = Sql.named("delivery/claim-scheduled-full-scan");
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

    /**
     * Due customers, most urgent first, from the low-water mark on, which rises; from the beginning
     * when that is due. None while the account's breaker is tripped, or while calls need slots.
     */
    public static Claim claim(Connection connection, LeaseRequest request, LowWaterMark lowWaterMark)
            throws SQLException {
        if (lowWaterMark.fairShare().isForOldest()) {
            List<Claimed> oldest = claimOldest(connection, request, lowWaterMark.fairShare());
            if (!oldest.isEmpty()) {
                return new Claim(oldest, false);
            }
        }
        ClaimScan scan = ClaimScan.next(lowWaterMark);
        try {
            Taken taken = request(on(connection, scan, CLAIM, CLAIM_FULL_SCAN), request)
                    .query(ClaimSql::taken);
            scan.ended(taken);
            return new Claim(taken.customers(), !taken.isAll());
        } catch (SQLException failure) {
            scan.failed(failure);
            throw failure;
        }
    }

    private static Binding on(Connection connection, ClaimScan scan, Sql fromMark, Sql fullScan) throws SQLException {
        if (scan.full()) {
            return fullScan.on(connection);
        }
        Map<Short, Long> marks = scan.mark().marks();
        return fromMark.on(connection)
                .set("top", scan.mark().top())
                .shorts("priorities", marks.keySet(), priority -> priority)
                .longs("marks", marks.values(), first -> first);
    }

    private static Binding request(Binding claim, LeaseRequest request) throws SQLException {
        return claim.set("account", request.account())
                .set("key", request.key())
                .set("limit", (long) request.limit())
                .set("lease", request.lease());
    }

    private static Taken taken(ResultSet row) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        Map<Short, Long> ends = new HashMap<>();
        long allowed = 0;
        long committedUntil = 0;
        while (row.next()) {
            allowed = row.getLong(13);
            committedUntil = ClaimScan.committedUntil(row.getDouble(12));
            add(row, customers, ends, 10, Math.min(committedUntil, ClaimScan.micros(row.getDouble(11))));
        }
        return new Taken(customers, ends, allowed, committedUntil);
    }

    /** Where the row has a customer. @param end how far all of its priority have been seen */
    private static void add(ResultSet row, List<Claimed> customers, Map<Short, Long> ends, int priority, long end)
            throws SQLException {
        if (row.getLong(1) != 0) {
            customers.add(customer(row, false));
            ends.merge(row.getShort(priority), end, Math::max);
        }
    }

    private static List<Claimed> claimOldest(Connection connection, LeaseRequest request, FairShare fairShare)
            throws SQLException {
        long begun = fairShare.now();
        try {
            Binding claim = CLAIM_OLDEST.on(connection).set("below", fairShare.below());
            return request(claim, request).query(ClaimSql::taken).customers();
        } finally {
            fairShare.oldestTaken(begun);
        }
    }

    /** As above, for an account with a schedule: each customer also gets a slot. */
    public static Slots claim(Connection connection, LeaseRequest request, Pace pace, LowWaterMark lowWaterMark)
            throws SQLException {
        FairShare fairShare = lowWaterMark.fairShare();
        if (fairShare.isForOldest()) {
            long begun = fairShare.now();
            try {
                Binding claim = CLAIM_OLDEST_SCHEDULED.on(connection).set("below", fairShare.below());
                Scheduled oldest = scheduled(claim, request, pace);
                if (!oldest.taken().customers().isEmpty()) {
                    return oldest.slots();
                }
            } finally {
                fairShare.oldestTaken(begun);
            }
        }
        ClaimScan scan = ClaimScan.next(lowWaterMark);
        try {
            Scheduled scheduled =
                    scheduled(on(connection, scan, CLAIM_SCHEDULED, CLAIM_SCHEDULED_FULL_SCAN), request, pace);
            scan.ended(scheduled.taken());
            return scheduled.slots();
        } catch (SQLException failure) {
            scan.failed(failure);
            throw failure;
        }
    }

    private record Scheduled(Taken taken, double first, double interval) {
        Slots slots() {
            boolean exhausted = interval > 0 && taken.customers().size() == taken.allowed();
            return new Slots(taken.customers(), interval == 0 ? 0 : first, interval, exhausted);
        }
    }

    private static Scheduled scheduled(Binding claim, LeaseRequest request, Pace pace) throws SQLException {
        return request(claim, request)
                .set("interval", pace.interval())
                .set("burst", (double) pace.burst())
                .set("horizon", pace.horizon())
                .set("ramp", pace.ramp())
                .query(ClaimSql::scheduled);
    }

    private static Scheduled scheduled(ResultSet row) throws SQLException {
        List<Claimed> customers = new ArrayList<>();
        Map<Short, Long> ends = new HashMap<>();
        double first = 0;
        double interval = 0;
        long allowed = 0;
        long committedUntil = 0;
        while (row.next()) {
            first = row.getDouble(10);
            interval = row.getDouble(11);
            allowed = row.getLong(12);
            committedUntil = ClaimScan.committedUntil(row.getDouble(17));
            add(row, customers, ends, 13, Math.min(committedUntil, ClaimScan.micros(row.getDouble(16))));
        }
        return new Scheduled(new Taken(customers, ends, allowed, committedUntil), first, interval);
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
