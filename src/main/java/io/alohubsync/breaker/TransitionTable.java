package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The state of an account that follows from its state and an event; null: the event changes
 * nothing. docs/state-machine.md draws it. Two more events are a person's, in any state:
 * {@code alohub.pause} leads to PAUSED, {@code alohub.resume} to RECOVERING. Pure.
 *
 * @param rampSeconds how long calls rise after a recovery; zero: not at all
 */
record TransitionTable(double rampSeconds) {

    @Nullable
    AccountState next(BreakerState was, BreakerEvent event, OffsetDateTime now) {
        return switch (event) {
            case BreakerEvent.Trip trip -> trip(was, trip);
            case BreakerEvent.Throttle throttle -> throttle(was, throttle);
            case BreakerEvent.Recover recover -> recover(was, recover);
            case BreakerEvent.StayTripped stay -> stayTripped(was);
            case BreakerEvent.Read read -> read(was, read.key(), now);
            case BreakerEvent.OthersAccepted others -> othersAccepted(was);
            case BreakerEvent.ResetThrottles reset -> resetThrottles(was);
            case BreakerEvent.AcceptKey accepted -> was.state();
        };
    }

    private static @Nullable AccountState trip(BreakerState was, BreakerEvent.Trip trip) {
        AccountState tripped = trip.cause().state();
        boolean isKey = trip.cause() == TripCause.KEY;
        return switch (was.state()) {
            // A key that is known to be refused stops only the replicas that hold it.
            case ACTIVE, RECOVERING -> isKey && was.keys().isRefused(trip.key()) ? was.state() : tripped;
            // Neither a network fault nor a refused key ends a pause; the key is noted.
            case THROTTLED -> tripped == AccountState.UNREACHABLE ? null : isKey ? AccountState.THROTTLED : tripped;
            case KEY_REJECTED, MISCONFIGURED, BLOCKED, UNREACHABLE -> tripped;
            case PAUSED -> null;
        };
    }

    private static @Nullable AccountState throttle(BreakerState was, BreakerEvent.Throttle throttle) {
        return switch (was.state()) {
            case ACTIVE, RECOVERING, THROTTLED -> AccountState.THROTTLED;
            // A probe that got through this far shows that the fault is over; another call only
            // delays the next probe.
            case KEY_REJECTED, MISCONFIGURED, BLOCKED, UNREACHABLE ->
                throttle.isProbe() ? AccountState.THROTTLED : was.state();
            case PAUSED -> null;
        };
    }

    private static @Nullable AccountState recover(BreakerState was, BreakerEvent.Recover recover) {
        return switch (was.state()) {
            case ACTIVE, RECOVERING -> was.state();
            // Only its time ends a pause; a probe that is accepted also ends a long one.
            case THROTTLED -> recover.accepted() && was.phase().isLongPause() ? AccountState.RECOVERING : null;
            case KEY_REJECTED, MISCONFIGURED, BLOCKED, UNREACHABLE -> AccountState.RECOVERING;
            case PAUSED -> null;
        };
    }

    private static @Nullable AccountState stayTripped(BreakerState was) {
        return switch (was.state()) {
            case KEY_REJECTED, MISCONFIGURED, BLOCKED, UNREACHABLE -> was.state();
            // Replicas with a refused key probe while others call.
            case ACTIVE, RECOVERING -> was.recovery().probeAt() == null ? null : was.state();
            case THROTTLED, PAUSED -> null;
        };
    }

    private @Nullable AccountState read(BreakerState was, String key, OffsetDateTime now) {
        BreakerState.Keys keys = was.keys();
        return switch (was.state()) {
            case THROTTLED ->
                !was.phase().isPauseOver(now)
                        ? null
                        : keys.isRefused(key) ? AccountState.KEY_REJECTED : AccountState.RECOVERING;
            case RECOVERING -> rampEnd(was.phase()).isAfter(now) ? null : AccountState.ACTIVE;
            // A refused key says nothing about another one. Where the other was accepted before,
            // the refused one is old.
            case KEY_REJECTED ->
                keys.isRefused(key)
                        ? null
                        : key.equals(keys.accepted()) ? AccountState.ACTIVE : AccountState.RECOVERING;
            case ACTIVE, PAUSED, MISCONFIGURED, BLOCKED, UNREACHABLE -> null;
        };
    }

    /** {@code alohub.resume} does not know the ramp, so it writes no end. */
    private OffsetDateTime rampEnd(BreakerState.Phase phase) {
        return phase.until() == null ? Moments.plus(phase.since(), rampSeconds) : phase.until();
    }

    private static @Nullable AccountState othersAccepted(BreakerState was) {
        return switch (was.state()) {
            case KEY_REJECTED, MISCONFIGURED, BLOCKED -> was.state();
            case ACTIVE, RECOVERING, THROTTLED, PAUSED, UNREACHABLE -> null;
        };
    }

    private static @Nullable AccountState resetThrottles(BreakerState was) {
        return switch (was.state()) {
            case ACTIVE, RECOVERING -> was.state();
            case THROTTLED, PAUSED, KEY_REJECTED, MISCONFIGURED, BLOCKED, UNREACHABLE -> null;
        };
    }
}
