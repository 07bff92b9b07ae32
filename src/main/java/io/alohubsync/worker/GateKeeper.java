package io.alohubsync.worker;

import io.alohubsync.account.Gate;
import io.alohubsync.account.GateChange;
import io.alohubsync.account.GateState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This replica's side of an account's gate. Callers hand in what they learned, and from that moment no call begins; the
 * claiming loop alone writes it to the database and looks again.
 */
final class GateKeeper {

    private static final Logger LOG = Logger.getLogger(GateKeeper.class);

    private final String account;
    private final Gate gate;
    private final Duration probeInterval;
    private final ConcurrentLinkedQueue<GateChange> learned = new ConcurrentLinkedQueue<>();
    private volatile Gate.@Nullable View view;
    private volatile boolean afterThrottle;
    private volatile boolean calm;
    private GateState lastState = GateState.OPEN;

    GateKeeper(String account, Gate gate, Duration probeInterval) {
        this.account = account;
        this.gate = gate;
        this.probeInterval = probeInterval;
    }

    // For callers.

    void learn(GateChange change) {
        learned.add(change);
    }

    /** A call may begin: the gate is open as far as anybody here knows. A probe needs no open gate, but news stop it too. */
    boolean mayBegin(boolean probe) {
        Gate.View seen = view;
        return learned.isEmpty() && (probe || (seen != null && seen.isOpen()));
    }

    /** A customer was accepted: a row of throttlings, if there was one, is over. */
    void accepted() {
        if (afterThrottle) {
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
        Set<GateChange> applied = new LinkedHashSet<>();
        for (GateChange next = learned.peek(); next != null; next = learned.peek()) {
            if (applied.add(next)) {
                apply(next, key);
            }
            view = null;
            learned.remove();
        }
    }

    private void apply(GateChange change, String key) throws SQLException {
        switch (change) {
            case GateChange.Close(GateState state, String reason, String usedKey) -> {
                if (state != GateState.REFUSED || usedKey.equals(key)) { // a refusal counts only against the key in use
                    gate.close(state, reason, usedKey, probeInterval);
                }
            }
            case GateChange.Throttle(Duration pause, String what, boolean probe) -> {
                if (probe) { // it got through: the fault that closed the gate is over
                    gate.open();
                }
                gate.throttle(pause, what);
            }
            case GateChange.Open() -> gate.open();
            case GateChange.StayClosed() -> gate.postponeProbe(probeInterval);
        }
    }

    /** Looks anew unless the gate was open at the last look. */
    Gate.View seen(String key) throws SQLException {
        Gate.View seen = view;
        return seen != null && seen.isOpen() ? seen : look(key);
    }

    Gate.View look(String key) throws SQLException {
        Gate.View now = gate.refresh(key);
        view = now;
        if (now.state() != lastState) {
            LOG.infof(
                    "Account %s: the gate is %s%s",
                    account, now.state(), now.reason() == null ? "" : ": " + now.reason());
            afterThrottle = lastState == GateState.THROTTLED;
            lastState = now.state();
        }
        return now;
    }
}
