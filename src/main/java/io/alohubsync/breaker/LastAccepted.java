package io.alohubsync.breaker;

import java.util.concurrent.TimeUnit;

/** Which two different customers were accepted last, and when. Used on the event loop alone. */
final class LastAccepted {

    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long NONE = 0; // no customer's id

    private long customer = NONE;
    private long at;
    private long another = NONE;
    private long anotherAt;

    /** @param now on the monotonic clock */
    void accepted(long accepted, long now) {
        if (accepted != customer) {
            another = customer;
            anotherAt = at;
            customer = accepted;
        }
        at = now;
    }

    /** Another customer than this one was accepted in the last ten seconds. */
    boolean isAnother(long than, long now) {
        return customer != than ? isLately(customer, at, now) : isLately(another, anotherAt, now);
    }

    private static boolean isLately(long customer, long at, long now) {
        return customer != NONE && now - at <= LATELY_NANOS;
    }
}
