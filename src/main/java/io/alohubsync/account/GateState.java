package io.alohubsync.account;

/** The account's own state: docs/state-machine.md draws it. No customer pays for one in which nobody calls. */
public enum GateState {
    OPEN,
    /** Alohub asked for a pause. */
    THROTTLED,
    /** Half open: after a closing, a pause or a person's resume calls go again, a few at first. */
    PROBING,
    /** A person stopped it. */
    PAUSED,
    /** A key was refused: who holds another goes on. */
    REFUSED,
    /** The endpoint is not there, redirects, or refuses every customer. */
    MISCONFIGURED,
    /** No connection, or nothing but errors. */
    UNREACHABLE;

    /** Customers are claimed. */
    public boolean lets() {
        return this == OPEN || this == PROBING;
    }
}
