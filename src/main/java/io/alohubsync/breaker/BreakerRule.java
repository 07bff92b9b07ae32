package io.alohubsync.breaker;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.alohub.OwnWords;
import io.alohubsync.customer.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What follows from an outcome for its account. Pure. */
public final class BreakerRule {

    private static final int UNAVAILABLE = 503;
    private static final int MOST_THROTTLED = 3;

    /**
     * The pause where Alohub named no time. The answers in flight arrive within it and are counted.
     */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private BreakerRule() {}

    /**
     * A 503 without a time, while others are accepted, means that the account is at its limit. The
     * fourth in succession for one customer means that this customer fails.
     *
     * @param anotherAccepted whether another customer than this one was accepted in the last ten
     *                        seconds
     */
    public static Outcome asLimit(Claimed customer, Outcome outcome, LongPredicate anotherAccepted) {
        return outcome instanceof Outcome.Failed(Integer status, String words)
                        && status != null
                        && status == UNAVAILABLE
                        && !customer.probe()
                        && customer.earlier().throttled() < MOST_THROTTLED
                        && anotherAccepted.test(customer.customerId())
                ? new Outcome.Throttled(status, MOMENT, words)
                : outcome;
    }

    /**
     * A refusal of the account is charged to its customer where this customer alone is refused: a
     * probe was accepted after the customer had been refused, and others were accepted since the
     * recovery. A refused key and a missing payment usually concern all, and a key that is being
     * replaced may be refused and accepted for a while: such a customer spends an attempt, and
     * becomes DEAD after its last one only.
     */
    public static Outcome asCustomersOwn(Claimed customer, Outcome outcome, boolean othersAccepted) {
        if (!(outcome instanceof Outcome.AccountRefused refused)
                || !customer.earlier().suspect()
                || !othersAccepted) {
            return outcome;
        }
        String words = refused.words() + " (others are accepted: it is this customer that is refused)";
        return refused.usuallyConcernsAll()
                ? new Outcome.Failed(refused.status(), words)
                : new Outcome.Refused(refused.status(), words);
    }

    /**
     * What any call can show about its account.
     *
     * @param amidAccepted others were accepted a moment ago
     * @param begun        when the call began, on the monotonic clock
     * @return null: nothing
     */
    public static @Nullable BreakerEvent of(
            Outcome outcome, boolean probe, ApiKey key, boolean amidAccepted, long begun) {
        return switch (outcome) {
            case Outcome.AccountRefused refused -> {
                String reason = reason(refused.cause(), OwnWords.of(refused));
                BreakerEvent.Evidence evidence =
                        amidAccepted ? BreakerEvent.Evidence.ONE_CALL_AMID_ACCEPTED : BreakerEvent.Evidence.ONE_CALL;
                yield new BreakerEvent.Trip(refused.cause(), reason, key.fingerprint(), evidence, List.of());
            }
            case Outcome.NotSent notSent ->
                new BreakerEvent.Trip(
                        TripCause.CONNECTION, reason(TripCause.CONNECTION, OwnWords.of(notSent)), key.fingerprint());
            case Outcome.Throttled throttled ->
                new BreakerEvent.Throttle(
                        throttled.pause(), OwnWords.of(throttled), probe ? key.fingerprint() : null, begun);
            case Outcome.Accepted accepted -> null;
            case Outcome.Refused refused -> null;
            case Outcome.Failed failed -> null;
            case Outcome.Unknown unknown -> null;
            case Outcome.NotStarted notStarted -> null;
        };
    }

    /**
     * What a probe shows. An answer about its customer shows that Alohub and the key work, unless
     * such answers tripped the breaker. Then other customers are tried soon, and the first that is
     * accepted starts the recovery.
     *
     * @param trippedByAnswers answers about customers tripped the breaker
     */
    public static BreakerEvent ofProbe(Outcome outcome, boolean trippedByAnswers, ApiKey key, long begun) {
        BreakerEvent any = of(outcome, true, key, false, begun);
        if (any != null) {
            return any;
        }
        boolean accepted = outcome instanceof Outcome.Accepted;
        return accepted || (isAboutCustomer(outcome) && !trippedByAnswers)
                ? new BreakerEvent.Recover(key.fingerprint(), accepted)
                : new BreakerEvent.StayTripped(isAboutCustomer(outcome));
    }

    /**
     * Alohub has read the customer and judged it. A failure in a 2xx comes from Alohub itself; a
     * 500 may come from any server.
     */
    public static boolean isAboutCustomer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> true;
            case Outcome.Refused refused -> true;
            case Outcome.Failed(Integer status, String words) -> status != null && status / 100 == 2;
            case Outcome.Unknown unknown -> false;
            case Outcome.NotSent notSent -> false;
            case Outcome.NotStarted notStarted -> false;
            case Outcome.Throttled throttled -> false;
            case Outcome.AccountRefused accountRefused -> false;
        };
    }

    /** @param outcome of the last of the calls */
    public static BreakerEvent of(ConsecutiveFailures.AtFault account, Outcome outcome, ApiKey key) {
        return new BreakerEvent.Trip(
                account.cause(),
                reason(account.cause(), OwnWords.of(outcome)),
                key.fingerprint(),
                account.byAnswers() ? BreakerEvent.Evidence.ANSWERS : BreakerEvent.Evidence.FAILURES,
                account.spent());
    }

    private static String reason(TripCause cause, String words) {
        return switch (cause) {
            case KEY -> "Alohub refuses the key: " + words;
            case ENDPOINT -> "Alohub has no endpoint at this address: " + words;
            case PAYMENT -> "Alohub asks for a payment: " + words;
            case CONTRACT -> "The endpoint does not take requests like these: " + words;
            case FIREWALL -> "A firewall or CDN in front of Alohub refuses the requests: " + words;
            case CONNECTION -> "No connection to Alohub: " + words;
            case FAILING -> "Alohub fails for one customer after the other: " + words;
            case REFUSALS -> "Alohub refuses one customer after the other and accepts none: " + words;
        };
    }
}
