package io.alohubsync.intake;

import io.alohubsync.customer.Traceparent;
import io.alohubsync.http.AcceptLanguage;
import io.alohubsync.intake.write.IdempotencyKey;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a request. */
public final class Requests {

    private static final String BEARER = "bearer ";

    private Requests() {}

    /**
     * Alohub's own contract has the raw token; others write Bearer, or use a header of their own.
     *
     * @return "": none
     */
    public static String token(HttpHeaders headers) {
        String authorization = text(headers, HttpHeaders.AUTHORIZATION);
        if (authorization.isEmpty()) {
            return text(headers, "X-Api-Key");
        }
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : authorization;
    }

    /** @return null: the request has none. @throws Refused it is unsound */
    public static @Nullable String idempotencyKey(HttpHeaders headers) {
        String key = headers.getHeaderString("Idempotency-Key");
        if (key != null && !IdempotencyKey.isSound(key.strip())) {
            throw Refused.because(Refusal.BAD_KEY);
        }
        return key == null ? null : key.strip();
    }

    /** @return null: there is none, or not in the standard's form */
    public static @Nullable String traceparent(HttpHeaders headers) {
        String traceparent = text(headers, "traceparent");
        return Traceparent.isValid(traceparent) ? traceparent : null;
    }

    /**
     * @param types such as {@code application/json}.
     * @return the one that the body has.
     * @throws Refused it has another one
     */
    public static String mediaType(HttpHeaders headers, String... types) {
        String sent = text(headers, HttpHeaders.CONTENT_TYPE).toLowerCase(Locale.ROOT);
        String[] parts = sent.split(";");
        String encoding = text(headers, HttpHeaders.CONTENT_ENCODING);
        if (encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            for (String type : types) {
                if (parts.length > 0 && parts[0].strip().equals(type) && isUtf8(parts)) {
                    return type;
                }
            }
        }
        throw Refused.because(Refusal.MEDIA_TYPE, String.join(", ", types));
    }

    private static boolean isUtf8(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().split("=", 2);
            if (parameter[0].strip().equals("charset") && parameter.length == 2) {
                String charset = parameter[1].strip().replace("\"", "");
                return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return true;
    }

    /** Bytes of the body by its Content-Length. @return most: it has none, or a larger one */
    static int length(HttpHeaders headers, int most) {
        try {
            return Math.clamp(Long.parseLong(text(headers, HttpHeaders.CONTENT_LENGTH)), 0, most);
        } catch (NumberFormatException unknown) {
            return most;
        }
    }

    public static boolean isVietnamese(HttpHeaders headers) {
        return AcceptLanguage.isVietnamese(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static String text(HttpHeaders headers, String name) {
        String text = headers.getHeaderString(name);
        return text == null ? "" : text.strip();
    }
}
