package io.alohubsync.alohub;

import io.alohubsync.account.GateState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt came to. {@code words} are plain, free of personal data and of the key, at most 2 KiB. */
public sealed interface Outcome {

    /** A 2xx that passed the success rule. */
    record Accepted(int status) implements Outcome {}

    /** Alohub refuses this customer. */
    record Refused(int status, String words) implements Outcome {}

    /** @param status null: no status line came */
    record Failed(@Nullable Integer status, String words) implements Outcome {}

    /** The request may have been applied. */
    record Unknown(String words) implements Outcome {}

    /** Not a byte of the request left. */
    record NotSent(String words) implements Outcome {}

    /** No call was begun: too late for it, or the program is stopping. */
    record NotStarted() implements Outcome {}

    /** @param pause null: Alohub named no usable time */
    record Throttled(int status, @Nullable Duration pause, String words) implements Outcome {}

    /** Alohub refuses the account: its key, or the endpoint. @param gate REFUSED or MISCONFIGURED */
    record AccountRefused(int status, GateState gate, String words) implements Outcome {}
}
