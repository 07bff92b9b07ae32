package io.alohubsync.delivery;

import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an outcome for its customer. Pure but for the jitter.
 *
 * @param maxAttempts that may be spent on one revision
 * @param backoffMin  the first backoff at most; it doubles with every attempt
 * @param backoffMax  any backoff at most
 * @param quarantine  Q: the least wait after an unknown outcome
 * @param jitter      the backoff is drawn evenly from zero to its bound, so that what failed together does not return together
 * @param replica     the name of this replica, for the history
 */
public record RetryPolicy(
        int maxAttempts,
        Duration backoffMin,
        Duration backoffMax,
        Duration quarantine,
        RandomGenerator jitter,
        String replica) {

    private static final Duration SUSPECTS_PAUSE = Duration.ofSeconds(5);
    private static final String EXHAUSTED =
            "Its replica ended without an answer in every attempt allowed. Find out what ends the replicas, then retry it.";

    /** As many replicas ended without an answer as there are attempts: it is not sent again. */
    public boolean isExhausted(Claimed customer) {
        return customer.lost() && customer.attempts() >= maxAttempts;
    }

    public Settlement settleExhausted(Claimed customer) {
        return new Settlement(
                customer, Consequence.DEAD, Duration.ZERO, false, "UNKNOWN", null, EXHAUSTED, Duration.ZERO, replica);
    }

    /**
     * @param duration of the call
     * @param free     no attempt is spent on a failure: it is a probe, or the account is tripped
     * @param closedBy what is known to be wrong with the account; null: nothing
     */
    public Settlement settle(
            Claimed customer, Outcome outcome, Duration duration, boolean free, @Nullable TripCause trippedBy) {
        return switch (outcome) {
            case Outcome.Accepted(int status, boolean envelope) ->
                new Settlement(
                        customer,
                        Consequence.DELIVERED,
                        Duration.ZERO,
                        true,
                        "ACCEPTED",
                        status,
                        null,
                        duration,
                        replica);
            case Outcome.Refused(int status, String words) -> {
                Consequence consequence = trippedBy == TripCause.REFUSALS ? Consequence.RELEASED : Consequence.DEAD;
                yield new Settlement(
                        customer, consequence, Duration.ZERO, true, "REFUSED", status, words, duration, replica);
            }
            case Outcome.Failed(Integer status, String words) ->
                tried(customer, free, backoff(customer), "FAILED", status, words, duration);
            case Outcome.Unknown(String words) ->
                tried(customer, free, longer(quarantine, backoff(customer)), "UNKNOWN", null, words, duration);
            case Outcome.NotSent(String words) -> released(customer, "NOT_SENT", null, words, duration);
            case Outcome.Throttled(int status, var pause, String words) ->
                released(customer, "THROTTLED", status, words, duration);
            case Outcome.AccountRefused(int status, var cause, String words) ->
                new Settlement(
                        customer,
                        Consequence.RELEASED,
                        customer.suspect() ? behindTheOthers() : Duration.ZERO,
                        true,
                        "ACCOUNT_REFUSED",
                        status,
                        words,
                        duration,
                        replica);
            case Outcome.NotStarted() ->
                new Settlement(
                        customer, Consequence.RELEASED, Duration.ZERO, false, null, null, null, Duration.ZERO, replica);
        };
    }

    /** Refused with the account a second time: let others go first, so that it shows whether it is refused for itself. */
    private Duration behindTheOthers() {
        return SUSPECTS_PAUSE.compareTo(backoffMax) < 0 ? SUSPECTS_PAUSE : backoffMax;
    }

    private Settlement tried(
            Claimed customer,
            boolean free,
            Duration wait,
            String outcome,
            @Nullable Integer status,
            String words,
            Duration duration) {
        Consequence consequence = free
                ? Consequence.RELEASED
                : customer.attempts() + 1 >= maxAttempts ? Consequence.DEAD : Consequence.WAITING;
        return new Settlement(customer, consequence, wait, true, outcome, status, words, duration, replica);
    }

    private Settlement released(
            Claimed customer, String outcome, @Nullable Integer status, String words, Duration duration) {
        return new Settlement(
                customer, Consequence.RELEASED, Duration.ZERO, true, outcome, status, words, duration, replica);
    }

    /** Exponential with full jitter. */
    private Duration backoff(Claimed customer) {
        int doublings = Math.min(customer.attempts(), 40);
        double bound = Math.min(backoffMax.toNanos(), backoffMin.toNanos() * Math.pow(2, doublings));
        return Duration.ofNanos((long) (jitter.nextDouble() * bound));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
