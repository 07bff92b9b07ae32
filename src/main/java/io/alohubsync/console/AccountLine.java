package io.alohubsync.console;

import io.alohubsync.account.AccountState;
import io.alohubsync.breaker.BreakerView;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account's breaker in the program's own words. The reason in the account's row holds a person's or Alohub's words: not here.
 *
 * @param until of day, UTC; null: not known
 * @param needs what to do; null: nothing
 * @param rate  calls a second learned from 429s; null: none
 */
record AccountLine(
        String account,
        String state,
        String sentence,
        @Nullable LocalTime until,
        @Nullable String needs,
        @Nullable String rate) {

    static AccountLine of(String account, BreakerView breaker) {
        return new AccountLine(
                account,
                breaker.state().name(),
                sentence(breaker),
                breaker.until() == null
                        ? null
                        : breaker.until()
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalTime()
                                .withNano(0),
                breaker.cause() == null
                        ? null
                        : Objects.requireNonNullElse(
                                breaker.needs(), breaker.cause().needs()),
                breaker.learnedRate() == null ? null : breaker.learnedRateText());
    }

    private static String sentence(BreakerView breaker) {
        if (breaker.isKeyRefused() && breaker.state().lets()) {
            return "This replica's key was refused; replace it.";
        }
        return switch (breaker.state()) {
            case ACTIVE -> "Calls go to Alohub.";
            case RECOVERING -> "Calls go to Alohub again, a few at first.";
            case THROTTLED -> "Alohub asked for a pause.";
            case PAUSED -> "The calls are paused. SELECT alohub.resume() lets them go on.";
            case KEY_REJECTED -> "Alohub refuses the key.";
            case BLOCKED -> "A firewall in front of Alohub refuses the calls.";
            case MISCONFIGURED -> "Alohub takes none of the calls.";
            case UNREACHABLE -> "Alohub cannot be reached, or answers every call with an error.";
        };
    }

    public boolean isGood() {
        return state.equals(AccountState.ACTIVE.name()) || state.equals(AccountState.RECOVERING.name());
    }
}
