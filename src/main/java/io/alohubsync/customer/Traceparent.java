package io.alohubsync.customer;

import java.util.regex.Pattern;

/**
 * What names a span of a trace: W3C Trace Context, {@code 00-<trace id>-<span id>-<flags>}, in
 * lower-case hex. The span of a call is made of it by OpenTelemetry's own reader
 * ({@code observe/OtelTraces}). This one says whether a text is one, and of which trace, without
 * loading OpenTelemetry (docs/adr/0048).
 */
public final class Traceparent {

    /** One more than version 00 has, so that a longer one is seen to be longer. */
    static final int MAX_LENGTH = 56;

    private static final int TRACE_ID = 3;

    // A trace's and a span's id have a digit that is not 0; version ff is forbidden; versions after
    // 00 may be longer.
    private static final Pattern VALID = Pattern.compile(
            "(00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
                    + "|(?!00|ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?)",
            Pattern.DOTALL);

    private Traceparent() {}

    public static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    /** @param valid a traceparent @return 32 hex digits */
    public static String traceId(String valid) {
        return valid.substring(TRACE_ID, TRACE_ID + 32);
    }
}
