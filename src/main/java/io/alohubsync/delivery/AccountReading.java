package io.alohubsync.delivery;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.customer.Refund;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the claiming loop does with the breaker: writes what calls have shown, reads the account
 * state, and passes the attempts that a trip has cost to the {@link Settler}, also where a
 * statement after it fails. On the claiming loop; at the stop on the thread that stops, once that
 * loop has ended.
 */
final class AccountReading {

    private final CircuitBreaker breaker;
    private final Settler settler;
    private @Nullable LeadClient used; // in the reading before

    AccountReading(CircuitBreaker breaker, Settler settler) {
        this.breaker = breaker;
        this.settler = settler;
    }

    BreakerView read(LeadClient client) throws SQLException {
        if (client != used) {
            used = client;
            breaker.forget(); // the account's state may differ for another key
        }
        String key = client.key().fingerprint();
        try {
            breaker.applyLearned(key);
            return breaker.seen(key, ClaimPause.FRESHNESS);
        } finally {
            refund();
        }
    }

    /** Read again: another replica may have tripped the breaker. */
    boolean stillAllowsCalls(String key) throws SQLException {
        try {
            return breaker.read(key).allowsCalls();
        } finally {
            refund();
        }
    }

    /** As far as this replica knows. */
    boolean mayBegin() {
        return breaker.mayBegin(false);
    }

    /** At the stop: writes what calls have shown and is not written yet. */
    void finish(String key) throws SQLException {
        try {
            breaker.finish(key);
        } finally {
            refund();
        }
    }

    private void refund() {
        List<Refund> spent = breaker.takeRefunds();
        if (!spent.isEmpty()) {
            settler.refund(spent);
        }
    }
}
