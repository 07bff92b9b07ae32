package io.alohubsync.delivery;

import io.alohubsync.account.GateCause;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Spent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one account that came to nothing, one after the other, as this replica sees them: when they are so many that it is
 * the account that is ill, and not its customers. Who failed while nearly all others were accepted counts for nothing from
 * then on: it fails for itself. So does a suspect, who was part of a trouble that another customer's acceptance has ended.
 */
public final class Streak {

    private static final int CUSTOMERS = 2; // one alone may be at fault itself
    private static final int FAILURES = 20;
    private static final int MOST_REFUSALS = 50;
    private static final Duration SUSTAINED = Duration.ofSeconds(10);
    private static final double WELL = 0.7; // this share of first calls accepted: who fails then, fails for itself
    private static final double NEWEST = 0.02; // its weight in that share
    private static final int REMEMBERED = 50_000;

    private final int failuresAtOnce;
    private final int refusals;
    private final Map<Long, Spent> failed = new LinkedHashMap<>();
    private final Map<Long, Spent> refused = new LinkedHashMap<>();
    private final Map<Long, Boolean> failsForItself = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private int failures;
    private long since;
    private volatile double accepted =
            0.5; // share of first calls, those of who failed before left aside; written by many without a lock, since
    // it need not be exact
    private volatile boolean quiet = true;

    /** @param concurrency twice as many failures in a row end it at once; fewer must go on for a while */
    public Streak(int concurrency) {
        this.failuresAtOnce = 2 * concurrency;
        this.refusals = Math.clamp(2L * concurrency, FAILURES, MOST_REFUSALS);
    }

    /** @param spent the attempts that it cost, to be given back */
    public record Trouble(GateCause cause, List<Spent> spent) {}

    /** Failed or Unknown. @param now on the monotonic clock; @return null: no trouble yet */
    public synchronized @Nullable Trouble failed(Claimed customer, long now) {
        if (customer.attempts() == 0) {
            accepted -= NEWEST * accepted;
        }
        if (customer.suspect() || failsForItself.containsKey(customer.customerId())) {
            return null;
        }
        since = failed.isEmpty() ? now : since;
        quiet = false;
        failures++;
        count(failed, customer);
        boolean sustained = failures >= FAILURES && now - since >= SUSTAINED.toNanos();
        boolean many = failures >= failuresAtOnce || sustained;
        return many && failed.size() >= CUSTOMERS ? end(GateCause.FAILING, failed) : null;
    }

    /** An answer about this customer: Alohub works, or else it refuses everybody. @return null: no trouble yet */
    public synchronized @Nullable Trouble refused(Claimed customer) {
        endFailures();
        if (customer.suspect()) {
            return null;
        }
        quiet = false;
        count(refused, customer);
        return refused.size() >= refusals ? end(GateCause.REFUSALS, refused) : null;
    }

    /** All is well. Costs next to nothing as long as all was. */
    public void accepted(Claimed customer) {
        if (customer.attempts() == 0) {
            accepted += NEWEST * (1 - accepted);
        }
        if (!quiet) {
            end();
        }
    }

    /** The account is known to be ill: what was spent by now, and is not part of a trouble yet, is to be given back as well. */
    public synchronized List<Spent> giveUp(GateCause cause) {
        if (quiet) {
            return List.of();
        }
        List<Spent> spent = new ArrayList<>(failed.values());
        if (cause == GateCause.REFUSALS) {
            spent.addAll(refused.values());
        }
        failed.clear();
        end();
        return spent;
    }

    private static void count(Map<Long, Spent> customers, Claimed customer) {
        customers.merge(
                customer.customerId(),
                new Spent(customer.customerId(), customer.revision(), 1),
                (before, one) -> before.revision() == one.revision() ? before.oneMore() : one);
    }

    private Trouble end(GateCause cause, Map<Long, Spent> customers) {
        Trouble trouble = new Trouble(cause, List.copyOf(customers.values()));
        failed.clear();
        end();
        return trouble;
    }

    private synchronized void end() {
        endFailures();
        refused.clear();
        quiet = true;
    }

    private void endFailures() {
        if (accepted >= WELL) {
            failed.keySet().forEach(customer -> failsForItself.put(customer, true));
        }
        failures = 0;
        failed.clear();
    }
}
