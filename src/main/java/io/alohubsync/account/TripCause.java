package io.alohubsync.account;

import org.jspecify.annotations.Nullable;

/**
 * What tripped a breaker, the state it is in then, and what it needs. {@code account_status} has
 * the needs in Vietnamese.
 */
public enum TripCause {
    KEY(
            AccountState.KEY_REJECTED,
            "Replace the key (the daemon re-reads alohub.api-key-file), or have Alohub give it the scope contacts."),
    ENDPOINT(AccountState.MISCONFIGURED, "Correct alohub.base-url."),
    PAYMENT(
            AccountState.MISCONFIGURED,
            "Pay the Alohub account, or ask Alohub what is left to pay; calls resume automatically then."),
    CONTRACT(
            AccountState.MISCONFIGURED,
            "Ask Alohub whether its lead API has changed, and whoever runs a proxy on the way whether it changes the requests; check alohub.base-url."),
    FIREWALL(
            AccountState.BLOCKED,
            "Ask whoever runs the firewall or CDN in front of Alohub to let the requests of this host's address through; the key is not the cause."),
    CONNECTION(
            AccountState.UNREACHABLE,
            "Check alohub.base-url, DNS, firewall and proxy, and the certificate where the reason names it."),
    FAILING(
            AccountState.UNREACHABLE,
            "Nothing to do: the daemon sends probes, and calls resume when Alohub works again. If it lasts, ask Alohub."),
    REFUSALS(
            AccountState.MISCONFIGURED,
            "Compare what is sent with what Alohub expects (alohub.phone-format, alohub.base-url). Calls resume once a probe is accepted, or once an operator resumes the account (alohub.resume, with its name).");

    private final AccountState state;
    private final String needs;

    TripCause(AccountState state, String needs) {
        this.state = state;
        this.needs = needs;
    }

    /**
     * As stored. A newer version may have stored one that is not known here: then the one that is
     * usual for the state.
     *
     * @return null: no fault led to the state
     */
    public static @Nullable TripCause of(@Nullable String stored, AccountState state) {
        for (TripCause cause : values()) {
            if (cause.state == state && cause.name().equals(stored)) {
                return cause;
            }
        }
        return switch (state) {
            case KEY_REJECTED -> KEY;
            case MISCONFIGURED -> ENDPOINT;
            case BLOCKED -> FIREWALL;
            case UNREACHABLE -> CONNECTION;
            case ACTIVE, THROTTLED, RECOVERING, PAUSED -> null;
        };
    }

    /** One call is enough to show it, and an answer showed it. */
    public boolean byOneCall() {
        return switch (this) {
            case KEY, ENDPOINT, PAYMENT, CONTRACT, FIREWALL -> true;
            case CONNECTION, FAILING, REFUSALS -> false;
        };
    }

    public AccountState state() {
        return state;
    }

    /** In plain words. */
    public String needs() {
        return needs;
    }
}
