package io.alohubsync.breaker;

import io.alohubsync.breaker.RefusalSql.Refused;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rate of an account for which none is set. Each refusal lowers it by a share. Each call at the
 * limit raises it a little: the claim does that. docs/outcomes.md has the rules as tables. Pure.
 *
 * @param perSecond   calls a second over all replicas; null: none was learned
 * @param limit       the rate at which Alohub refused last; null: it is not found yet. Without a
 *                    rate: calls a second that Alohub took before its last refusal, from which none
 *                    was learned
 * @param doubts      refusals that came before the rate was back at its limit. Without a rate,
 *                    {@code MOST_DOUBTS}: a rate was dropped because of them
 * @param withoutTime Alohub named no time (503): its window is short, so the rate changes faster
 * @param passed      calls that Alohub took between its last two refusals
 */
public record LearnedRate(
        @Nullable Double perSecond, @Nullable Double limit, int doubts, boolean withoutTime, int passed) {

    public static final LearnedRate NONE = new LearnedRate(null, null, 0, false, 0);

    /** Alohub counts per ten seconds. */
    public static final double WINDOW_SECONDS = 10;

    private static final double LEAST = 0.1;
    private static final double LEAST_AT_FIRST = 2; // without a time, where the limit is found within seconds
    private static final double LOWERED = 0.95;
    private static final double LOWERED_IN_SEARCH = 0.9; // it exceeds the limit by some per cent
    private static final double LOWERED_NEAR_LIMIT = 0.85;
    private static final double LOWERED_MOST = 0.7; // far past the limit
    private static final double SHARE_NEAR_LIMIT = 0.88;
    private static final double SHARE_OF_LIMIT_THAT_COUNTS_AS_REACHED = 0.97; // twelve seconds before it is reached
    private static final int MOST_DOUBTS = 5;
    private static final int PASSED_FOR_A_DOUBT = 10; // without a time
    private static final int FEW_PASSED = 3; // without a time: it is still the refusal before
    private static final int REFUSED_AT_A_LIMIT = 3;
    private static final double SAME_NUMBER = 0.1; // differs by so much at most
    private static final double ABOUT_A_WINDOW = 9;
    private static final double MORE_PASSED = 1.5;
    private static final double AS_MANY_PASSED = 0.75;

    /** What refusals show, in the order of the tables. */
    enum Finding {
        /** There is no rate, and they have another reason than a limit. */
        NO_LIMIT,
        /** There is no rate yet. */
        FIRST_LIMIT,
        /** Nothing was taken since the refusals before. */
        SAME_REFUSAL,
        /** Few calls were taken since the refusals before, near a limit: it is lower now. */
        LOWER_LIMIT,
        /** Few calls were taken since the refusals before, and not near a limit. */
        LIMIT_UNKNOWN,
        /** The limit is searched for, and exceeded. */
        SEARCHED,
        /** The rate was back at its limit, or is refused for the first time. */
        AT_LIMIT,
        /** The limit has fallen, or there is none. */
        BELOW_LIMIT,
        /** The number of calls is not the reason. */
        LAST_DOUBT
    }

    /**
     * @param sinceLast   seconds since the refusals before these; infinite: there were none
     * @param withoutTime these name no time: the window is unknown, or there is none, so that the
     *                    calls of the last second show more than those of ten seconds
     */
    public LearnedRate after(Refused refusals, double sinceLast, boolean withoutTime) {
        int since = refusals.taken().since();
        return switch (finding(refusals, sinceLast, withoutTime)) {
            case NO_LIMIT -> dropped(refusals, doubts);
            case FIRST_LIMIT -> new LearnedRate(first(refusals, withoutTime), null, 0, withoutTime, since);
            case SAME_REFUSAL -> this;
            case LOWER_LIMIT -> to(times(LOWERED_NEAR_LIMIT), doubts, withoutTime, since);
            case LIMIT_UNKNOWN -> new LearnedRate(times(LOWERED_MOST), null, doubts, withoutTime, since);
            case SEARCHED -> to(times(LOWERED_IN_SEARCH), doubts, withoutTime, since);
            case AT_LIMIT -> to(times(LOWERED), Math.max(0, doubts - 1), withoutTime, since);
            case BELOW_LIMIT ->
                to(
                        belowLimit(refusals, sinceLast, withoutTime),
                        doubts + doubt(refusals, withoutTime),
                        withoutTime,
                        since);
            case LAST_DOUBT -> dropped(refusals, MOST_DOUBTS);
        };
    }

    Finding finding(Refused refusals, double sinceLast, boolean withoutTime) {
        if (perSecond == null) {
            boolean found = withoutTime ? refusesMostCalls(refusals) : isALimit(refusals, sinceLast);
            return found ? Finding.FIRST_LIMIT : Finding.NO_LIMIT;
        }
        if (!withoutTime && refusals.taken().answered() == 0) {
            return Finding.SAME_REFUSAL;
        }
        if (withoutTime && refusals.taken().since() < FEW_PASSED) {
            return limit != null && perSecond > SHARE_NEAR_LIMIT * limit ? Finding.LOWER_LIMIT : Finding.LIMIT_UNKNOWN;
        }
        if (withoutTime && limit == null) {
            return Finding.SEARCHED;
        }
        if (limit == null || perSecond >= SHARE_OF_LIMIT_THAT_COUNTS_AS_REACHED * limit) {
            return Finding.AT_LIMIT;
        }
        return doubts + doubt(refusals, withoutTime) >= MOST_DOUBTS ? Finding.LAST_DOUBT : Finding.BELOW_LIMIT;
    }

    private static double first(Refused refusals, boolean withoutTime) {
        return withoutTime
                ? Math.max(LEAST_AT_FIRST, refusals.taken().lately() * LOWERED)
                : Math.max(LEAST, taken(refusals) * LOWERED);
    }

    /** At the first doubt, and at each without a time, the limit itself may have fallen. */
    private double belowLimit(Refused refusals, double sinceLast, boolean withoutTime) {
        double taken = withoutTime ? refusals.taken().since() / sinceLast : taken(refusals);
        double lower = Math.max(LEAST, Math.min(rate(), taken) * LOWERED);
        return withoutTime || doubts == 0 ? Math.max(rate() * LOWERED_MOST, lower) : lower;
    }

    private LearnedRate to(double rate, int doubted, boolean isWithoutTime, int since) {
        return new LearnedRate(rate, perSecond, doubted, isWithoutTime, since);
    }

    private static LearnedRate dropped(Refused refusals, int doubted) {
        return new LearnedRate(
                null, taken(refusals), doubted, false, refusals.taken().since());
    }

    private double times(double share) {
        return Math.max(LEAST, rate() * share);
    }

    private double rate() {
        return Objects.requireNonNull(perSecond);
    }

    /** Calls a second. */
    private static double taken(Refused refusals) {
        return refusals.taken().answered() / WINDOW_SECONDS;
    }

    /**
     * Alohub refuses again at a lower rate. Where more calls passed than before the last refusal,
     * the lower rate has helped. Where as many passed, Alohub counts them in some other way.
     */
    private int doubt(Refused refusals, boolean withoutTime) {
        int since = refusals.taken().since();
        if ((withoutTime && since < PASSED_FOR_A_DOUBT) || (passed > 0 && since >= MORE_PASSED * passed)) {
            return 0;
        }
        return passed > 0 && since >= AS_MANY_PASSED * passed ? 2 : 1;
    }

    /**
     * A single refusal proves little, unless it comes again a window later at the same rate and
     * doubts have not ruled it out.
     */
    private boolean isALimit(Refused refusals, double sinceLast) {
        boolean apart = sinceLast >= ABOUT_A_WINDOW && doubts < MOST_DOUBTS;
        boolean again = apart && limit != null && Math.abs(taken(refusals) - limit) <= SAME_NUMBER * limit;
        return refusals.taken().answered() > 0
                && refusesMostCalls(refusals)
                && (refusals.refused() >= REFUSED_AT_A_LIMIT || again);
    }

    /**
     * A limit refuses all calls after the first refusal. A refusal among many calls that pass has
     * another reason.
     */
    static boolean refusesMostCalls(Refused refusals) {
        return 2 * refusals.refused() >= refusals.taken().passed();
    }
}
