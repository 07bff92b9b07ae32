package io.alohubsync.breaker;

import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts consecutive failures and refusals of one account, as this replica sees them, and finds
 * when they are so many that the account is at fault and not its customers. A customer that failed
 * while nearly all others were accepted fails for itself: it is not counted until it is accepted. A
 * suspect is not counted either: it failed before a trip, and another customer was accepted
 * afterwards.
 *
 * <p>The account is at fault when many calls fail at once, when fewer fail over some seconds, or,
 * where calls are rare, when a few customers fail over a minute. Each false alarm doubles these
 * limits for ten minutes: a long block of bad customers stops the others ten times, not a thousand
 * times.
 *
 * <p>The event loop counts, the claiming loop reports alarms and collects what was spent. The lock
 * guards all state but the two volatile fields, which the event loop reads for each accepted call.
 */
public final class ConsecutiveFailures {

    private static final int CUSTOMERS = 2; // one alone may be at fault itself
    private static final int FAILURES = 20;
    private static final int MOST_REFUSALS = 50;
    private static final Duration SUSTAINED = Duration.ofSeconds(10);
    private static final int FEW = 5; // customers, where calls are rare
    private static final Duration RARE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 8;
    private static final Duration ALARM_COUNTS = Duration.ofMinutes(10);
    private static final double NEARLY_ALL =
            0.7; // share of first calls accepted: a customer that fails then fails for itself
    private static final double NEWEST = 0.02; // its weight in that share
    private static final int MOST_KEPT = 50_000;

    private final int failuresAtOnce;
    private final int refusals;
    private final Map<Long, Refund> failed = new LinkedHashMap<>();
    private final Map<Long, Refund> refused = new LinkedHashMap<>();
    private final Set<Long> failedEarlier = newestOnly(); // before another was accepted, but not yet nearly all
    private final Set<Long> failsByItself = newestOnly();
    private int failures;
    private int answers; // of the failures, those that were answers about their customers
    private long failedSince;
    private long refusedSince;
    private int doublings;
    private long falseAlarmAt;
    private volatile double accepted = 0.5; // share of first calls; written by the event loop alone
    private volatile boolean quiet = true; // no failure is counted; written under the lock

    /**
     * @param concurrency twice as many consecutive failures trip the breaker at once, but not fewer
     *                    than twenty
     */
    public ConsecutiveFailures(int concurrency) {
        this.failuresAtOnce = Math.max(FAILURES, 2 * concurrency);
        this.refusals = Math.clamp(2L * concurrency, FAILURES, MOST_REFUSALS);
    }

    /**
     * @param spent     the attempts that it cost, to be refunded
     * @param byAnswers most of the calls were answered about their customers
     */
    public record AtFault(TripCause cause, List<Refund> spent, boolean byAnswers) {}

