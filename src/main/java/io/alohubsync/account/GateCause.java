package io.alohubsync.account;

import org.jspecify.annotations.Nullable;

/** What closed a gate, the state it is in then, and what it needs. {@code account_status} has the needs in Vietnamese. */
public enum GateCause {
    KEY(
            GateState.REFUSED,
            "Replace the key (alohub.api-key-file is read again by itself), or have Alohub give it the scope contacts."),
    ENDPOINT(GateState.MISCONFIGURED, "Correct alohub.base-url."),
    PAYMENT(
            GateState.MISCONFIGURED,
            "Pay the Alohub account, or ask Alohub what is left to pay; calls go on by themselves then."),
    CONTRACT(
            GateState.MISCONFIGURED,
            "Ask Alohub whether its lead API has changed, and whoever runs a proxy on the way whether it changes the requests; check alohub.base-url."),
    FIREWALL(
            GateState.MISCONFIGURED,
            "Ask whoever runs the firewall or CDN in front of Alohub to let the requests of this host's address through; the key is not the cause."),
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

    /** As stored. A newer version may have stored one that is not known here: then the one that is usual for the state. */
    static @Nullable GateCause of(@Nullable String stored, GateState state) {
        for (GateCause cause : values()) {
            if (cause.name().equals(stored)) {
                return cause;
            }
        }
        return switch (state) {
            case REFUSED -> KEY;
            case MISCONFIGURED -> ENDPOINT;
            case UNREACHABLE -> CONNECTION;
            case OPEN, THROTTLED, PROBING, PAUSED -> null;
        };
    }

    public GateState state() {
        return state;
    }

    /** In plain words. */
    public String needs() {
        return needs;
    }
}
