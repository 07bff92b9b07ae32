package io.alohubsync.console;

import io.alohubsync.account.Gate;
import io.alohubsync.account.GateState;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account's gate in the program's own words. The reason in the account's row holds a person's or Alohub's words: not here.
 *
 * @param until of day, UTC; null: not known
 * @param needs what to do; null: nothing
 * @param rate  calls a second that 429s have taught; null: none
 */
record GateLine(
        String account,
        String state,
        String sentence,
        @Nullable LocalTime until,
        @Nullable String needs,
        @Nullable String rate) {

    static GateLine of(String account, Gate.View gate) {
        return new GateLine(
                account,
                gate.state().name(),
                sentence(gate),
                gate.until() == null
                        ? null
                        : gate.until()
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalTime()
                                .withNano(0),
                gate.cause() == null
                        ? null
                        : Objects.requireNonNullElse(gate.needs(), gate.cause().needs()),
                gate.learnedRate() == null ? null : gate.learnedRateText());
    }

    private static String sentence(Gate.View gate) {
        if (gate.keyRefused() && gate.state().lets()) {
            return "This replica's key was refused; replace it.";
        }
        return switch (gate.state()) {
            case OPEN -> "Calls go to Alohub.";
            case PROBING -> "Calls go to Alohub again, a few at first.";
            case THROTTLED -> "Alohub asked for a pause.";
            case PAUSED -> "A person paused the calls. SELECT alohub.resume() lets them go on.";
            case REFUSED -> "Alohub refuses the key.";
            case MISCONFIGURED -> "Alohub takes none of the calls.";
            case UNREACHABLE -> "Alohub cannot be reached, or answers every call with an error.";
        };
    }

    public boolean isGood() {
        return state.equals(GateState.OPEN.name()) || state.equals(GateState.PROBING.name());
    }
}
