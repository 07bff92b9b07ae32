package io.alohubsync.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * How the simulator answers one call.
 *
 * @param delay   before anything is answered
 * @param applies whether the lead is stored; after the delay when {@code late}, else at once
 * @param fault   what goes wrong on the wire
 */
public record Reply(
        int status,
        Map<String, String> headers,
        byte[] body,
        Duration delay,
        boolean applies,
        boolean late,
        Fault fault) {

    public enum Fault {
        NONE,
        /** Never answers. */
        HANG,
        /** Resets the connection when the request has been read. */
        RESET_AFTER_BODY,
        /** Announces the whole body, sends half of it, resets. */
        TRUNCATE
    }

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json; charset=utf-8");

    public static Reply success() {
        return json(200, "{\"success\":\"1\",\"error_code\":\"SUCCESS\",\"error_message\":null,\"data\":{}}")
                .thatApplies();
    }

    /** A business failure under HTTP 200, in Alohub's own words. */
    public static Reply businessFailure() {
        return json(200, "{\"success\":\"0\",\"error_code\":\"0\",\"error_message\":\"HỆ THỐNG OUTBOUND GẶP SỰ CỐ\"}");
    }

    public static Reply error(int status, String code, String message) {
        return json(
                status, "{\"success\":\"0\",\"error_code\":\"" + code + "\",\"error_message\":\"" + message + "\"}");
    }

    public static Reply json(int status, String body) {
        return new Reply(status, JSON, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO, false, false, Fault.NONE);
    }

    public static Reply status(int status) {
        return new Reply(status, Map.of(), new byte[0], Duration.ZERO, false, false, Fault.NONE);
    }

    public static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, Duration.ZERO, false, false, Fault.NONE);
    }

    public static Reply throttled(String retryAfter) {
        return error(429, "RATE_LIMIT_EXCEEDED", "retry after Retry-After seconds")
                .with("Retry-After", retryAfter);
    }

    public static Reply fault(Fault fault) {
        return success().withFault(fault);
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body, delay, applies, late, fault);
    }

    public Reply after(Duration pause) {
        return new Reply(status, headers, body, pause, applies, late, fault);
    }

    public Reply withFault(Fault other) {
        return new Reply(status, headers, body, delay, applies, late, other);
    }

    public Reply thatApplies() {
        return new Reply(status, headers, body, delay, true, late, fault);
    }

    public Reply thatAppliesLate() {
        return new Reply(status, headers, body, delay, true, true, fault);
    }

    public Reply thatForgets() {
        return new Reply(status, headers, body, delay, false, false, fault);
    }
}