    /** An attempt was spent. @return null: it is not at fault, as far as is known */
    public @Nullable AtFault count(Claimed customer, Outcome outcome, long now) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> {
                accepted(customer);
                yield null;
            }
            case Outcome.Refused refused -> refused(customer, now);
            case Outcome.Failed failed -> failed(customer, BreakerRule.isAboutCustomer(failed), now);
            case Outcome.Unknown unknown -> failed(customer, false, now);
            case Outcome.NotSent notSent -> null;
            case Outcome.NotStarted notStarted -> null;
            case Outcome.Throttled throttled -> null;
            case Outcome.AccountRefused accountRefused -> null;
        };
    }

    /**
     * Failed or Unknown.
     *
     * @param answered the answer was about the customer
     * @param now      on the monotonic clock
     * @return null: it is not at fault, as far as is known
     */
    public synchronized @Nullable AtFault failed(Claimed customer, boolean answered, long now) {
        if (customer.earlier().spent() == 0) {
            accepted -= NEWEST * accepted;
        }
        if (customer.earlier().suspect() || failsByItself.contains(customer.customerId())) {
            return null;
        }
        failedSince = failed.isEmpty() ? now : failedSince;
        quiet = false;
        failures++;
        answers += answered ? 1 : 0;
        count(failed, customer);
        long lasted = now - failedSince;
        int times = times(now);
        boolean many = failures >= times * failuresAtOnce
                || (failures >= times * FAILURES && lasted >= times * SUSTAINED.toNanos())
                || isRare(failed, lasted, times);
        return many && failed.size() >= CUSTOMERS ? end(TripCause.FAILING, failed, 2 * answers > failures) : null;
    }

    /** Different customers, none accepted between: where calls are rare a few are enough. */
    private static boolean isRare(Map<Long, Refund> customers, long lasted, int times) {
        return customers.size() >= times * FEW && lasted >= times * RARE.toNanos();
    }

    private int times(long now) {
        if (doublings > 0 && now - falseAlarmAt > ALARM_COUNTS.toNanos()) {
            doublings = 0;
        }
        return 1 << doublings;
    }

    /** It was a false alarm: another customer was accepted soon after. The limits double. */
    public synchronized void falseAlarm(long now) {
        doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
        falseAlarmAt = now;
    }

    /** The account was at fault. */
    public synchronized void alarmWasRight() {
        doublings = 0;
    }

    /**
     * An answer about this customer: Alohub works, unless it refuses every customer.
     *
     * @return null: it is not at fault, as far as is known
     */
    public synchronized @Nullable AtFault refused(Claimed customer, long now) {
        endFailures();
        if (customer.earlier().suspect()) {
            return null;
        }
        refusedSince = refused.isEmpty() ? now : refusedSince;
        quiet = false;
        count(refused, customer);
        int times = times(now);
        boolean many = refused.size() >= times * refusals || isRare(refused, now - refusedSince, times);
        return many ? end(TripCause.REFUSALS, refused, true) : null;
    }

    /** Takes no lock while nothing has failed. */
    public void accepted(Claimed customer) {
        if (customer.earlier().spent() == 0) {
            accepted += NEWEST * (1 - accepted);
        } else {
            succeedsAgain(customer.customerId());
        }
        if (!quiet) {
            acceptedAfterFailures();
        }
    }

    private synchronized void succeedsAgain(long customer) {
        failed.remove(customer);
        failedEarlier.remove(customer);
        failsByItself.remove(customer);
    }

    private synchronized void acceptedAfterFailures() {
        endFailures();
        refused.clear();
        quiet = failedEarlier.isEmpty();
    }

    /**
     * The account is known to be at fault.
     *
     * @return attempts that were spent since and are not refunded yet
     */
    public synchronized List<Refund> takeSpent(TripCause cause) {
        if (quiet) {
            return List.of();
        }
        List<Refund> spent = new ArrayList<>(failed.values());
        if (cause == TripCause.REFUSALS) {
            spent.addAll(refused.values());
        }
        end();
        return spent;
    }

    private static void count(Map<Long, Refund> customers, Claimed customer) {
        customers.merge(
                customer.customerId(),
                new Refund(customer.customerId(), customer.revision(), 1),
                (before, one) -> before.revision() == one.revision() ? before.oneMore() : one);
    }

    private AtFault end(TripCause cause, Map<Long, Refund> customers, boolean byAnswers) {
        AtFault account = new AtFault(cause, List.copyOf(customers.values()), byAnswers);
        end();
        return account;
    }

    /** The account is at fault: none of these has failed for itself. */
    private void end() {
        failedEarlier.removeAll(failed.keySet());
        failed.clear();
        endFailures();
        refused.clear();
        quiet = failedEarlier.isEmpty();
    }

    private void endFailures() {
        failedEarlier.addAll(failed.keySet());
        if (accepted >= NEARLY_ALL) {
            failsByItself.addAll(failedEarlier);
            failedEarlier.clear();
        }
        failures = 0;
        answers = 0;
        failed.clear();
    }

    private static Set<Long> newestOnly() {
        return Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                return size() > MOST_KEPT;
            }
        });
    }
}
