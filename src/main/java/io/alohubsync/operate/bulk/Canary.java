package io.alohubsync.operate.bulk;

import java.time.Duration;

/**
 * How the first customers of a bulk action stand.
 *
 * @param passed  accepted
 * @param failed  refused again
 * @param waiting their answers are awaited
 */
record Canary(long passed, long failed, long waiting) {

    /** Four of five. */
    private static final int SHARE_PERCENT = 80;

    /**
     * A customer without an answer then counts as failed: where the account makes no calls, the
     * canary fails.
     */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    enum Decision {
        WAIT,
        GO,
        FAIL
    }

    Decision decide(Duration sinceSent) {
        long all = passed + failed + waiting;
        long needed = (all * SHARE_PERCENT + 99) / 100;
        if (passed >= needed) {
            return Decision.GO;
        }
        boolean cannotPass = passed + waiting < needed || sinceSent.compareTo(PATIENCE) >= 0;
        return cannotPass ? Decision.FAIL : Decision.WAIT;
    }
}
