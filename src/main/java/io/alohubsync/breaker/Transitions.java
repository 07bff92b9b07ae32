package io.alohubsync.breaker;

import static io.alohubsync.breaker.Moments.later;
import static io.alohubsync.breaker.Moments.plus;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerState.Keys;
import io.alohubsync.breaker.BreakerState.Learned;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.breaker.BreakerState.Reason;
import io.alohubsync.breaker.BreakerState.Recovery;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event for an account's breaker: {@link TransitionTable} has the next state,
 * this class the remedy, the times and the counts that come with it. Pure: the time is the
 * database's, read with the row.
 */
final class Transitions {

    /** So often a pause doubles: up to an hour. */
    private static final int MOST_THROTTLES = 12;

    private static final double LONGEST_UNNAMED_SECONDS = 3600;

    /** Alohub's window, with an allowance for the network. */
    private static final double WINDOW_SECONDS = 10.53;

    private static final String PAUSE_NEEDS = "Nothing: calls resume automatically when it is over.";

    private final ProbePacing pacing;
    private final double ramp; // seconds
    private final TransitionTable table;

    /** @param ramp how long calls rise after a recovery; zero: not at all */
    Transitions(Duration probeInterval, Duration ramp) {
        this.pacing = new ProbePacing(Moments.seconds(probeInterval));
        this.ramp = Moments.seconds(ramp);
        this.table = new TransitionTable(this.ramp);
    }

    /**
     * @param spentUntil the rate's schedule is used up to this moment; null: the breaker does not
     *                   touch it
     */
    record Change(BreakerState next, @Nullable OffsetDateTime spentUntil) {}

    /**
     * @param now when the row was read, by the database's clock
     * @return null: nothing changes
     */
    @Nullable
    Change after(BreakerState was, BreakerEvent event, OffsetDateTime now) {
        AccountState next = table.next(was, event, now);
        if (next == null) {
            return null;
        }
        Change change = switch (event) {
            case BreakerEvent.Trip trip -> unpaced(trip(was, next, trip, now));
            case BreakerEvent.Throttle throttle -> unpaced(throttle(was, next, throttle, now));
            case BreakerEvent.Recover recover -> unpaced(recover(was, next, recover, now));
            case BreakerEvent.StayTripped(boolean answered) ->
                unpaced(probedIn(was, pacing.untilNext(was, answered), now));
            case BreakerEvent.Read read ->
                was.phase().isThrottled() ? endPause(was, next, read, now) : unpaced(moveOn(was, next, now));
            case BreakerEvent.OthersAccepted others -> unpaced(firstProbeSoon(was, now));
            case BreakerEvent.ResetThrottles reset ->
                unpaced(was.with(was.recovery().throttledTimes(0)));
            case BreakerEvent.AcceptKey(String key) ->
                unpaced(was.with(new Keys(was.keys().refused(), key)));
        };
        return change.next().equals(was) ? null : change;
    }

    private static Change unpaced(BreakerState next) {
        return new Change(next, null);
    }

    /**
     * A fault stops the account's calls. A pause of Alohub's is kept, and the next probe comes
     * after it.
     */
    private BreakerState trip(BreakerState was, AccountState next, BreakerEvent.Trip trip, OffsetDateTime now) {
        TripCause cause = trip.cause();
        Phase phase = was.phase();
        OffsetDateTime probe = later(
                plus(now, pacing.untilFirst(was.recovery().probes(), trip)),
                phase.isThrottled() ? phase.until() : null);
        BreakerState noted = was.with(was.recovery().probedAt(probe));
        if (cause == TripCause.KEY) {
            noted = noted.with(was.keys().withRefused(trip.key()));
        }
        if (cause == TripCause.FAILING) {
            noted = noted.with(withoutRateOfErrors(was.learned()));
        }
        if (next != cause.state()) {
            return noted;
        }
        OffsetDateTime since = was.state() == next ? phase.since() : now;
        return noted.with(
                new Phase(next, since, null),
                Reason.of(cause, trip.reason(), trip.evidence().trippedByAnswers()));
    }

    /** Drops a rate that was learned from answers without a time: now there are only errors. */
    private static Learned withoutRateOfErrors(Learned learned) {
        LearnedRate rate = learned.rate();
        return rate.withoutTime()
                ? new Learned(
                        new LearnedRate(null, rate.limit(), rate.doubts(), rate.withoutTime(), rate.passed()),
                        learned.at())
                : learned;
    }

    /** A probe that was made has shown more than an answer from before the trip. */
    private BreakerState firstProbeSoon(BreakerState was, OffsetDateTime now) {
        Recovery known = was.recovery();
        boolean waits = known.probes() == 0 && known.probeAt() != null;
        return waits && known.probeAt().isAfter(plus(now, pacing.soon())) ? probedIn(was, pacing.soon(), now) : was;
    }

    private static BreakerState probedIn(BreakerState was, double seconds, OffsetDateTime now) {
        return was.with(was.recovery().probedAt(plus(now, seconds)));
    }

