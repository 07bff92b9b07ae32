package io.alohubsync.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a call has taught about the account rather than about its customer. */
public sealed interface GateChange {

    /** @param key fingerprint of the key that the call used: another key's refusal does not count */
    record Close(GateState state, String reason, String key) implements GateChange {}

    /**
     * @param pause null: no usable time was named
     * @param probe it was a probe that got through this far
     */
    record Throttle(@Nullable Duration pause, String what, boolean probe) implements GateChange {}

    /** A probe was answered about its customer. */
    record Open() implements GateChange {}

    /** A probe taught nothing: the gate stays as it is until the next one. */
    record StayClosed() implements GateChange {}
}
