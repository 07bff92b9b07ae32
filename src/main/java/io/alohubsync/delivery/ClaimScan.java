package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.loop.LowWaterMark;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One scan of the index of due customers: from the low-water mark on, which rises, or from the
 * beginning when that is due. Of the claiming loop alone.
 */
record ClaimScan(LowWaterMark mark, boolean full, long begun) {

    /** A merge that has been at work for longer when it commits is found by the next full scan. */
    private static final long LONGEST_COMMON_TRANSACTION_MICROS = 2_000_000;

    /**
     * What it took.
     *
     * @param ends    by priority, how far it has seen all, in microseconds
     * @param allowed by the account's row
     * @param committedUntil in microseconds: each merge that made a customer due before then is
     *                       committed
     */
    record Taken(List<Claimed> customers, Map<Short, Long> ends, long allowed, long committedUntil) {

        /** As many as it was allowed to take: there may be more. */
        boolean isAll() {
            return customers.size() >= allowed;
        }
    }

    static ClaimScan next(LowWaterMark mark) {
        return new ClaimScan(mark, mark.isFullScanDue(), mark.now());
    }

    /** @param now of the database, in seconds */
    static long committedUntil(double now) {
        return micros(now) - LONGEST_COMMON_TRANSACTION_MICROS;
    }

    static long micros(double seconds) {
        return (long) (seconds * 1e6);
    }

    void failed(SQLException failure) {
        if (full) {
            mark.failed(failure, begun);
        }
    }

    void ended(Taken taken) {
        if (taken.allowed() == 0) { // no scan was made
            return;
        }
        Map<Short, Long> ends = new HashMap<>(taken.ends());
        if (!taken.isAll()) {
            ends.putIfAbsent((short) 0, taken.committedUntil()); // most are: known from the first scan on
        }
        mark.scanned(full, taken.customers().size(), taken.isAll(), begun, ends);
        if (taken.isAll()) {
            mark.fairShare().full(Collections.min(ends.keySet()));
        } else {
            mark.raiseAll(taken.committedUntil());
        }
    }
}
