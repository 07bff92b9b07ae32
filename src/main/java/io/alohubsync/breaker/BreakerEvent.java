package io.alohubsync.breaker;

import io.alohubsync.account.TripCause;
import io.alohubsync.customer.Refund;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes an account's breaker. {@link TransitionTable} says what follows in each state. */
public sealed interface BreakerEvent {

    /** Without the time of its call. Many calls show the same, and their events are equal then. */
    default BreakerEvent withoutTime() {
        return this;
    }

    /** What showed the fault. */
    enum Evidence {
        ONE_CALL,
        /**
         * Others were accepted a moment ago: it may be this customer alone, so the first probe need
         * not wait.
         */
        ONE_CALL_AMID_ACCEPTED,
        /** Consecutive calls without an answer about their customers. */
        FAILURES,
        /**
         * Consecutive calls; most were answered about their customers, so another such answer to a
         * probe shows nothing more.
         */
        ANSWERS;

        boolean trippedByAnswers() {
            return this == ANSWERS;
        }
    }

    /**
     * Calls have shown a fault of the account.
     *
     * @param key   fingerprint of the key that the call used: another key's refusal does not count
     * @param spent attempts to be refunded
     */
    record Trip(TripCause cause, String reason, String key, Evidence evidence, List<Refund> spent)
            implements BreakerEvent {

        /** One call has shown it. */
        public Trip(TripCause cause, String reason, String key) {
            this(cause, reason, key, Evidence.ONE_CALL, List.of());
        }
    }

    /**
     * Alohub asked for a pause.
     *
     * @param pause      null: no usable time was named, so it is 1 s, doubling with each throttling
     *                   in succession; less than a second: none was asked for
     * @param what       the status and the code
     * @param probedWith fingerprint of the key, if the call was a probe: a throttling shows that
     *                   the key works; null: it was none
     * @param begun      when the call began, on the monotonic clock: a call from before a pause
     *                   asks for no second one
     */
    record Throttle(
            @Nullable Duration pause, String what, @Nullable String probedWith, long begun) implements BreakerEvent {

        boolean isProbe() {
            return probedWith != null;
        }

        @Override
        public BreakerEvent withoutTime() {
            return new Throttle(pause, what, probedWith, 0);
        }
    }

    /**
     * A probe was answered about its customer.
     *
     * @param key      fingerprint of the key that it used
     * @param accepted its customer was accepted
     */
    record Recover(String key, boolean accepted) implements BreakerEvent {}

    /**
     * The breaker stays as it is until the next probe.
     *
     * @param answered Alohub answered about the probe's customer and did not accept it: another
     *                 customer may be accepted, so the next probe comes soon
     */
    record StayTripped(boolean answered) implements BreakerEvent {}

    /**
     * A replica reads the row. That alone changes it when a pause or a ramp is over, or a refused
     * key was replaced.
     *
     * @param key      fingerprint of the key that the replica holds
     * @param refusals a pause is over: what led to it; null: nothing is known of it
     * @param learns   no rate is set
     */
    record Read(String key, RefusalSql.@Nullable Refused refusals, boolean learns) implements BreakerEvent {}

    /**
     * A call that had begun before one call tripped the breaker was accepted: the refusal may be
     * about one customer, so the first probe need not wait.
     */
    record OthersAccepted() implements BreakerEvent {}

    /** The first call after a pause was accepted: the next pause is a short one again. */
    record ResetThrottles() implements BreakerEvent {}

    /** A key other than the last one was accepted. @param key its fingerprint */
    record AcceptKey(String key) implements BreakerEvent {}
}
