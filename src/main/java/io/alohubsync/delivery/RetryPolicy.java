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
        Settlement.Builder settlement = switch (outcome) {
            case Outcome.Accepted(int status, boolean envelope) ->
                Settlement.of(customer, Consequence.DELIVERED)
                        .called("ACCEPTED", duration)
                        .httpStatus(status);
            case Outcome.Refused(int status, String words) ->
                Settlement.of(customer, trippedBy == TripCause.REFUSALS ? Consequence.RELEASED : Consequence.DEAD)
                        .called("REFUSED", duration)
                        .httpStatus(status)
                        .error(words);
            case Outcome.Failed(Integer status, String words) ->
                tried(customer, sparesAttempt, backoff.after(customer.earlier().spent()))
                        .called("FAILED", duration)
                        .httpStatus(status)
                        .error(words);
            case Outcome.Unknown(String words) ->
                tried(
                                customer,
                                sparesAttempt,
                                longer(
                                        quarantine,
                                        backoff.after(customer.earlier().spent())))
                        .called("UNKNOWN", duration)
                        .error(words);
            case Outcome.NotSent(Integer status, String words) ->
                released(customer)
                        .called("NOT_SENT", duration)
                        .httpStatus(status)
                        .error(words);
            case Outcome.Throttled throttled ->
                released(customer)
                        .pause(throttledAgain(customer, throttled))
                        .called("THROTTLED", duration)
                        .httpStatus(throttled.status())
                        .error(throttled.words());
            case Outcome.AccountRefused(int status, var cause, String words) ->
                released(customer)
                        .pause(behindTheOthers())
                        .called("ACCOUNT_REFUSED", duration)
                        .httpStatus(status)
                        .error(words);
            case Outcome.NotStarted() -> released(customer);
        };
        return settlement.by(replica);
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

    private Settlement.Builder tried(Claimed customer, boolean sparesAttempt, Duration wait) {
        Consequence spent = customer.earlier().spent() + 1 >= maxAttempts ? Consequence.DEAD : Consequence.WAITING;
        return Settlement.of(customer, sparesAttempt ? Consequence.RELEASED : spent)
                .pause(wait);
    }

    private static Settlement.Builder released(Claimed customer) {
        return Settlement.of(customer, Consequence.RELEASED);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
