package io.alohubsync.account;

/**
 * The state of an account, drawn in docs/state-machine.md. A state in which no call goes out costs
 * no customer an attempt.
 */
public enum AccountState {
    ACTIVE,
    /** Alohub asked for a pause. */
    THROTTLED,
    /** Half open: after a trip, a pause or a resume the rate of calls rises from a few a second. */
    RECOVERING,
    /** Stopped by {@code alohub.pause}. */
    PAUSED,
    /** A key was refused. Replicas with another key continue. */
    KEY_REJECTED,
    /** The endpoint does not exist, redirects, asks for payment, or refuses every customer. */
    MISCONFIGURED,
    /** A firewall in front of Alohub refuses the calls. */
    BLOCKED,
    /** No connection, or nothing but errors. */
    UNREACHABLE;

    /** Customers are claimed. */
    public boolean allowsCalls() {
        return this == ACTIVE || this == RECOVERING;
    }
}
