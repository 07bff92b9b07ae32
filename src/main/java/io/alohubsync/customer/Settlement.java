package io.alohubsync.customer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt, ready to be written. Made by a {@link Builder}.
 *
 * @param consequence for the customer if nothing newer is wanted
 * @param pause      before the phone may be sent again; zero for DELIVERED
 * @param called     a call was made: it goes into the history, and an attempt is spent unless the
 *                   customer is released
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

    public static Builder of(Claimed customer, Consequence consequence) {
        return new Builder(customer, consequence);
    }

    public boolean isSpent() {
        return called && consequence != Consequence.RELEASED;
    }

    public boolean isDelivered() {
        return consequence == Consequence.DELIVERED;
    }

    /** Without more it is the settlement of an attempt without a call. */
    public static final class Builder {

        private final Claimed customer;
        private final Consequence consequence;
        private Duration pause = Duration.ZERO;
        private boolean called;
        private @Nullable String outcome;
        private @Nullable Integer httpStatus;
        private @Nullable String error;
        private Duration duration = Duration.ZERO;

        private Builder(Claimed customer, Consequence consequence) {
            this.customer = customer;
            this.consequence = consequence;
        }

        public Builder pause(Duration beforeNext) {
            this.pause = beforeNext;
            return this;
        }

        /** A call was made. @param result a value of {@code delivery_attempt.outcome} */
        public Builder called(String result, Duration took) {
            this.called = true;
            this.duration = took;
            return outcome(result);
        }

        /** Without a call: the outcome that an earlier one is taken to have. */
        public Builder outcome(String known) {
            this.outcome = known;
            return this;
        }

        /** @param status null: no answer */
        public Builder httpStatus(@Nullable Integer status) {
            this.httpStatus = status;
            return this;
        }

        /** @param words free of personal data; null: there are none */
        public Builder error(@Nullable String words) {
            this.error = words;
            return this;
        }

        /** @param replica that made the attempt */
        public Settlement by(String replica) {
            return new Settlement(customer, consequence, pause, called, outcome, httpStatus, error, duration, replica);
        }
    }
}
