package io.alohubsync.account;

import org.jspecify.annotations.Nullable;

/**
 * The rate of an account for which none is set, as its 429s teach it: down by a share with each, up a little with every
 * call at the limit (that half is in the claim). Pure.
 *
 * @param perSecond calls a second over all replicas; null: none was taught
 * @param limit     the rate at which Alohub refused last; null: refused once so far, so the rate still seeks its limit
 * @param doubts    refusals in a row that came sooner than a limit explains
 */
public record LearnedRate(
        @Nullable Double perSecond, @Nullable Double limit, int doubts) {

    public static final LearnedRate NONE = new LearnedRate(null, null, 0);

    /** Alohub counts per ten seconds. */
    public static final double WINDOW_SECONDS = 10;

    private static final double LEAST = 0.1;
    private static final double LOWER = 0.95;
    private static final double MUCH_LOWER = 0.7; // the limit itself has fallen
    private static final double SOON_SECONDS = 20; // the climb back to a limit takes a minute
    private static final int DOUBTS = 4;
    private static final int MANY = 3;

    /**
     * What Alohub answered around a refusal.
     *
     * @param answered  calls it took in the ten seconds before, those after the first refusal included
     * @param refused   calls it refused for their number
     * @param passed    calls that began after the first refusal and were taken all the same
     * @param sinceLast seconds since the refusal before this one; infinite: there was none
     */
    public record Refusal(int answered, int refused, int passed, double sinceLast) {

        /** One refusal among others that pass is none for their number; a single one alone proves little. */
        boolean isALimit() {
            boolean again = sinceLast < 60;
            return answered > 0 && passed < refused && (refused >= MANY || again);
        }

        double observed() {
            return answered / WINDOW_SECONDS;
        }
    }

    public LearnedRate after(Refusal refusal) {
        if (perSecond == null) {
            return refusal.isALimit() ? new LearnedRate(lower(refusal.observed()), null, 0) : NONE;
        }
        boolean soon = refusal.sinceLast < SOON_SECONDS;
        if (!soon) {
            return new LearnedRate(lower(perSecond), perSecond, 0);
        }
        if (doubts + 1 >= DOUBTS) { // fewer and fewer calls, and it still refuses: it is not their number
            return NONE;
        }
        double next = Math.max(perSecond * MUCH_LOWER, Math.min(lower(perSecond), lower(refusal.observed())));
        return new LearnedRate(Math.max(LEAST, next), perSecond, doubts + 1);
    }

    private static double lower(double rate) {
        return Math.max(LEAST, rate * LOWER);
    }
}
