package io.alohubsync.breaker;

import io.alohubsync.account.TripCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this replica's accepted calls show: whether Alohub accepts other customers at the moment,
 * and which key it accepts. The event loop writes it; the claiming loop reads the key.
 */
final class Acceptances {

    private static final Duration LATELY = Duration.ofSeconds(30);

    private final LastAccepted last = new LastAccepted();
    private volatile @Nullable String key;
    private boolean reported; // of this trip; the event loop's
    private volatile long lastBegun; // of the accepted calls, on the monotonic clock

    Acceptances(long now) {
        lastBegun = now - LATELY.toNanos();
    }

    /**
     * @param used  fingerprint of the key
     * @param begun when the call began, on the monotonic clock
     */
    void accepted(long customer, String used, long begun, long now) {
        if (begun - lastBegun > 0) { // a slow call may end behind calls that began later
            lastBegun = begun;
        }
        last.accepted(customer, now);
        if (!used.equals(key)) {
            key = used;
        }
    }

    /** Fingerprint; null: none was accepted here. */
    @Nullable
    String key() {
        return key;
    }

    /**
     * A call was accepted.
     *
     * @param trippedBy null: no fault
     * @return whether it is the first one since one call tripped the breaker
     */
    boolean isFirstSince(@Nullable TripCause trippedBy) {
        boolean isFirst = trippedBy != null && trippedBy.byOneCall() && !reported;
        reported = isFirst || trippedBy != null && reported;
        return isFirst;
    }

    boolean isLately(long now) {
        return now - lastBegun < LATELY.toNanos();
    }

    boolean isSince(long moment) {
        return lastBegun - moment > 0;
    }

    /** Another customer than this one was accepted in the last ten seconds. */
    boolean isAnother(long customer, long now) {
        return last.isAnother(customer, now);
    }
}
