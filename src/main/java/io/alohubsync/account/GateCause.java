package io.alohubsync.account;

/** What closed a gate, the state it is in then, and what it needs. */
public enum GateCause {
    KEY(
            GateState.REFUSED,
            "Replace the key (alohub.api-key-file is read again by itself), or have Alohub give it the scope contacts."),
    ENDPOINT(GateState.MISCONFIGURED, "Correct alohub.base-url."),
    CONNECTION(GateState.UNREACHABLE, "Check alohub.base-url, DNS, firewall and proxy."),
    FAILING(GateState.UNREACHABLE, "Nothing here: it is probed and goes on by itself. If it lasts, ask Alohub."),
    REFUSALS(
            GateState.MISCONFIGURED,
            "Compare what is sent with what Alohub expects (alohub.phone-format, alohub.base-url); then SELECT alohub.resume(), or wait for a probe that is accepted.");

    private final GateState state;
    private final String needs;

    GateCause(GateState state, String needs) {
        this.state = state;
        this.needs = needs;
    }

    public GateState state() {
        return state;
    }

    /** In plain words. */
    public String needs() {
        return needs;
    }
}
