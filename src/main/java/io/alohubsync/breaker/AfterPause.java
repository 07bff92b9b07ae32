package io.alohubsync.breaker;

import io.alohubsync.breaker.RefusalSql.Refused;
import org.jspecify.annotations.Nullable;

/**
 * How calls resume when a pause is over. Pure.
 *
 * @param rate        learned by now
 * @param rateChanged by the refusals
 * @param from        calls a second at which the ramp begins
 */
record AfterPause(LearnedRate rate, boolean rateChanged, double from) {

    /**
     * A pause that Alohub names is at least as long. A shorter one follows a 503 without a time.
     */
    static final double LEAST_NAMED_SECONDS = 1;

    /**
     * A longer pause has no relation to a window of seconds, and the calls before it are too old to
     * judge by.
     */
    private static final double LONG_SECONDS = 60;

    /** First and last rate of a ramp, in calls a second. */
    private static final double FIRST = 10;

    private static final double LAST = 10_000;

    private static final int MANY = 3;
    private static final double MOMENTS_A_SECOND = 5;

    /**
     * @param known     what was learned before
     * @param learns    no rate is set
     * @param refusals  null: nothing is known of them
     * @param seconds   of the pause
     * @param sinceLast seconds between the pauses; infinite: there was none before
     */
    static AfterPause of(
            LearnedRate known, boolean learns, @Nullable Refused refusals, double seconds, double sinceLast) {
        if (seconds > LONG_SECONDS) {
            return new AfterPause(known, false, FIRST);
        }
        if (refusals == null) {
            return new AfterPause(known, false, FIRST);
        }
        boolean withoutTime = seconds < LEAST_NAMED_SECONDS;
        boolean busy = !withoutTime && refusals.busy() == refusals.refused(); // all of them 503: Alohub is overloaded
        // A limit of the account's refuses more of them, and rarely the same one three times.
        boolean alone = refusals.refused() < MANY && refusals.again() == refusals.refused();
        boolean changes = learns && !busy && !alone;
        LearnedRate next = changes ? known.after(refusals, sinceLast, withoutTime) : known;
        return new AfterPause(next, changes, from(next, refusals, withoutTime));
    }

    /**
     * Where Alohub named no pause, the rate applies at once. Else calls return at the pace before
     * the pause. At a limit they begin slowly, and also where no call has passed: a server that
     * recovers needs time.
     */
    private static double from(LearnedRate rate, Refused refusals, boolean withoutTime) {
        if (withoutTime && rate.perSecond() != null) {
            return Math.max(FIRST, rate.perSecond());
        }
        boolean slow =
                LearnedRate.refusesMostCalls(refusals) && (refusals.refused() >= MANY || rate.perSecond() != null);
        return slow ? FIRST : Math.max(FIRST, refusals.taken().atOnce() * MOMENTS_A_SECOND);
    }

    /** The share of the ramp that is left out. */
    double rampDone() {
        return Math.min(1, Math.log(from / FIRST) / Math.log(LAST / FIRST));
    }
}
