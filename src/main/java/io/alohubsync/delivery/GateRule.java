package io.alohubsync.delivery;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.GateChange;
import io.alohubsync.account.GateState;
import io.alohubsync.alohub.Outcome;
import org.jspecify.annotations.Nullable;

/** What follows from an outcome for its account. Pure. */
final class GateRule {

    private GateRule() {}

    /** @return null: nothing */
    static @Nullable GateChange of(Outcome outcome, boolean probe, ApiKey key) {
        return switch (outcome) {
            case Outcome.AccountRefused(int status, GateState gate, String words) ->
                new GateChange.Close(gate, words + remedy(gate), key.fingerprint());
            case Outcome.NotSent(String words) ->
                new GateChange.Close(
                        GateState.UNREACHABLE,
                        "No connection to Alohub: " + words + ". Check alohub.base-url, DNS, firewall and proxy.",
                        key.fingerprint());
            case Outcome.Throttled(int status, var pause, String words) -> new GateChange.Throttle(pause, words, probe);
            case Outcome.Accepted accepted -> probe ? new GateChange.Open() : null;
            case Outcome.Refused refused -> probe ? new GateChange.Open() : null;
            case Outcome.Failed(Integer status, String words) ->
                !probe
                        ? null
                        : status != null && status / 100 == 2 ? new GateChange.Open() : new GateChange.StayClosed();
            case Outcome.Unknown unknown -> probe ? new GateChange.StayClosed() : null;
            case Outcome.NotStarted notStarted -> probe ? new GateChange.StayClosed() : null;
        };
    }

    private static String remedy(GateState gate) {
        return gate == GateState.REFUSED
                ? " — Alohub refuses the key. Replace it (alohub.api-key-file is read again by itself), or give it the scope contacts."
                : " — the endpoint is not where it should be. Correct alohub.base-url.";
    }
}
