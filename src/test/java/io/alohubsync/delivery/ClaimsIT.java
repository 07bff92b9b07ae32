package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.AccountState;
import io.alohubsync.breaker.BreakerState;
import io.alohubsync.breaker.BreakerState.Keys;
import io.alohubsync.breaker.BreakerState.Learned;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.breaker.BreakerState.Reason;
import io.alohubsync.breaker.BreakerState.Recovery;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.LearnedRate;
import io.alohubsync.config.Rate;
import io.alohubsync.loop.Moment;
import io.alohubsync.loop.Time;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The claims of an account, on a clock that the test holds. */
class ClaimsIT {

    private static final Duration SEND_BY = Duration.ofSeconds(2);
    private static final long BEFORE = TimeUnit.HOURS.toNanos(1);
    private static final long TAKES = TimeUnit.SECONDS.toNanos(5);

    private final HotPath path = new HotPath();
    private long now = BEFORE;

    @BeforeEach
    void oneIsDue() throws SQLException {
        path.insert("0868793800", "A", null);
        path.merge();
    }

    /** Every transaction takes five seconds. */
    private DataSource slow() {
        DataSource connections = path.database.dataSource();
        return (DataSource) Proxy.newProxyInstance(
                ClaimsIT.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    assertEquals("getConnection", method.getName());
                    Connection connection = connections.getConnection();
                    now += TAKES;
                    return connection;
                });
    }

    private Claims claims(Rate rate) {
        return new Claims(
                slow(),
                new LeaseTerms("default", SEND_BY, HotPath.LEASE),
                new Pacing(rate, SEND_BY, Duration.ZERO),
                false,
                new Time(() -> Instant.EPOCH, () -> now));
    }

    private static BreakerView active() {
        OffsetDateTime readAt = OffsetDateTime.parse("2026-11-26T12:00:00Z");
        return new BreakerView(
                new BreakerState(
                        new Phase(AccountState.ACTIVE, readAt, null),
                        new Reason(null, null, null, null, false),
                        new Recovery(null, 0, 0, null),
                        new Keys(List.of(), null),
                        new Learned(LearnedRate.NONE, null)),
                readAt,
                HotPath.KEY);
    }

    /** Of the one customer. Its lease is counted from before the claim, however long that took. */
    private Attempt assertLeasedFromBeforeTheClaim(Claims.Batch batch) {
        assertEquals(1, batch.attempts().size());
        assertEquals(BEFORE + TAKES, now, "one transaction");
        assertEquals(BEFORE, batch.issued().monotonic());
        Attempt attempt = batch.attempts().getFirst();
        assertTrue(attempt.lease().mayBegin(new Moment(BEFORE + SEND_BY.toNanos(), 0)));
        assertFalse(attempt.lease().mayBegin(new Moment(BEFORE + SEND_BY.toNanos() + 1, 0)));
        assertEquals(BEFORE + HotPath.LEASE.toNanos(), attempt.lease().end());
        return attempt;
    }

    @Test
    void s_and_l_count_from_before_a_claim() throws SQLException {
        Attempt attempt = assertLeasedFromBeforeTheClaim(claims(null).claim(HotPath.KEY, 10, active()));
        assertEquals(0, attempt.untilSlot(now), "at once");
    }

    @Test
    void s_and_l_count_from_before_a_claim_that_gives_out_slots() throws SQLException {
        Attempt attempt =
                assertLeasedFromBeforeTheClaim(claims(Rate.of("50", 1)).claim(HotPath.KEY, 10, active()));
        assertEquals(0, attempt.untilSlot(now), "the first slot is now, as the slots were read after the claim");
    }

    @Test
    void s_and_l_count_from_before_the_claim_of_a_probe() throws SQLException {
        path.database.execute(
                "UPDATE alohub.account SET state = 'UNREACHABLE', trip_cause = 'FAILING', probe_at = clock_timestamp()");
        Attempt attempt = assertLeasedFromBeforeTheClaim(claims(null).forProbe(HotPath.KEY));
        assertTrue(attempt.customer().probe());
    }

    /** From the moment before the claim: what became due during it was not looked for. */
    @Test
    void a_claim_that_left_nobody_due_counts_from_before_it() throws SQLException {
        Claims claims = claims(null);
        Claims.Batch batch = claims.claim(HotPath.KEY, 10, active());
        assertTrue(batch.leftNone());
        claims.caughtUp(batch);
        assertFalse(claims.isCaughtUp(), "it took five seconds");
        now = BEFORE;
        assertTrue(claims.isCaughtUp());
    }
}
