package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds false alarms: failures or refusals tripped the breaker, and a customer was accepted soon
 * after. Used by the claiming loop alone.
 */
final class FalseAlarms {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final ConsecutiveFailures failures;
    private @Nullable Long trippedAt; // on the monotonic clock; null: it is not tripped by failures or refusals

    FalseAlarms(ConsecutiveFailures failures) {
        this.failures = failures;
    }

    /** The account's state has changed. @param now on the monotonic clock */
    void changed(BreakerView seen, long now) {
        TripCause cause = seen.cause();
        if (cause == TripCause.FAILING || cause == TripCause.REFUSALS) {
            trippedAt = trippedAt == null ? Long.valueOf(now) : trippedAt;
        } else if (trippedAt != null) {
            boolean isFalse = seen.state() == AccountState.RECOVERING && now - trippedAt < SOON.toNanos();
            trippedAt = null;
            if (isFalse) {
                failures.falseAlarm(now);
            } else {
                failures.alarmWasRight();
            }
        }
    }
}
