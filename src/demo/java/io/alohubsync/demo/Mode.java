package io.alohubsync.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** How the simulated Alohub answers: a mode for each state that an account's breaker can be in. */
public enum Mode {
    /** ACTIVE. */
    ACCEPTING,
    /** THROTTLED, again and again, until the rate is learned: 40 calls in ten seconds. */
    LIMITED,
    /** KEY_REJECTED: every key. */
    REFUSING_KEY,
    /** MISCONFIGURED: the endpoint is gone. */
    NOT_FOUND,
    /** MISCONFIGURED: no customer is good enough. */
    REFUSING_CUSTOMERS,
    /** UNREACHABLE: no server listens, for ten seconds. */
    UNREACHABLE,
    /** UNREACHABLE: an error for every call. */
    FAILING,
    /** UNREACHABLE: no answer to any call. */
    HANGING,
    /**
     * ACTIVE soon again: customers whose phone ends with 77 are answered with a 403, as by a
     * firewall.
     */
    FIREWALL;

    Function<Simulator.Call, Reply> behaviour() {
        return switch (this) {
            case ACCEPTING, UNREACHABLE -> call -> Reply.success();
            case LIMITED -> limited(new Limit(40, Duration.ofSeconds(10)));
            case REFUSING_KEY -> call -> Reply.error(401, "UNAUTHORIZED", "the key has expired");
            case NOT_FOUND -> call -> Reply.error(404, "NOT_FOUND", "no such endpoint");
            case REFUSING_CUSTOMERS -> call -> Reply.error(422, "INVALID", "số điện thoại không hợp lệ");
            case FAILING -> call -> Reply.error(500, "FAIL", "internal error");
            case HANGING -> call -> Reply.fault(Reply.Fault.HANG);
            case FIREWALL -> Mode::firewall;
        };
    }

    private static Function<Simulator.Call, Reply> limited(Limit limit) {
        return call -> limit.allows() ? Reply.success() : Reply.throttled(limit.retryAfter());
    }

    private static Reply firewall(Simulator.Call call) {
        return call.phone().endsWith("77")
                ? Reply.bytes(403, "text/html", "<html>Request blocked</html>".getBytes(StandardCharsets.UTF_8))
                : Reply.success();
    }
}
