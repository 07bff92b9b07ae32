package io.alohubsync.breaker;

import io.alohubsync.account.TripCause;
import io.alohubsync.customer.Refund;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls have taught about the account rather than about their customers. */
public sealed interface BreakerEvent {

    /**
     * @param key   fingerprint of the key that the call used: another key's refusal does not count
     * @param soon  others were accepted a moment ago: it may be this customer alone, so the first probe need not wait
     * @param spent attempts to be refunded
     * @param byAnswers most of the calls that closed it were answered about their customers: another such answer from a
     *              probe is no news
     */
    record Trip(TripCause cause, String reason, String key, boolean soon, List<Refund> spent, boolean byAnswers)
            implements BreakerEvent {

        public Trip(TripCause cause, String reason, String key, boolean soon, List<Refund> spent) {
            this(cause, reason, key, soon, spent, false);
        }
    }

    /**
     * @param pause null: no usable time was named
     * @param probe it was a probe that got through this far
     * @param begun when the call began, on the monotonic clock: one from before a pause asks for no other
     */
    record Throttle(@Nullable Duration pause, String what, boolean probe, long begun) implements BreakerEvent {}

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
     * @param answered Alohub answered about the probe's customer and did not accept it: another customer may be accepted,
     *                 so the next probe comes soon
     */
    record StayTripped(boolean answered) implements BreakerEvent {}
}
