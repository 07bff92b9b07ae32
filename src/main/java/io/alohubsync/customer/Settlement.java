package io.alohubsync.customer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to, ready to be written.
 *
 * @param consequence    what becomes of the customer if nothing newer is wanted
 * @param pause      before the phone may be sent again; zero for DELIVERED and GIVEN_BACK
 * @param called     a call was made: it goes into the history, and an attempt is spent unless the customer is released
 * @param outcome    a value of {@code delivery_attempt.outcome}; null: there is none
 * @param httpStatus null: no answer
 * @param error      in plain words, free of personal data; null when accepted
 * @param duration   of the call
 * @param replica    the replica that made it
 */
public record Settlement(
        Claimed customer,
        Consequence consequence,
        Duration pause,
        boolean called,
        @Nullable String outcome,
        @Nullable Integer httpStatus,
        @Nullable String error,
        Duration duration,
        String replica) {

    public enum Consequence {
        /** The CRM accepted the revision. */
        DELIVERED,
        /** An attempt is spent; due again after the pause. */
        WAITING,
        /** An attempt is spent and was the last, or the CRM refused this customer. */
        DEAD,
        /** No attempt is spent; due again after the pause. */
        RELEASED
    }

    public boolean isSpent() {
        return called && consequence != Consequence.RELEASED;
    }

    public boolean isDelivered() {
        return consequence == Consequence.DELIVERED;
    }
}
