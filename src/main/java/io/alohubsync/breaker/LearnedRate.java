package io.alohubsync.breaker;

import io.alohubsync.breaker.RefusalSql.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The rate of an account for which none is set, as its refusals teach it: down by a share with each, up a little with every
 * call at the limit (that half is in the claim). Pure.
 *
 * @param perSecond calls a second over all replicas; null: none was taught
 * @param limit     the rate at which Alohub refused last; null: the rate still seeks its limit. Without a rate: what it had
 *                  taken per second when it refused last and that taught none
 * @param doubts    refusals that came before the rate was back at its limit. Without a rate, {@code DOUBTS}: one was forgotten
 *                  for them
 * @param brief     Alohub named no time (503): it counts in moments, and the rate moves faster
 * @param passed    calls that Alohub took between its last two refusals
 */
public record LearnedRate(
        @Nullable Double perSecond, @Nullable Double limit, int doubts, boolean brief, int passed) {

    public static final LearnedRate NONE = new LearnedRate(null, null, 0, false, 0);

    /** Alohub counts per ten seconds. */
    public static final double WINDOW_SECONDS = 10;

    private static final double LEAST = 0.1;
    private static final double LEAST_AT_FIRST = 2; // of one that moves fast: it is where it belongs in seconds
    private static final double LOWER = 0.95;
    private static final double MUCH_LOWER = 0.7; // it was no limit but the way past it
    private static final double RATHER_LOWER = 0.85;
    private static final double NEAR = 0.88;
    private static final double PAST_IT = 0.9; // one that moves fast has gone some per cent too far
    private static final double BACK = 0.97; // of the limit: twelve seconds of the climb
    private static final int DOUBTS = 5;
    private static final int MANY = 3;
    private static final int PROVEN = 10;
    private static final double ALIKE = 0.1;
    private static final double ABOUT_A_WINDOW = 9;
    private static final double MORE = 1.5;
    private static final double AS_MANY = 0.75;

    /** @param sinceLast seconds since the refusals before these; infinite: there were none */
    public LearnedRate after(Refused refusals, double sinceLast, boolean unnamed) {
        return unnamed ? afterUnnamed(refusals, sinceLast) : afterNamed(refusals, sinceLast);
    }

    private LearnedRate afterNamed(Refused refusals, double sinceLast) {
        double observed = refusals.taken().answered() / WINDOW_SECONDS;
        if (perSecond == null) {
            return isALimit(refusals, sinceLast)
                    ? taught(lower(observed), false, refusals)
                    : untaught(observed, doubts, refusals);
        }
        if (refusals.taken().answered() == 0) { // it is the refusal before this one that goes on
            return this;
        }
        if (isAtLimit()) {
            return lowered(lower(perSecond), Math.max(0, doubts - 1), false, refusals);
        }
        int doubted = doubts + doubt(refusals);
        if (doubted >= DOUBTS) {
            return untaught(observed, DOUBTS, refusals);
        }
        double lower = lower(Math.min(perSecond, observed));
        return lowered(doubts == 0 ? Math.max(perSecond * MUCH_LOWER, lower) : lower, doubted, false, refusals);
    }

    /** Alohub's windows are unknown, or there is none: what it took in the last seconds shows more than ten of them. */
    private LearnedRate afterUnnamed(Refused refusals, double sinceLast) {
        if (perSecond == null) {
            return isWall(refusals)
                    ? taught(Math.max(LEAST_AT_FIRST, refusals.taken().lately() * LOWER), true, refusals)
                    : untaught(refusals.taken().answered() / WINDOW_SECONDS, doubts, refusals);
        }
        if (refusals.taken().since()
                < MANY) { // it goes on: the limit is further below, and in the end where is not known
            return limit != null && perSecond > NEAR * limit
                    ? lowered(Math.max(LEAST, perSecond * RATHER_LOWER), doubts, true, refusals)
                    : new LearnedRate(
                            Math.max(LEAST, perSecond * MUCH_LOWER),
                            null,
                            doubts,
                            true,
                            refusals.taken().since());
        }
        if (limit == null) {
            return lowered(Math.max(LEAST, perSecond * PAST_IT), doubts, true, refusals);
        }
        if (isAtLimit()) {
            return lowered(lower(perSecond), Math.max(0, doubts - 1), true, refusals);
        }
        int doubted = refusals.taken().since() < PROVEN ? doubts : doubts + doubt(refusals);
        if (doubted >= DOUBTS) {
            return untaught(refusals.taken().answered() / WINDOW_SECONDS, DOUBTS, refusals);
        }
        double taken = Math.min(perSecond, refusals.taken().since() / sinceLast);
        return lowered(Math.max(perSecond * MUCH_LOWER, lower(taken)), doubted, true, refusals);
    }

    private static LearnedRate taught(double rate, boolean brief, Refused refusals) {
        return new LearnedRate(rate, null, 0, brief, refusals.taken().since());
    }

    private LearnedRate lowered(double rate, int doubted, boolean moves, Refused refusals) {
        return new LearnedRate(rate, perSecond, doubted, moves, refusals.taken().since());
    }

    private static LearnedRate untaught(double observed, int doubted, Refused refusals) {
        return new LearnedRate(null, observed, doubted, false, refusals.taken().since());
    }

    /**
     * Fewer calls, and it still refuses. Where more have passed than before the refusal last time, the lower rate has helped;
     * where they are as many as then, they are counted in some other way.
     */
    private int doubt(Refused refusals) {
        if (refusals.taken().since() >= MORE * passed && passed > 0) {
            return 0;
        }
        return passed > 0 && refusals.taken().since() >= AS_MANY * passed ? 2 : 1;
    }

    private boolean isAtLimit() {
        return perSecond != null && (limit == null || perSecond >= BACK * limit);
    }

    /** A single refusal alone proves little, unless it comes again a window later at the same rate, and was not found to be none. */
    private boolean isALimit(Refused refusals, double sinceLast) {
        double observed = refusals.taken().answered() / WINDOW_SECONDS;
        boolean apart = sinceLast >= ABOUT_A_WINDOW && doubts < DOUBTS;
        boolean alike = apart && limit != null && Math.abs(observed - limit) <= ALIKE * limit;
        return refusals.taken().answered() > 0 && isWall(refusals) && (refusals.refused() >= MANY || alike);
    }

    /** A limit refuses whatever comes after the first refusal: a refusal among many that pass is none for their number. */
    static boolean isWall(Refused refusals) {
        return 2 * refusals.refused() >= refusals.taken().passed();
    }

    private static double lower(double rate) {
        return Math.max(LEAST, rate * LOWER);
    }
}
