package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.IdRanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * New rows that scans skip, since another transaction holds their customer locked: however many
 * they are, the rows of others behind them are merged. Every so often the merge tries whether the
 * customer can be locked again, and then skips its rows no longer, so that the next scan takes
 * them. A row that can't even be marked is skipped too, for a minute at a time. In memory, and
 * bounded: what is too much is not remembered. Both merging threads use it; the lock guards all of
 * it.
 */
final class SkippedRows {

    private static final int MAX_RANGES = 100_000;
    private static final int MAX_TRIED = 500;
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1); // whatever happened to the customer

    private final LongSupplier nanoTime;
    private final Map<Object, Skipped> byReason = new LinkedHashMap<>(); // a customer's key, or a row's id
    private final IdRanges all = new IdRanges();

    SkippedRows(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static final class Skipped {
        private final long since;
        private long wait = FIRST_WAIT_NANOS;
        private long tryAt;
        private long[] bounds = new long[2]; // first and last of each range
        private int used;

        Skipped(long now) {
            this.since = now;
            this.tryAt = now + wait;
        }

        void add(long id) {
            if (used > 0 && id >= bounds[used - 2] && id <= bounds[used - 1] + 1) {
                bounds[used - 1] = Math.max(id, bounds[used - 1]);
                return;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * used);
            }
            bounds[used++] = id;
            bounds[used++] = id;
        }

        void addTo(IdRanges ranges) {
            for (int i = 0; i < used; i += 2) {
                ranges.add(bounds[i], bounds[i + 1]);
            }
        }
    }

    /** @return how many of them are skipped from now on */
    synchronized int skip(Map<CustomerKey, List<ReadRow>> rows) {
        int skipped = 0;
        for (var customer : rows.entrySet()) {
            if (all.size() >= MAX_RANGES) {
                break;
            }
            for (ReadRow row : customer.getValue()) {
                skip(customer.getKey(), row.id());
            }
            skipped += customer.getValue().size();
        }
        return skipped;
    }

    /** @param rows further ones of a customer */
    synchronized void skip(CustomerKey customer, List<Long> rows) {
        if (all.size() < MAX_RANGES) {
            rows.forEach(row -> skip((Object) customer, row));
        }
    }

    /** That row alone: not even its rejection can be written. */
    synchronized void skip(long row) {
        skip(row, row);
    }

    private void skip(Object reason, long row) {
        byReason.computeIfAbsent(reason, any -> new Skipped(nanoTime.getAsLong()))
                .add(row);
        all.add(row, row);
    }

    /** It has been locked for a while. */
    synchronized boolean isStillLocked(CustomerKey customer) {
        Skipped rows = byReason.get(customer);
        return rows != null && rows.wait > FIRST_WAIT_NANOS;
    }

    /** All of them; null: none. */
    synchronized @Nullable IdRanges ids() {
        return byReason.isEmpty() ? null : all;
    }

    /** Customers that it is time to try; one thread at a time does so. */
    synchronized List<CustomerKey> toTry() {
        if (byReason.isEmpty()) {
            return List.of();
        }
        long now = nanoTime.getAsLong();
        List<CustomerKey> due = new ArrayList<>();
        for (var skipped : byReason.entrySet()) {
            if (skipped.getKey() instanceof CustomerKey key && skipped.getValue().tryAt - now <= 0) {
                skipped.getValue().wait = Math.min(2 * skipped.getValue().wait, LONGEST_WAIT_NANOS);
                skipped.getValue().tryAt = now + skipped.getValue().wait;
                due.add(key);
                if (due.size() == MAX_TRIED) {
                    break;
                }
            }
        }
        return due;
    }

    /** Some have been skipped for so long that they are to be scanned again in any case. */
    synchronized boolean isAnyOld() {
        long now = nanoTime.getAsLong();
        return byReason.values().stream().anyMatch(skipped -> now - skipped.since >= LONGEST_NANOS);
    }

    /** @param free can be locked again. @return whether there are rows that may be taken now */
    synchronized boolean takeAgain(Collection<CustomerKey> free) {
        int before = byReason.size();
        long now = nanoTime.getAsLong();
        byReason.keySet().removeAll(Set.copyOf(free));
        byReason.values().removeIf(skipped -> now - skipped.since >= LONGEST_NANOS);
        if (byReason.size() == before) {
            return false;
        }
        all.clear();
        byReason.values().forEach(skipped -> skipped.addTo(all));
        return true;
    }

    /** How long no customer need be tried. */
    synchronized Duration untilNextTry(Duration atMost) {
        long now = nanoTime.getAsLong();
        long left = atMost.toNanos();
        for (var skipped : byReason.entrySet()) {
            long at = skipped.getKey() instanceof CustomerKey
                    ? skipped.getValue().tryAt
                    : skipped.getValue().since + LONGEST_NANOS;
            left = Math.min(left, at - now);
        }
        return Duration.ofNanos(Math.max(0, left));
    }
}
