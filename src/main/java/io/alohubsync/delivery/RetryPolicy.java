package io.alohubsync.delivery;

import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an outcome for its customer. Pure but for the jitter of the backoff.
 *
 * @param maxAttempts that may be spent on one revision
 * @param quarantine  Q: the least wait after an unknown outcome
 * @param replica     the name of this replica, for the history
 */
public record RetryPolicy(int maxAttempts, Backoff backoff, Duration quarantine, String replica) {

    private static final Duration SUSPECTS_PAUSE = Duration.ofSeconds(5);
    private static final Duration THROTTLED_PAUSE = Duration.ofSeconds(20);
    private static final String EXHAUSTED =
            "Its replica ended without an answer in the last attempt allowed. Find out what ends the replicas, then retry it.";

    /**
     * Its last lease expired without a settlement, and that was the last allowed attempt: it is not
     * sent again.
     */
    public boolean isExhausted(Claimed customer) {
        return customer.earlier().lost() && customer.earlier().spent() >= maxAttempts;
    }

    public Settlement decideExhausted(Claimed customer) {
        return Settlement.of(customer, Consequence.DEAD)
                .outcome("UNKNOWN")
                .error(EXHAUSTED)
                .by(replica);
    }

    /**
     * @param duration of the call
     * @param sparesAttempt a failure spends none: it is a probe, or the account is tripped
     * @param trippedBy what is known to be wrong with the account; null: nothing
     */
    public Settlement decide(
            Claimed customer,
            Outcome outcome,
            Duration duration,
            boolean sparesAttempt,
            @Nullable TripCause trippedBy) {
        Settlement.Builder settlement = Settlement.of(
                        customer, consequence(customer, outcome, sparesAttempt, trippedBy))
                .pause(pause(customer, outcome));
        if (!(outcome instanceof Outcome.NotStarted)) {
            settlement
                    .called(outcome.code(), duration)
                    .httpStatus(outcome.httpStatus())
                    .error(outcome.words());
        }
        return settlement.by(replica);
    }

    private Consequence consequence(
            Claimed customer, Outcome outcome, boolean sparesAttempt, @Nullable TripCause trippedBy) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> Consequence.DELIVERED;
            case Outcome.Refused refused -> trippedBy == TripCause.REFUSALS ? Consequence.RELEASED : Consequence.DEAD;
            case Outcome.Failed failed -> tried(customer, sparesAttempt);
            case Outcome.Unknown unknown -> tried(customer, sparesAttempt);
            case Outcome.NotSent notSent -> Consequence.RELEASED;
            case Outcome.Throttled throttled -> Consequence.RELEASED;
            case Outcome.AccountRefused accountRefused -> Consequence.RELEASED;
            case Outcome.NotStarted notStarted -> Consequence.RELEASED;
        };
    }

    private Consequence tried(Claimed customer, boolean sparesAttempt) {
        if (sparesAttempt) {
            return Consequence.RELEASED;
        }
        return customer.earlier().spent() + 1 >= maxAttempts ? Consequence.DEAD : Consequence.WAITING;
    }

    private Duration pause(Claimed customer, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> backoff.after(customer.earlier().spent());
            case Outcome.Unknown unknown ->
                longer(quarantine, backoff.after(customer.earlier().spent()));
            case Outcome.Throttled throttled -> throttledAgain(customer, throttled);
            case Outcome.AccountRefused accountRefused -> behindTheOthers();
            case Outcome.Accepted accepted -> Duration.ZERO;
            case Outcome.Refused refused -> Duration.ZERO;
            case Outcome.NotSent notSent -> Duration.ZERO;
            case Outcome.NotStarted notStarted -> Duration.ZERO;
        };
    }

    /**
     * The wait of a customer whose call was refused with the account: the calls of others show
     * meanwhile whether this customer is the cause. Without it a list of such customers would be
     * the first again after each recovery, and trip the breaker for each of them.
     */
    private Duration behindTheOthers() {
        return SUSPECTS_PAUSE.compareTo(backoff.max()) < 0 ? SUSPECTS_PAUSE : backoff.max();
    }

    /**
     * One whose calls are throttled in succession may be the only one: others go first. If all are,
     * the wait must stay short.
     */
    private Duration throttledAgain(Claimed customer, Outcome.Throttled throttled) {
        if (customer.earlier().throttlings() == 0 || !throttled.asksForPause()) {
            return Duration.ZERO;
        }
        Duration pause = backoff.after(customer.earlier().throttlings());
        return longer(behindTheOthers(), pause.compareTo(THROTTLED_PAUSE) < 0 ? pause : THROTTLED_PAUSE);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
