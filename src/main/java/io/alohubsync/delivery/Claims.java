package io.alohubsync.delivery;

import io.alohubsync.breaker.BreakerView;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.Time;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The claims of one account, each in a transaction of its own: in slots where calls need slots,
 * else at once. The claiming loop alone claims; any thread asks whether customers wait for a claim.
 */
final class Claims {

    /** An upper bound: the loop waits no longer than until its next wake-up. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final long EXPIRED_LEASES_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CAUGHT_UP_NANOS = 2 * ClaimPause.FRESHNESS.toNanos();

    private final DataSource database;
    private final LeaseTerms terms;
    private final Pacing pacing;
    private final boolean traced;
    private final Time time;
    private final LongSupplier nanoTime;
    private final LowWaterMark lowWaterMark;
    private long movedAt; // of the claiming loop, on the monotonic clock
    private volatile long caughtUpAt; // written by the claiming loop alone

    /**
     * @param traced   whether customers come with the traces that they belong to
     */
    Claims(DataSource database, LeaseTerms terms, Pacing pacing, boolean traced, Time time) {
        this.database = database;
        this.terms = terms;
        this.pacing = pacing;
        this.traced = traced;
        this.time = time;
        this.nanoTime = time.monotonic();
        this.lowWaterMark = new LowWaterMark(nanoTime);
        this.movedAt = nanoTime.getAsLong() - EXPIRED_LEASES_NANOS;
        this.caughtUpAt = nanoTime.getAsLong() - CAUGHT_UP_NANOS; // that clock may begin anywhere
    }

    /**
     * What one claim took.
     *
     * @param issued    before the claim
     * @param leftNone  no other customer was due
     * @param untilNext how long the next claim can wait at most
     */
    record Batch(List<Attempt> attempts, Moment issued, boolean leftNone, Duration untilNext) {}

    /**
     * @param key   fingerprint of the key that the calls will use
     * @param limit customers at most
     * @param seen  the account state
     */
    Batch claim(String key, int limit, BreakerView seen) throws SQLException {
        return needSlots(seen) ? bySchedule(key, limit) : atOnce(key, limit);
    }

    private Batch atOnce(String key, int limit) throws SQLException {
        Moment issued = time.now();
        LeaseRequest request = terms.request(key, limit);
        ClaimSql.Claim claim = Transaction.run(database, connection -> {
            moveExpiredLeases(connection);
            ClaimSql.Claim untraced = ClaimSql.claim(connection, request, lowWaterMark);
            return new ClaimSql.Claim(traced(connection, untraced.customers()), untraced.leftNone());
        });
        List<Claimed> claimed = claim.customers();
        Duration untilNext = claimed.isEmpty() ? lowWaterMark.untilFullScan(LONG) : Duration.ZERO;
        return new Batch(Attempt.atOnce(claimed, terms.from(issued)), issued, claim.leftNone(), untilNext);
    }

    private Batch bySchedule(String key, int limit) throws SQLException {
        Moment issued = time.now();
        LeaseRequest request = terms.request(key, limit);
        ClaimSql.Slots slots = Transaction.run(database, connection -> {
            moveExpiredLeases(connection);
            return traced(connection, ClaimSql.claim(connection, request, pacing.pace(), lowWaterMark));
        });
        Lease lease = terms.from(issued);
        List<Attempt> attempts = slots.interval() == 0
                ? Attempt.atOnce(slots.customers(), lease)
                : inSlots(slots, nanoTime.getAsLong(), lease);
        Duration none = attempts.isEmpty() ? lowWaterMark.untilFullScan(LONG) : Duration.ZERO;
        return new Batch(attempts, issued, false, slots.exhausted() ? pacing.untilNextClaim(slots) : none);
    }

    /** @param read when the slots were read, on the monotonic clock */
    private static List<Attempt> inSlots(ClaimSql.Slots slots, long read, Lease lease) {
        List<Attempt> attempts = new ArrayList<>(slots.customers().size());
        for (int i = 0; i < slots.customers().size(); i++) {
            long slot = read + (long) (slots.slot(i) * 1e9);
            attempts.add(Attempt.inSlot(slots.customers().get(i), lease, slot));
        }
        return attempts;
    }

    /**
     * The one customer whose call tests the account while its breaker is tripped; none before the
     * next probe is due.
     */
    Batch forProbe(String key) throws SQLException {
        Moment issued = time.now();
        LeaseRequest request = terms.request(key, 1);
        List<Claimed> probe = Transaction.run(database, connection -> {
            moveExpiredLeases(connection);
            return traced(connection, ClaimSql.claimForProbe(connection, request));
        });
        return new Batch(Attempt.atOnce(probe, terms.from(issued)), issued, false, Duration.ZERO);
    }

    /**
     * Once a second, and at once where there were some: customers whose lease of a merge has ended
     * are due first.
     */
    private void moveExpiredLeases(Connection connection) throws SQLException {
        long now = nanoTime.getAsLong();
        if (now - movedAt >= EXPIRED_LEASES_NANOS) {
            boolean moved = ExpiredLeases.move(connection, terms.account());
            movedAt = moved ? now - EXPIRED_LEASES_NANOS : now;
        }
    }

    /** The claim left no customer due. */
    void caughtUp(Batch batch) {
        caughtUpAt = batch.issued().monotonic();
    }

    /**
     * A moment ago a claim left no customer due: a merge may lease more than calls can begin at
     * once (docs/adr/0016).
     */
    boolean isCaughtUp() {
        return nanoTime.getAsLong() - caughtUpAt < CAUGHT_UP_NANOS;
    }

    LeaseTerms terms() {
        return terms;
    }

    /** Whether calls need slots: each customer needs a slot, which a claim alone can take. */
    boolean needSlots(BreakerView seen) {
        return pacing.needsSlots(seen);
    }

    Moment now() {
        return time.now();
    }

    private ClaimSql.Slots traced(Connection connection, ClaimSql.Slots slots) throws SQLException {
        return traced
                ? new ClaimSql.Slots(
                        traced(connection, slots.customers()), slots.firstSlot(), slots.interval(), slots.exhausted())
                : slots;
    }

    private List<Claimed> traced(Connection connection, List<Claimed> customers) throws SQLException {
        return traced ? TraceSql.ofCustomers(connection, customers) : customers;
    }
}