    /**
     * Alohub has asked for a pause. Many calls report the same one: the first counts, the others
     * can only make it longer.
     */
    private BreakerState throttle(
            BreakerState before, AccountState next, BreakerEvent.Throttle throttle, OffsetDateTime now) {
        Double seconds = throttle.pause() == null ? null : Moments.seconds(throttle.pause());
        if (next != AccountState.THROTTLED) { // it is not probed within a pause
            OffsetDateTime end = plus(now, seconds == null ? 1 : seconds);
            return before.with(
                    before.recovery().probedAt(later(end, before.recovery().probeAt())));
        }
        BreakerState was = throttle.probedWith() == null ? before : afterProbe(before, throttle.probedWith(), now);
        Phase phase = was.phase();
        Recovery recovery = was.recovery();
        OffsetDateTime until = pauseEnd(was, seconds, now);
        boolean isNew = !phase.isThrottled();
        boolean named = seconds == null || seconds >= AfterPause.LEAST_NAMED_SECONDS;
        Recovery after = recovery.probedAt(probeOfPause(was, until, now))
                .throttledTimes(isNew && named ? recovery.throttles() + 1 : recovery.throttles());
        String text = named ? "Alohub asked for a pause: " : "Alohub takes fewer calls than were made: ";
        return was.with(after)
                .with(
                        new Phase(AccountState.THROTTLED, isNew ? now : phase.since(), until),
                        Reason.of(text + throttle.what(), PAUSE_NEEDS));
    }

    private BreakerState afterProbe(BreakerState was, String key, OffsetDateTime now) {
        Change recovered = after(was, new BreakerEvent.Recover(key, false), now);
        return recovered == null ? was : recovered.next();
    }

    /**
     * A pause that was too short is doubled, whatever time was named: no call was accepted since.
     * Where no pause was asked for (less than a second) nothing doubles: the rate falls instead.
     */
    private static OffsetDateTime pauseEnd(BreakerState was, @Nullable Double seconds, OffsetDateTime now) {
        Phase phase = was.phase();
        if (phase.isThrottled()) {
            return later(seconds == null ? plus(phase.since(), 1) : plus(now, seconds), phase.until());
        }
        if (seconds != null && seconds < AfterPause.LEAST_NAMED_SECONDS) {
            return plus(now, seconds);
        }
        double doubled = Math.min(
                LONGEST_UNNAMED_SECONDS, Math.pow(2, Math.min(was.recovery().throttles(), MOST_THROTTLES)));
        return plus(now, seconds == null ? doubled : Math.max(seconds, doubled));
    }

    /**
     * A long pause is probed once an hour. Replicas whose key is refused wait for the end of any
     * pause.
     */
    private static @Nullable OffsetDateTime probeOfPause(BreakerState was, OffsetDateTime until, OffsetDateTime now) {
        OffsetDateTime known = was.recovery().probeAt();
        if (was.phase().isLongPause()) {
            return known;
        }
        OffsetDateTime hourly = now.plus(Phase.LONG);
        if (until.isAfter(hourly)) {
            return hourly;
        }
        return was.keys().refused().isEmpty() ? null : later(until, known);
    }

    /** An answer about a customer starts the recovery. */
    private BreakerState recover(
            BreakerState was, AccountState next, BreakerEvent.Recover recover, OffsetDateTime now) {
        Keys keys = was.keys().withoutRefused(recover.key());
        Recovery recovery = was.recovery();
        BreakerState noted = was.with(keys)
                .with(new Recovery(
                        keys.refused().isEmpty() ? null : recovery.probeAt(),
                        0,
                        0,
                        recover.accepted() ? now : recovery.acceptedAt()));
        Phase phase = new Phase(next, now, plus(now, ramp));
        Reason reason = Reason.of("A probe got through; calls resume, a few at first.", null);
        return was.state() == next ? noted : noted.with(phase, reason);
    }

    /** The ramp is over, or a refused key was replaced. */
    private BreakerState moveOn(BreakerState was, AccountState next, OffsetDateTime now) {
        boolean all = next == AccountState.ACTIVE;
        return was.with(was.recovery().withoutProbes())
                .with(
                        new Phase(next, now, all ? null : plus(now, ramp)),
                        all ? Reason.NONE : Reason.of("Another key is in use; calls resume, a few at first.", null));
    }

    /** Calls resume after a pause, at the rate that was learned from its refusals. */
    private Change endPause(BreakerState was, AccountState next, BreakerEvent.Read read, OffsetDateTime now) {
        RefusalSql.Refused refusals = read.refusals();
        Learned learned = was.learned();
        OffsetDateTime since = was.phase().since();
        double pause = Moments.seconds(since, Objects.requireNonNull(was.phase().until()));
        double sinceLast = learned.at() == null ? Double.POSITIVE_INFINITY : Moments.seconds(learned.at(), since);
        AfterPause after = AfterPause.of(learned.rate(), read.learns(), refusals, pause, sinceLast);
        BreakerState afterwards = was.with(new Learned(after.rate(), after.rateChanged() ? since : learned.at()));
        boolean named = pause >= AfterPause.LEAST_NAMED_SECONDS;
        OffsetDateTime spentUntil = after.rateChanged() && named ? spentUntil(after.rate(), refusals) : null;
        if (next == AccountState.KEY_REJECTED) {
            String text = "Alohub refuses the key: it did so while it had asked for a pause.";
            return new Change(
                    afterwards.with(new Phase(next, now, null), Reason.of(TripCause.KEY, text, false)), spentUntil);
        }
        OffsetDateTime rampEnd = plus(now, ramp * (1 - after.rampDone()));
        Reason reason = Reason.of("The pause is over; calls resume, fewer at first.", null);
        return new Change(afterwards.with(new Phase(next, now, rampEnd), reason), spentUntil);
    }

    /**
     * The calls before the first refusal count against the new rate, since they are in Alohub's
     * window still.
     */
    private static @Nullable OffsetDateTime spentUntil(LearnedRate rate, RefusalSql.@Nullable Refused refusals) {
        return rate.perSecond() == null || refusals == null || refusals.began() == null
                ? null
                : plus(refusals.began(), Math.max(refusals.taken().answered() / rate.perSecond(), WINDOW_SECONDS));
    }
}
