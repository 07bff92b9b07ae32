package io.alohubsync.account;

import io.alohubsync.customer.Spent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls have taught about the account rather than about their customers. */
public sealed interface GateChange {

    /**
     * @param key   fingerprint of the key that the call used: another key's refusal does not count
     * @param soon  others were accepted a moment ago: it may be this customer alone, so the first probe need not wait
     * @param spent attempts to be given back
     */
    record Close(GateCause cause, String reason, String key, boolean soon, List<Spent> spent) implements GateChange {}

    /**
     * @param pause null: no usable time was named
     * @param probe it was a probe that got through this far
     * @param begun when the call began, on the monotonic clock: one from before a pause asks for no other
     */
    record Throttle(@Nullable Duration pause, String what, boolean probe, long begun) implements GateChange {}

    /**
     * A probe was answered about its customer.
     *
     * @param key      fingerprint of the key that it used
     * @param accepted its customer was accepted
     */
    record Open(String key, boolean accepted) implements GateChange {}

    /** A probe taught nothing: the gate stays as it is until the next one. */
    record StayClosed() implements GateChange {}
}
