package io.alohubsync.breaker;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import org.jspecify.annotations.Nullable;

/**
 * The account's breaker as a call uses it, without what only the claiming loop may call. On the
 * event loop; any thread may ask {@link #mayBegin}. {@link CircuitBreaker} is the one of the
 * program; the tests of the delivery's steps have others, which judge as the test says.
 */
public interface Breaker {

    /** A call may begin. A probe may begin while the breaker is tripped. */
    boolean mayBegin(boolean probe);

    /** What an answer means in the state that the account is in. */
    Judgement judge(Claimed customer, Outcome read);

    /**
     * Takes what a call has shown about the account.
     *
     * @return something that the claiming loop has to write
     */
    boolean learn(EndedCall call);

    /**
     * @param outcome   the outcome that counts: the account's state can make a 503 a limit, and a
     *                  refused account a refused customer
     * @param sparesAttempt a failure spends none
     * @param trippedBy the cause that is known; null: none
     */
    record Judgement(
            Outcome outcome,
            boolean sparesAttempt,
            @Nullable TripCause trippedBy) {}

    /**
     * @param spent an attempt was spent on it
     * @param key   the call used
     * @param begun on the monotonic clock
     */
    record EndedCall(Claimed customer, Outcome outcome, boolean spent, ApiKey key, long begun) {}
}
