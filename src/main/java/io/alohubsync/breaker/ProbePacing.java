package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;

/**
 * How long after an event the next probe is due. Pure.
 *
 * @param interval in seconds, the longest wait
 */
record ProbePacing(double interval) {

    /** Probes after which the wait doubles. */
    private static final int ALIKE = 3;

    /** Probes in quick succession, where answers about customers tripped the breaker. */
    private static final int PROBES_OF_A_ROUND = 8;

    private static final double SOON_SECONDS = 0.25;
    private static final int MOST_DOUBLINGS = 30;

    /**
     * UNREACHABLE is probed soon at first, since network faults are often short: three times after
     * 1 s, three times after 2 s, three times after 4 s … up to the probe interval. The same holds
     * where answers about customers have tripped it: other customers may be accepted. What Alohub
     * has refused is probed at the interval, unless others were accepted a moment ago.
     *
     * @param probes since the breaker tripped before
     */
    double untilFirst(int probes, BreakerEvent.Trip trip) {
        if (trip.cause().state() == AccountState.UNREACHABLE || trip.evidence().trippedByAnswers()) {
            return doubled(probes / ALIKE);
        }
        return trip.evidence() == BreakerEvent.Evidence.ONE_CALL_AMID_ACCEPTED ? soon() : interval;
    }

    /** Where others are accepted. */
    double soon() {
        return Math.min(interval, 1);
    }

    /**
     * A probe did not lead to a recovery. Where answers about customers have tripped it, and the
     * probe brought one more, other customers follow soon: eight of them, a pause of 1 s, eight
     * more, 2 s, 4 s … up to the probe interval.
     */
    double untilNext(BreakerState was, boolean answered) {
        int probes = was.recovery().probes();
        if (was.reason().trippedByAnswers()) {
            boolean soon = answered && probes % PROBES_OF_A_ROUND != 0;
            return soon ? Math.min(interval, SOON_SECONDS) : doubled(Math.max(probes / PROBES_OF_A_ROUND - 1, 0));
        }
        return was.state() == AccountState.UNREACHABLE ? doubled(probes / ALIKE) : interval;
    }

    private double doubled(int times) {
        return Math.min(interval, Math.pow(2, Math.min(times, MOST_DOUBLINGS)));
    }
}
