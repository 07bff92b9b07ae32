package io.alohubsync.account;

/** The account's own state: docs/state-machine.md draws it. No customer pays for one in which nobody calls. */
public enum AccountState {
    ACTIVE,
    /** Alohub asked for a pause. */
    THROTTLED,
    /** Half open: after a closing, a pause or a person's resume calls go again, a few at first. */
    RECOVERING,
    /** A person stopped it. */
    PAUSED,
    /** A key was refused. Replicas that hold another one go on. */
    KEY_REJECTED,
    /** The endpoint is not there, redirects, wants to be paid, or refuses every customer. */
    MISCONFIGURED,
    /** A firewall in front of Alohub refuses the calls. */
    BLOCKED,
    /** No connection, or nothing but errors. */
    UNREACHABLE;

    /** Customers are claimed. */
    public boolean lets() {
        return this == ACTIVE || this == RECOVERING;
    }
}
