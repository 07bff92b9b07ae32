package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account's breaker, as it stands in the account's row. All times are the database's. Immutable;
 * {@link Transitions} makes the next one.
 */
public record BreakerState(Phase phase, Reason reason, Recovery recovery, Keys keys, Learned learned) {

    /**
     * @param until THROTTLED: the end of the pause, RECOVERING: of the ramp; else null, or not
     *              known
     */
    public record Phase(
            AccountState state,
            OffsetDateTime since,
            @Nullable OffsetDateTime until) {

        /** A pause longer than this is probed at this interval: a limit may be lifted early. */
        static final Duration LONG = Duration.ofHours(1);

        boolean isThrottled() {
            return state == AccountState.THROTTLED;
        }

        boolean isLongPause() {
            return isThrottled()
                    && until != null
                    && Duration.between(since, until).compareTo(LONG) > 0;
        }

        boolean isPauseOver(OffsetDateTime now) {
            return isThrottled() && until != null && !until.isAfter(now);
        }
    }

    /**
     * Why it is in this state, and the remedy.
     *
     * @param by        PAUSED, RECOVERING: the person who did it; null: no person did
     * @param text      what happened, in plain words; null: nothing
     * @param needs     what it needs, in plain words; null: nothing
     * @param cause     what tripped it, as stored: a newer replica may know more causes; null: no
     *                  fault did
     * @param byAnswers most of the calls that tripped it were answered about their customers:
     *                  another such answer to a probe shows nothing more
     */
    public record Reason(
            @Nullable String by,
            @Nullable String text,
            @Nullable String needs,
            @Nullable String cause,
            boolean byAnswers) {

        static final Reason NONE = new Reason(null, null, null, null, false);

        static Reason of(String text, @Nullable String needs) {
            return new Reason(null, text, needs, null, false);
        }

        static Reason of(TripCause cause, String text, boolean byAnswers) {
            return new Reason(null, text, cause.needs(), cause.name(), byAnswers);
        }

        /** Answers about customers tripped it. */
        boolean trippedByAnswers() {
            return byAnswers
                    && (TripCause.FAILING.name().equals(cause)
                            || TripCause.REFUSALS.name().equals(cause));
        }
    }

    /**
     * How calls return.
     *
     * @param probeAt    the earliest time of the next probe; null: none is needed
     * @param probes     since it tripped
     * @param throttles  in succession
     * @param acceptedAt when a probe was accepted last: a customer that was refused before and is
     *                   refused again fails for itself
     */
    public record Recovery(
            @Nullable OffsetDateTime probeAt,
            int probes,
            int throttles,
            @Nullable OffsetDateTime acceptedAt) {

        Recovery probedAt(@Nullable OffsetDateTime next) {
            return new Recovery(next, probes, throttles, acceptedAt);
        }

        Recovery throttledTimes(int times) {
            return new Recovery(probeAt, probes, times, acceptedAt);
        }

        Recovery withoutProbes() {
            return new Recovery(probeAt, 0, throttles, acceptedAt);
        }
    }

    /**
     * Fingerprints of keys.
     *
     * @param refused  the last ones
     * @param accepted the one that began to be accepted last
     */
    public record Keys(List<String> refused, @Nullable String accepted) {

        private static final int MOST = 10;

        boolean isRefused(String key) {
            return refused.contains(key);
        }

        Keys withRefused(String key) {
            return isRefused(key)
                    ? this
                    : new Keys(
                            Stream.concat(Stream.of(key), refused.stream())
                                    .limit(MOST)
                                    .toList(),
                            accepted);
        }

        Keys withoutRefused(String key) {
            return new Keys(refused.stream().filter(other -> !other.equals(key)).toList(), accepted);
        }
    }

    /** @param at the beginning of the pause from whose refusals it was learned; null: of none */
    public record Learned(LearnedRate rate, @Nullable OffsetDateTime at) {}

    AccountState state() {
        return phase.state();
    }

    BreakerState with(Phase next, Reason why) {
        return new BreakerState(next, why, recovery, keys, learned);
    }

    BreakerState with(Recovery next) {
        return new BreakerState(phase, reason, next, keys, learned);
    }

    BreakerState with(Keys next) {
        return new BreakerState(phase, reason, recovery, next, learned);
    }

    BreakerState with(Learned next) {
        return new BreakerState(phase, reason, recovery, keys, next);
    }
}
