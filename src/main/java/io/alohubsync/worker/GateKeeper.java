package io.alohubsync.worker;

import io.alohubsync.account.Gate;
import io.alohubsync.account.GateCause;
import io.alohubsync.account.GateChange;
import io.alohubsync.account.GateState;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Spent;
import io.alohubsync.delivery.GateRule;
import io.alohubsync.delivery.GateSide;
import io.alohubsync.delivery.Streak;
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
 * This replica's side of an account's gate. Callers hand in what they learned, and from that moment no call begins; the
 * claiming loop alone writes it to the database and looks again.
 */
final class GateKeeper implements GateSide {

    private static final Logger LOG = Logger.getLogger(GateKeeper.class);
    private static final Duration LATELY = Duration.ofSeconds(30);

    /** A closing that was ended sooner by an accepted probe was a false alarm. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final String account;
    private final Gate gate;
    private final Streak streak;
    private final Consumer<List<Spent>> giveBack;
    private final Runnable news;
    private final LongSupplier nanoTime;
    private final ConcurrentLinkedQueue<GateChange> learned = new ConcurrentLinkedQueue<>();
    private volatile Gate.@Nullable View view;
    private volatile long openSince; // on the monotonic clock: acceptances of calls begun before say nothing of now
    private volatile boolean afterThrottle;
    private volatile boolean calm;
    private final LastAccepted lastAccepted = new LastAccepted();
    private volatile @Nullable String acceptedKey;
    private volatile long acceptedAt;
    private @Nullable String toldKey;
    private GateState lastState = GateState.OPEN;
    private boolean closedForCustomers;
    private long closedAt;
    private long lookedAt;

    /**
     * @param giveBack is handed the attempts that a closing cost
     * @param news     wakes the claiming loop
     */
    GateKeeper(
            String account,
            Gate gate,
            Streak streak,
            Consumer<List<Spent>> giveBack,
            Runnable news,
            LongSupplier nanoTime) {
        this.account = account;
        this.gate = gate;
        this.streak = streak;
        this.giveBack = giveBack;
        this.news = news;
        this.nanoTime = nanoTime;
        this.openSince = nanoTime.getAsLong();
        this.acceptedAt = openSince - LATELY.toNanos();
    }

    // For callers.

    /** A call may begin: the gate is open as far as anybody here knows. A probe needs no open gate, but news stop it too. */
    @Override
    public boolean mayBegin(boolean probe) {
        return probe ? learned.isEmpty() : !isClosed();
    }

    @Override
    public Judgement judge(Claimed customer, Outcome read) {
        Outcome charged = GateRule.charged(customer, read, acceptedAt - openSince > 0);
        Outcome outcome = GateRule.limited(customer, charged, this::acceptedAnother);
        return new Judgement(outcome, customer.probe() || isClosed(), closedBy());
    }

    @Override
    public void learn(EndedCall call) {
        GateChange change = shownBy(call);
        if (change != null) {
            learn(change);
        }
        if (call.outcome() instanceof Outcome.Accepted) {
            accepted(call.customer().customerId(), call.key().fingerprint(), call.begun());
        }
    }

    private @Nullable GateChange shownBy(EndedCall call) {
        if (call.customer().probe()) {
            return GateRule.ofProbe(call.outcome(), closedByAnswers(), call.key(), call.begun());
        }
        GateChange change = GateRule.of(call.outcome(), false, call.key(), acceptedLately(), call.begun());
        if (change != null || !call.spent()) {
            return change;
        }
        Streak.Trouble trouble = streak.count(call.customer(), call.outcome(), nanoTime.getAsLong());
        return trouble == null ? null : GateRule.of(trouble, call.outcome(), call.key());
    }

    void learn(GateChange change) {
        learned.add(change);
        news.run();
    }

    boolean isClosed() {
        Gate.View seen = view;
        return !learned.isEmpty() || seen == null || !seen.isOpen();
    }

    /** Null: by nothing, by a person or by a throttling. */
    private @Nullable GateCause closedBy() {
        GateChange.Close close = learnedClose();
        Gate.View seen = view;
        return close != null ? close.cause() : seen == null ? null : seen.cause();
    }

    /** Answers about customers closed it: a probe needs an acceptance to open it. */
    boolean closedByAnswers() {
        GateChange.Close close = learnedClose();
        Gate.View seen = view;
        return close != null ? close.byAnswers() : seen != null && seen.byAnswers();
    }

