package io.alohubsync.breaker;

import io.alohubsync.breaker.RefusalSql.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The rate of an account for which none is set. Each refusal lowers it by a share. Each call at the
 * limit raises it a little: the claim does that. Pure.
 *
 * @param perSecond calls a second over all replicas; null: none was taught
 * @param limit     the rate at which Alohub refused last; null: it is not found yet. Without a
 *                  rate: calls a second that Alohub took before its last refusal, which taught none
 * @param doubts    refusals that came before the rate was back at its limit. Without a rate,
 *                  {@code DOUBTS}: a rate was dropped because of them
 * @param brief     Alohub named no time (503): its window is short, so the rate changes faster
 * @param passed    calls that Alohub took between its last two refusals
 */
public record LearnedRate(
        @Nullable Double perSecond, @Nullable Double limit, int doubts, boolean brief, int passed) {

    public static final LearnedRate NONE = new LearnedRate(null, null, 0, false, 0);

    /** Alohub counts per ten seconds. */
    public static final double WINDOW_SECONDS = 10;

    private static final double LEAST = 0.1;
    private static final double LEAST_AT_FIRST = 2; // of a brief one, which finds its limit within seconds
    private static final double LOWER = 0.95;
    private static final double MUCH_LOWER = 0.7; // far past the limit
    private static final double RATHER_LOWER = 0.85;
    private static final double NEAR = 0.88;
    private static final double PAST_IT = 0.9; // a brief one exceeds the limit by some per cent
    private static final double BACK = 0.97; // of the limit: twelve seconds before it is reached
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
        if (refusals.taken().answered() == 0) { // still the refusal before
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

    /**
     * Alohub's window is unknown, or there is none: the calls of the last second show more than
     * those of ten seconds.
     */
    private LearnedRate afterUnnamed(Refused refusals, double sinceLast) {
        if (perSecond == null) {
            return isWall(refusals)
                    ? taught(Math.max(LEAST_AT_FIRST, refusals.taken().lately() * LOWER), true, refusals)
                    : untaught(refusals.taken().answered() / WINDOW_SECONDS, doubts, refusals);
        }
        if (refusals.taken().since() < MANY) { // still the refusal before: the limit is lower, and in the end unknown
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

    private LearnedRate lowered(double rate, int doubted, boolean isBrief, Refused refusals) {
        return new LearnedRate(
                rate, perSecond, doubted, isBrief, refusals.taken().since());
    }

    private static LearnedRate untaught(double observed, int doubted, Refused refusals) {
        return new LearnedRate(null, observed, doubted, false, refusals.taken().since());
    }

    /**
     * Alohub refuses again at a lower rate. Where more calls passed than before the last refusal,
     * the lower rate has helped. Where as many passed, Alohub counts them in some other way.
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

    /**
     * A single refusal proves little, unless it comes again a window later at the same rate and
     * doubts have not ruled it out.
     */
    private boolean isALimit(Refused refusals, double sinceLast) {
        double observed = refusals.taken().answered() / WINDOW_SECONDS;
        boolean apart = sinceLast >= ABOUT_A_WINDOW && doubts < DOUBTS;
        boolean alike = apart && limit != null && Math.abs(observed - limit) <= ALIKE * limit;
        return refusals.taken().answered() > 0 && isWall(refusals) && (refusals.refused() >= MANY || alike);
    }

    /**
     * A limit refuses all calls after the first refusal. A refusal among many calls that pass has
     * another reason.
     */
    static boolean isWall(Refused refusals) {
        return 2 * refusals.refused() >= refusals.taken().passed();
    }

    private static double lower(double rate) {
        return Math.max(LEAST, rate * LOWER);
    }
}
