package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This replica's side of an account's breaker. A call that shows a fault of the account queues an
 * event, and no call begins until the claiming loop has written it and read the state again. That
 * loop alone writes it to the database.
 *
 * <p>The event loop calls {@link #judge} and {@link #learn(EndedCall)} and writes
 * {@link #acceptances}; any thread asks {@link #mayBegin}. The claiming loop calls the others and
 * owns the other fields; every thread reads {@link #view} and {@link #callsSince}. Both loops write
 * {@link #awaitsAcceptance} and {@link #resetsThrottles}: the claiming loop sets the first, the
 * event loop exchanges it for the second, and the claiming loop clears that.
 */
public final class CircuitBreaker implements Breaker {

    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);

    private final BreakerStore store;
    private final ConsecutiveFailures failures;
    private final LongSupplier nanoTime;
    private final EventQueue events = new EventQueue();
    private final Acceptances acceptances;
    private final FalseAlarms alarms;
    private volatile @Nullable BreakerView view;
    private volatile long callsSince; // on the monotonic clock: answers to calls that began before are outdated
    private volatile boolean awaitsAcceptance; // of the first call after pauses: it ends their count
    private volatile boolean resetsThrottles;
    private @Nullable String writtenKey;
    private AccountState lastState = AccountState.ACTIVE;
    private List<Refund> refunds = List.of(); // not taken yet
    private long readAt;

    public CircuitBreaker(BreakerStore store, ConsecutiveFailures failures, LongSupplier nanoTime) {
        this.store = store;
        this.failures = failures;
        this.nanoTime = nanoTime;
        this.callsSince = nanoTime.getAsLong();
        this.acceptances = new Acceptances(callsSince);
        this.alarms = new FalseAlarms(failures);
    }

    // For the calls.

    /** As far as this replica knows. A probe may begin once queued events are written. */
    @Override
    public boolean mayBegin(boolean probe) {
        return probe ? events.isEmpty() : !isTripped();
    }

    @Override
    public Judgement judge(Claimed customer, Outcome read) {
        Outcome own = BreakerRule.asCustomersOwn(customer, read, acceptances.isSince(callsSince));
        Outcome outcome =
                BreakerRule.asLimit(customer, own, other -> acceptances.isAnother(other, nanoTime.getAsLong()));
        return new Judgement(outcome, customer.probe() || isTripped(), trippedBy());
    }

    @Override
    public boolean learn(EndedCall call) {
        BreakerEvent event = shownBy(call);
        boolean shown = event != null;
        if (event != null) {
            learn(event);
        }
        if (call.outcome() instanceof Outcome.Accepted) {
            accepted(call.customer().customerId(), call.key().fingerprint(), call.begun());
            if (!call.customer().probe() && acceptances.isFirstSince(trippedBy())) {
                learn(new BreakerEvent.OthersAccepted());
                shown = true;
            }
        }
        return shown;
    }

    private @Nullable BreakerEvent shownBy(EndedCall call) {
        if (call.customer().probe()) {
            return BreakerRule.ofProbe(call.outcome(), isTrippedByAnswers(), call.key(), call.begun());
        }
        long now = nanoTime.getAsLong();
        BreakerEvent event = BreakerRule.of(call.outcome(), false, call.key(), acceptances.isLately(now), call.begun());
        if (event != null || !call.spent()) {
            return event;
        }
        ConsecutiveFailures.AtFault account = failures.count(call.customer(), call.outcome(), now);
        return account == null ? null : BreakerRule.of(account, call.outcome(), call.key());
    }

    /** To be written by the claiming loop. */
    public void learn(BreakerEvent event) {
        events.add(event);
    }

    public boolean isTripped() {
        BreakerView seen = view;
        return !events.isEmpty() || seen == null || !seen.allowsCalls();
    }

    /** Null if no fault tripped it: active, paused or throttled. */
    private @Nullable TripCause trippedBy() {
        BreakerEvent.Trip trip = events.trip();
        BreakerView seen = view;
        return trip != null ? trip.cause() : seen == null ? null : seen.cause();
    }

    /** Answers about customers tripped it: only a probe that is accepted starts the recovery. */
    boolean isTrippedByAnswers() {
        BreakerEvent.Trip trip = events.trip();
        BreakerView seen = view;
        return trip != null ? trip.evidence().trippedByAnswers() : seen != null && seen.isTrippedByAnswers();
    }

    /**
     * A customer was accepted: throttlings in succession, if there were any, are over.
     *
     * @param key   fingerprint of the key that was used
     * @param begun on the monotonic clock
     */
    public void accepted(long customer, String key, long begun) {
        acceptances.accepted(customer, key, begun, nanoTime.getAsLong());
        if (awaitsAcceptance && begun - callsSince > 0) {
            awaitsAcceptance = false;
            resetsThrottles = true;
        }
    }

    /** As last read; null before that, and while an event is being written. */
    public @Nullable BreakerView view() {
        return view;
    }

    // For the claiming loop.

    public void forget() {
        view = null;
    }

    /** Writes what calls have shown; after a failure, in the next round. */
    public void applyLearned(String key) throws SQLException {
        if (resetsThrottles) {
            store.apply(new BreakerEvent.ResetThrottles());
            resetsThrottles = false;
        }
        String accepted = acceptances.key();
        if (accepted != null && !accepted.equals(writtenKey)) {
            store.apply(new BreakerEvent.AcceptKey(accepted));
            writtenKey = accepted;
        }
        Set<BreakerEvent> applied = new HashSet<>();
        for (BreakerEvent next = events.first(); next != null; next = events.first()) {
            if (!isOld(next) && applied.add(next.withoutTime())) {
                apply(next, key);
            }
            view = null;
            events.removeFirst();
        }
    }

    /** A call that began before the last pause shows nothing about the time after it. */
    private boolean isOld(BreakerEvent event) {
        return event instanceof BreakerEvent.Throttle throttle
                && !throttle.isProbe()
                && lastState != AccountState.THROTTLED
                && throttle.begun() - callsSince < 0;
    }

    private void apply(BreakerEvent event, String key) throws SQLException {
        if (!(event instanceof BreakerEvent.Trip trip)) {
            store.apply(event);
        } else if (trip.cause() != TripCause.KEY || trip.key().equals(key)) { // only the key in use counts
            store.apply(trip);
            addRefunds(trip.spent());
        }
    }

    private void addRefunds(List<Refund> spent) {
        if (!spent.isEmpty()) {
            LOG.infof("Account %s: attempts refunded (customers: %d)", store.account(), spent.size());
            refunds = Stream.concat(refunds.stream(), spent.stream()).toList();
        }
    }

    /**
     * The attempts that trips have cost since it was last asked, also if what followed has failed:
     * each is returned once, and is to be refunded.
     */
    public List<Refund> takeRefunds() {
        List<Refund> taken = refunds;
        refunds = List.of();
        return taken;
    }

    /** At the stop: writes what calls have shown and is not written yet. */
    public void finish(String key) throws SQLException {
        applyLearned(key);
        read(key);
    }

    /** As last read, if that is younger than {@code freshness} and not tripped; else read again. */
    public BreakerView seen(String key, Duration freshness) throws SQLException {
        BreakerView seen = view;
        boolean fresh = seen != null && seen.allowsCalls() && nanoTime.getAsLong() - readAt < freshness.toNanos();
        return fresh ? seen : read(key);
    }

    public BreakerView read(String key) throws SQLException {
        readAt = nanoTime.getAsLong();
        BreakerView now = store.read(key);
        if (now.state() != lastState) {
            changed(now);
        }
        TripCause cause = now.cause();
        if (cause != null) { // found by this replica or by another; calls that were in flight still come in
            addRefunds(failures.takeSpent(cause));
        }
        awaitsAcceptance = now.allowsCalls() && now.breaker().recovery().throttles() > 0 && !resetsThrottles;
        view = now;
        return now;
    }

    private void changed(BreakerView now) {
        LOG.infof(
                "Account %s: %s%s%s",
                store.account(), now.state(), sentence(": ", now.reason()), sentence(" — ", now.needs()));
        long time = nanoTime.getAsLong();
        if (!lastState.allowsCalls()) {
            callsSince = time;
        }
        alarms.changed(now, time);
        lastState = now.state();
    }

    private static String sentence(String before, @Nullable String words) {
        return words == null ? "" : before + words;
    }
}
