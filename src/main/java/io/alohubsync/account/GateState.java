package io.alohubsync.account;

/** The account's own state. Anything but OPEN keeps its customers due but unclaimed; none of them spends an attempt. */
public enum GateState {
    OPEN,
    /** Alohub asked for a pause. */
    THROTTLED,
    /** A person stopped it. */
    PAUSED,
    /** The key was refused. */
    REFUSED,
    /** The endpoint is not there, or redirects. */
    MISCONFIGURED,
    /** No connection. */
    UNREACHABLE;

    /** Closed by a fault, so that a probe may find it mended. */
    public boolean isProbed() {
        return this == REFUSED || this == MISCONFIGURED || this == UNREACHABLE;
    }
}
