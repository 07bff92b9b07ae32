package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This replica's side of an account's breaker. Calls hand in what they have shown, and from that moment no call begins; the
 * claiming loop alone writes it to the database and looks again.
 */
public final class CircuitBreaker implements Breaker {

    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);
    private static final Duration LATELY = Duration.ofSeconds(30);

    /** A closing that was ended sooner by an accepted probe was a false alarm. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final String account;
    private final BreakerStore breaker;
    private final ConsecutiveFailures failures;
    private final Consumer<List<Refund>> refund;
    private final Runnable news;
    private final LongSupplier nanoTime;
    private final ConcurrentLinkedQueue<BreakerEvent> learned = new ConcurrentLinkedQueue<>();
    private volatile BreakerStore.@Nullable View view;
    private volatile long openSince; // on the monotonic clock: acceptances of calls begun before say nothing of now
    private volatile boolean afterThrottle;
    private volatile boolean calm;
    private final LastAccepted lastAccepted = new LastAccepted();
    private volatile @Nullable String acceptedKey;
    private volatile long acceptedAt;
    private @Nullable String toldKey;
    private AccountState lastState = AccountState.ACTIVE;
    private boolean trippedByCustomers;
    private long closedAt;
    private long lookedAt;

    /**
     * @param refund receives the attempts that a trip cost
     * @param news     wakes the claiming loop
     */
    public CircuitBreaker(
            String account,
            BreakerStore breaker,
            ConsecutiveFailures failures,
            Consumer<List<Refund>> refund,
            Runnable news,
            LongSupplier nanoTime) {
        this.account = account;
        this.breaker = breaker;
        this.failures = failures;
        this.refund = refund;
        this.news = news;
        this.nanoTime = nanoTime;
        this.openSince = nanoTime.getAsLong();
        this.acceptedAt = openSince - LATELY.toNanos();
    }

    // For callers.

    /** A call may begin: the breaker is open as far as anybody here knows. A probe needs no open breaker, but news stop it too. */
    @Override
    public boolean mayBegin(boolean probe) {
        return probe ? learned.isEmpty() : !isTripped();
    }

    @Override
    public Judgement judge(Claimed customer, Outcome read) {
        Outcome charged = BreakerRule.charged(customer, read, acceptedAt - openSince > 0);
        Outcome outcome = BreakerRule.limited(customer, charged, this::acceptedAnother);
        return new Judgement(outcome, customer.probe() || isTripped(), trippedBy());
    }

    @Override
    public void learn(EndedCall call) {
        BreakerEvent change = shownBy(call);
        if (change != null) {
            learn(change);
        }
        if (call.outcome() instanceof Outcome.Accepted) {
            accepted(call.customer().customerId(), call.key().fingerprint(), call.begun());
        }
    }

    private @Nullable BreakerEvent shownBy(EndedCall call) {
        if (call.customer().probe()) {
            return BreakerRule.ofProbe(call.outcome(), trippedByAnswers(), call.key(), call.begun());
        }
        BreakerEvent change = BreakerRule.of(call.outcome(), false, call.key(), acceptedLately(), call.begun());
        if (change != null || !call.spent()) {
            return change;
        }
        ConsecutiveFailures.Trouble trouble = failures.count(call.customer(), call.outcome(), nanoTime.getAsLong());
        return trouble == null ? null : BreakerRule.of(trouble, call.outcome(), call.key());
    }

    public void learn(BreakerEvent change) {
        learned.add(change);
        news.run();
    }

    public boolean isTripped() {
        BreakerStore.View seen = view;
        return !learned.isEmpty() || seen == null || !seen.isOpen();
    }

    /** Null: by nothing, by a person or by a throttling. */
    private @Nullable TripCause trippedBy() {
        BreakerEvent.Trip close = learnedClose();
        BreakerStore.View seen = view;
        return close != null ? close.cause() : seen == null ? null : seen.cause();
    }

    /** Answers about customers closed it: a probe needs an acceptance to open it. */
    boolean trippedByAnswers() {
        BreakerEvent.Trip close = learnedClose();
        BreakerStore.View seen = view;
        return close != null ? close.byAnswers() : seen != null && seen.byAnswers();
    }

    private BreakerEvent.@Nullable Trip learnedClose() {
        for (BreakerEvent change : learned) {
            if (change instanceof BreakerEvent.Trip close) {
                return close;
            }
        }
        return null;
    }

    /** Somebody was accepted a moment ago. */
    private boolean acceptedLately() {
        return nanoTime.getAsLong() - acceptedAt < LATELY.toNanos();
    }

    /** Another customer than this one was accepted in the last ten seconds. */
    boolean acceptedAnother(long customer) {
        return lastAccepted.isAnother(customer, nanoTime.getAsLong());
    }

    /**
     * A customer was accepted: a row of throttlings, if there was one, is over.
     *
     * @param key   fingerprint of the key that was used
     * @param begun on the monotonic clock
     */
    public void accepted(long customer, String key, long begun) {
        acceptedAt = begun;
        lastAccepted.accepted(customer, nanoTime.getAsLong());
        if (!key.equals(acceptedKey)) {
            acceptedKey = key;
        }
        if (afterThrottle && begun - openSince > 0) {
            afterThrottle = false;
            calm = true;
        }
    }

    /** As last seen; null before the first look, and while there is news. */
    public BreakerStore.@Nullable View view() {
        return view;
    }

    // For the claiming loop.

    public void forget() {
        view = null;
    }

    /** Writes what was learned. A failure of the database leaves it to be written in the next round. */
    public void applyLearned(String key) throws SQLException {
        if (calm) {
            breaker.calm();
            calm = false;
        }
        String accepted = acceptedKey;
        if (accepted != null && !accepted.equals(toldKey)) {
            breaker.accepted(accepted);
            toldKey = accepted;
        }
        Set<BreakerEvent> applied = new LinkedHashSet<>();
        for (BreakerEvent next = learned.peek(); next != null; next = learned.peek()) {
            BreakerEvent news = isOld(next) ? null : withoutTime(next);
            if (news != null && applied.add(news)) {
                apply(news, key);
            }
            view = null;
            learned.remove();
        }
    }

    /** A call that began before the last pause was refused for what was called then. */
    private boolean isOld(BreakerEvent change) {
        return change instanceof BreakerEvent.Throttle throttle
                && !throttle.probe()
                && lastState != AccountState.THROTTLED
                && throttle.begun() - openSince < 0;
    }

    private static BreakerEvent withoutTime(BreakerEvent change) {
        return change instanceof BreakerEvent.Throttle(var pause, var what, var probe, var begun)
                ? new BreakerEvent.Throttle(pause, what, probe, 0)
                : change;
    }

    private void apply(BreakerEvent change, String key) throws SQLException {
        switch (change) {
            case BreakerEvent.Trip close -> {
                if (close.cause() != TripCause.KEY || close.key().equals(key)) { // only the key in use counts
                    breaker.close(close);
                    refund(close.spent());
                }
            }
            case BreakerEvent.Throttle(Duration pause, String what, boolean probe, long begun) -> {
                if (probe) { // it got through: the fault that closed the breaker is over
                    breaker.open(new BreakerEvent.Recover(key, false));
                }
                breaker.throttle(pause, what);
            }
            case BreakerEvent.Recover open -> breaker.open(open);
            case BreakerEvent.StayTripped(boolean answered) -> breaker.postponeProbe(answered);
        }
    }

    private void refund(List<Refund> spent) {
        if (!spent.isEmpty()) {
            LOG.infof("Account %s: the attempts of %d customers are refunded", account, spent.size());
            refund.accept(spent);
        }
    }

    /** The program stops: what was learned and not written yet is written, and refunded, even now. */
    public void finish(String key) throws SQLException {
        applyLearned(key);
        look(key);
    }

    /** As it was a moment ago, or now if that is longer than {@code freshness}, or if it was not open. */
    public BreakerStore.View seen(String key, Duration freshness) throws SQLException {
        BreakerStore.View seen = view;
        boolean fresh = seen != null && seen.isOpen() && nanoTime.getAsLong() - lookedAt < freshness.toNanos();
        return fresh ? seen : look(key);
    }

    public BreakerStore.View look(String key) throws SQLException {
        lookedAt = nanoTime.getAsLong();
        BreakerStore.View now = breaker.look(key);
        if (now.state() != lastState) {
            changed(now);
        }
        if (now.cause() != null) { // found out by this replica or by another; calls that were in flight still come in
            refund(failures.giveUp(now.cause()));
        }
        view = now;
        return now;
    }

    private void changed(BreakerStore.View now) {
        LOG.infof(
                "Account %s: %s%s%s", account, now.state(), sentence(": ", now.reason()), sentence(" — ", now.needs()));
        if (!lastState.lets()) {
            openSince = nanoTime.getAsLong();
        }
        afterThrottle = lastState == AccountState.THROTTLED;
        judgeAlarm(now);
        lastState = now.state();
    }

    /** Failures or refusals closed the breaker: that was right unless somebody was accepted soon after. */
    private void judgeAlarm(BreakerStore.View now) {
        long time = nanoTime.getAsLong();
        if (now.cause() == TripCause.FAILING || now.cause() == TripCause.REFUSALS) {
            closedAt = trippedByCustomers ? closedAt : time;
            trippedByCustomers = true;
        } else if (trippedByCustomers) {
            trippedByCustomers = false;
            if (now.state() == AccountState.RECOVERING && time - closedAt < SOON.toNanos()) {
                failures.falseAlarm(time);
            } else {
                failures.rightAlarm();
            }
        }
    }

    private static String sentence(String before, @Nullable String words) {
        return words == null ? "" : before + words;
    }
}