    private GateChange.@Nullable Close learnedClose() {
        for (GateChange change : learned) {
            if (change instanceof GateChange.Close close) {
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
    void accepted(long customer, String key, long begun) {
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
    Gate.@Nullable View view() {
        return view;
    }

    // For the claiming loop.

    void forget() {
        view = null;
    }

    /** Writes what was learned. A failure of the database leaves it to be written in the next round. */
    void applyLearned(String key) throws SQLException {
        if (calm) {
            gate.calm();
            calm = false;
        }
        String accepted = acceptedKey;
        if (accepted != null && !accepted.equals(toldKey)) {
            gate.accepted(accepted);
            toldKey = accepted;
        }
        Set<GateChange> applied = new LinkedHashSet<>();
        for (GateChange next = learned.peek(); next != null; next = learned.peek()) {
            GateChange news = isOld(next) ? null : withoutTime(next);
            if (news != null && applied.add(news)) {
                apply(news, key);
            }
            view = null;
            learned.remove();
        }
    }

    /** A call that began before the last pause was refused for what was called then. */
    private boolean isOld(GateChange change) {
        return change instanceof GateChange.Throttle throttle
                && !throttle.probe()
                && lastState != GateState.THROTTLED
                && throttle.begun() - openSince < 0;
    }

    private static GateChange withoutTime(GateChange change) {
        return change instanceof GateChange.Throttle(var pause, var what, var probe, var begun)
                ? new GateChange.Throttle(pause, what, probe, 0)
                : change;
    }

    private void apply(GateChange change, String key) throws SQLException {
        switch (change) {
            case GateChange.Close close -> {
                if (close.cause() != GateCause.KEY || close.key().equals(key)) { // only the key in use counts
                    gate.close(close);
                    giveBack(close.spent());
                }
            }
            case GateChange.Throttle(Duration pause, String what, boolean probe, long begun) -> {
                if (probe) { // it got through: the fault that closed the gate is over
                    gate.open(new GateChange.Open(key, false));
                }
                gate.throttle(pause, what);
            }
            case GateChange.Open open -> gate.open(open);
            case GateChange.StayClosed(boolean answered) -> gate.postponeProbe(answered);
        }
    }

    private void giveBack(List<Spent> spent) {
        if (!spent.isEmpty()) {
            LOG.infof("Account %s: the attempts of %d customers are given back", account, spent.size());
            giveBack.accept(spent);
        }
    }

    /** The program stops: what was learned and not written yet is written, and given back, even now. */
    void finish(String key) throws SQLException {
        applyLearned(key);
        look(key);
    }

    /** As it was a moment ago, or now if that is longer than {@code freshness}, or if it was not open. */
    Gate.View seen(String key, Duration freshness) throws SQLException {
        Gate.View seen = view;
        boolean fresh = seen != null && seen.isOpen() && nanoTime.getAsLong() - lookedAt < freshness.toNanos();
        return fresh ? seen : look(key);
    }

    Gate.View look(String key) throws SQLException {
        lookedAt = nanoTime.getAsLong();
        Gate.View now = gate.look(key);
        if (now.state() != lastState) {
            changed(now);
        }
        if (now.cause() != null) { // found out by this replica or by another; calls that were in flight still come in
            giveBack(streak.giveUp(now.cause()));
        }
        view = now;
        return now;
    }

    private void changed(Gate.View now) {
        LOG.infof(
                "Account %s: the gate is %s%s%s",
                account, now.state(), sentence(": ", now.reason()), sentence(" — ", now.needs()));
        if (!lastState.lets()) {
            openSince = nanoTime.getAsLong();
        }
        afterThrottle = lastState == GateState.THROTTLED;
        judgeAlarm(now);
        lastState = now.state();
    }

    /** Failures or refusals closed the gate: that was right unless somebody was accepted soon after. */
    private void judgeAlarm(Gate.View now) {
        long time = nanoTime.getAsLong();
        if (now.cause() == GateCause.FAILING || now.cause() == GateCause.REFUSALS) {
            closedAt = closedForCustomers ? closedAt : time;
            closedForCustomers = true;
        } else if (closedForCustomers) {
            closedForCustomers = false;
            if (now.state() == GateState.PROBING && time - closedAt < SOON.toNanos()) {
                streak.falseAlarm(time);
            } else {
                streak.rightAlarm();
            }
        }
    }

    private static String sentence(String before, @Nullable String words) {
        return words == null ? "" : before + words;
    }
}
