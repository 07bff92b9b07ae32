package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerState.Keys;
import io.alohubsync.breaker.BreakerState.Learned;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.breaker.BreakerState.Reason;
import io.alohubsync.breaker.BreakerState.Recovery;
import java.time.OffsetDateTime;
import java.util.List;

/** Rows of breakers for tests, read at {@link #NOW}. */
final class Breakers {

    static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-26T12:00:00Z");
    static final String KEY = "f00dcafe";
    static final String REFUSED = "0badcafe";
    static final String ACCEPTED = "900dcafe";

    private Breakers() {}

    /**
     * In its state since ten seconds; a pause or a ramp lasts for ten more. A refused key, probes
     * and throttles are on record.
     */
    static BreakerState in(AccountState state) {
        boolean ends = state == AccountState.THROTTLED || state == AccountState.RECOVERING;
        return new BreakerState(
                new Phase(state, NOW.minusSeconds(10), ends ? NOW.plusSeconds(10) : null),
                reason(state),
                new Recovery(NOW.minusSeconds(1), 3, 2, null),
                new Keys(List.of(REFUSED), ACCEPTED),
                new Learned(LearnedRate.NONE, null));
    }

    private static Reason reason(AccountState state) {
        TripCause cause = TripCause.of(null, state); // the usual one
        return cause == null ? Reason.NONE : Reason.of(cause, "HTTP 500", false);
    }

    static BreakerState until(BreakerState was, OffsetDateTime end) {
        Phase phase = was.phase();
        return was.with(new Phase(phase.state(), phase.since(), end), was.reason());
    }
}
