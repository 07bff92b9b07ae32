package io.alohubsync.loop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where the next scan of an ordered index begins, for each priority. A row that was taken stays in
 * the index while any transaction can still see it. A transaction that stays open makes such rows
 * many, and a scan from the beginning skips all of them. So most scans begin where the last one
 * ended. This is only an optimisation: the next full scan finds what lies below the mark (a row
 * that was committed late or was locked, a lease that ended).
 *
 * <p>A full scan is due when a scan was not full, and in any case after a second. A slow one is due
 * less often: at most a twentieth of the time is spent on full scans. An idle loop makes a full
 * scan before it waits. Where that is slow, it first waits ten times as long as the last full scan
 * took, at most five seconds. After one that the server has ended, since it took too long, scans
 * from the mark alone go on for twenty times as long. Any thread; the lock guards all state.
 */
public final class LowWaterMark {

    private static final long FULL_SCAN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 20;
    private static final String CANCELED = "57014";
    private static final long CHEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int SHARE_OF_IDLE = 10;
    private static final long MAX_WAIT_OF_IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanoTime;
    private final FairShare fairShare;
    private final SortedMap<Short, Long> marks = new TreeMap<>(Comparator.reverseOrder());
    private boolean mayBeMore;
    private boolean foundNothing; // by the last scan, which was no full one
    private boolean scannedFully;
    private boolean wanted; // a full scan is due at once
    private boolean canceled; // the last full scan
    private long fullScanAt;
    private long took;

    /** @param nanoTime the monotonic clock */
    public LowWaterMark(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.fairShare = new FairShare(nanoTime);
        this.fullScanAt = nanoTime.getAsLong();
    }

    /** The next scan is to be a full one. */
    public synchronized boolean isFullScanDue() {
        long since = nanoTime.getAsLong() - fullScanAt;
        if (canceled) {
            return since >= SHARE * took;
        }
        boolean due = marks.isEmpty() || !mayBeMore || since >= FULL_SCAN_NANOS;
        return wanted || (due && since >= SHARE * took) || (foundNothing && since >= idleWait());
    }

    /**
     * How long a loop that found nothing can wait. After a scan from the mark: until the next full
     * scan.
     *
     * @param atMost after a full scan
     */
    public synchronized Duration untilFullScan(Duration atMost) {
        if (scannedFully && !wanted) {
            return atMost;
        }
        long wait = foundNothing && !canceled ? idleWait() : SHARE * took;
        long left = isFullScanDue() ? 0 : fullScanAt + wait - nanoTime.getAsLong();
        return Duration.ofNanos(Math.clamp(left, 0, atMost.toNanos()));
    }

    private long idleWait() {
        return took < CHEAP_NANOS ? 0 : Math.min(SHARE_OF_IDLE * took, MAX_WAIT_OF_IDLE_NANOS);
    }

    /** Decides when a scan is for the oldest. */
    public FairShare fairShare() {
        return fairShare;
    }

    /** Rows below the mark can be taken again. */
    public synchronized void wantFullScan() {
        wanted = true;
    }

    /** The most urgent priority that is known. */
    public synchronized short top() {
        return marks.isEmpty() ? Short.MIN_VALUE : marks.firstKey();
    }

    /** The priorities that are known, most urgent first, and where to begin. */
    public synchronized Map<Short, Long> marks() {
        return new LinkedHashMap<>(marks);
    }

    /**
     * Records the end of a scan.
     *
     * @param taken rows
     * @param full  as much was taken as was asked for: there may be more
     * @param ends by priority: nothing is left below, as far as this scan could see
     */
    public synchronized void scanned(boolean fullScan, int taken, boolean full, long begun, Map<Short, Long> ends) {
        mayBeMore = full;
        scannedFully = fullScan;
        foundNothing = !fullScan && taken == 0;
        if (fullScan) {
            wanted = false;
            canceled = false;
            fullScanAt = nanoTime.getAsLong();
            took = fullScanAt - begun;
        }
        if (fullScan && full) {
            marks.clear(); // it began below the marks and has not reached them
        }
        ends.forEach((priority, end) -> marks.merge(priority, end, Math::max));
    }

    /** A full scan failed. Where no mark is known, the next scan is a full one all the same. */
    public synchronized void failed(SQLException failure, long begun) {
        if (CANCELED.equals(failure.getSQLState()) && !marks.isEmpty()) {
            canceled = true;
            scannedFully = false;
            fullScanAt = nanoTime.getAsLong();
            took = fullScanAt - begun;
        }
    }

    /** Nothing of any priority that is known is left below. */
    public synchronized void raiseAll(long first) {
        marks.replaceAll((priority, before) -> Math.max(before, first));
    }

    public long now() {
        return nanoTime.getAsLong();
    }
}
