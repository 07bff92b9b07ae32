package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An account's breaker as a replica saw it.
 *
 * @param readAt by the database's clock
 * @param key    fingerprint of the key that the replica holds
 */
public record BreakerView(BreakerState breaker, OffsetDateTime readAt, String key) {

    public AccountState state() {
        return breaker.state();
    }

    public OffsetDateTime since() {
        return breaker.phase().since();
    }

    /** THROTTLED: the end of the pause, RECOVERING: of the ramp; else null, or not known. */
    public @Nullable OffsetDateTime until() {
        return breaker.phase().until();
    }

    /** What happened, in plain words; null: nothing. */
    public @Nullable String reason() {
        return breaker.reason().text();
    }

    /** What it needs, in plain words; null: nothing. */
    public @Nullable String needs() {
        return breaker.reason().needs();
    }

    /** The fault that tripped it; null: none did. */
    public @Nullable TripCause cause() {
        return TripCause.of(breaker.reason().cause(), state());
    }

    /** Answers about customers tripped it, failures or refusals. */
    public boolean isTrippedByAnswers() {
        return breaker.reason().trippedByAnswers();
    }

    /** This replica's key is a refused one. */
    public boolean isKeyRefused() {
        return breaker.keys().isRefused(key);
    }

    /** This replica may call. */
    public boolean allowsCalls() {
        return state().allowsCalls() && !isKeyRefused();
    }

    /**
     * A fault, this replica's key or a long pause keeps it tripped: a probe may show that it is
     * over.
     */
    public boolean isProbed() {
        return cause() != null
                || (isKeyRefused() && state().allowsCalls())
                || breaker.phase().isLongPause();
    }

    public boolean isProbeDue() {
        OffsetDateTime probeAt = breaker.recovery().probeAt();
        return probeAt != null && !probeAt.isAfter(readAt);
    }

    boolean isPauseOver() {
        return breaker.phase().isPauseOver(readAt);
    }

    /** Seconds until a pause ends or the next probe is due; null: neither. */
    public @Nullable Double changesIn() {
        OffsetDateTime next =
                breaker.phase().isThrottled() ? until() : breaker.recovery().probeAt();
        return next == null ? null : Moments.seconds(readAt, next);
    }

    /** Calls a second that were learned from throttled calls; null: none. */
    public @Nullable Double learnedRate() {
        return breaker.learned().rate().perSecond();
    }

    /** Calls need slots. */
    public boolean needsSlots() {
        return state() == AccountState.RECOVERING || learnedRate() != null;
    }
}
