package io.alohubsync.notify;

import org.jspecify.annotations.Nullable;

/** What stopped the calls of an account: the code of its remedy. */
final class Causes {

    private Causes() {}

    /** As the view account_status has it, where the cause itself is not known. */
    static String of(String state, @Nullable String cause) {
        if (state.equals("THROTTLED")
                || state.equals("RECOVERING")
                || state.equals("ACTIVE")
                || state.equals("PAUSED")) {
            return state;
        }
        if (cause != null) {
            return cause;
        }
        return switch (state) {
            case "KEY_REJECTED" -> "KEY";
            case "BLOCKED" -> "FIREWALL";
            case "MISCONFIGURED" -> "ENDPOINT";
            default -> "CONNECTION";
        };
    }
}
