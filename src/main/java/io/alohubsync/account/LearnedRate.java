package io.alohubsync.account;

import org.jspecify.annotations.Nullable;

/**
 * The rate of an account for which none is set, as its 429s teach it: down by a share with each, up a little with every
 * call at the limit (that half is in the claim). Pure.
 *
 * @param perSecond calls a second over all replicas; null: none was taught
 * @param limit     the rate at which Alohub refused last; null: refused once so far, so the rate still seeks its limit.
 *                  Without a rate: what it had taken per second when it refused last and that taught none
 * @param doubts    refusals that came before the rate was back at its limit
 */
public record LearnedRate(
        @Nullable Double perSecond, @Nullable Double limit, int doubts) {

    public static final LearnedRate NONE = new LearnedRate(null, null, 0);

    /** Alohub counts per ten seconds. */
    public static final double WINDOW_SECONDS = 10;

    private static final double LEAST = 0.1;
    private static final double LOWER = 0.95;
    private static final double MUCH_LOWER = 0.7; // it was no limit but the way past it
    private static final double BACK = 0.97; // of the limit: twelve seconds of the climb
    private static final int DOUBTS = 5;
    private static final int MANY = 3;
    private static final double ALIKE = 0.1;

    /**
     * What Alohub answered around a refusal.
     *
     * @param answered  calls it took in the ten seconds before, those after the first refusal included
     * @param refused   calls it refused for their number
     * @param passed    calls that began after the first refusal and were taken all the same
     * @param sinceLast seconds since the refusal before this one; infinite: there was none
     */
    public record Refusal(int answered, int refused, int passed, double sinceLast) {

        public double observed() {
            return answered / WINDOW_SECONDS;
        }
    }

    public LearnedRate after(Refusal refusal) {
        if (perSecond == null) {
            return isALimit(refusal)
                    ? new LearnedRate(lower(refusal.observed()), null, 0)
                    : new LearnedRate(null, refusal.observed(), 0);
        }
        if (refusal.answered() == 0) { // it is the refusal before this one that goes on
            return this;
        }
        if (limit == null || perSecond >= BACK * limit) {
            return new LearnedRate(lower(perSecond), perSecond, Math.max(0, doubts - 1));
        }
        if (doubts + 1 >= DOUBTS) { // fewer and fewer calls, and it still refuses: it is not their number
            return NONE;
        }
        double observed = lower(Math.min(perSecond, refusal.observed()));
        double next = doubts == 0 ? Math.max(perSecond * MUCH_LOWER, observed) : observed;
        return new LearnedRate(next, perSecond, doubts + 1);
    }

    /** One refusal among others that pass is none for their number; a single one alone proves little, unless it comes again at the same number. */
    private boolean isALimit(Refusal refusal) {
        boolean alike = limit != null && Math.abs(refusal.observed() - limit) <= ALIKE * limit;
        return refusal.answered() > 0 && refusal.passed() < refusal.refused() && (refusal.refused() >= MANY || alike);
    }

    private static double lower(double rate) {
        return Math.max(LEAST, rate * LOWER);
    }
}
