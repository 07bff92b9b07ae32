package io.alohubsync.intake;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * The call with which the apps of Haravan, and Meta, try an address before they send to it: a GET
 * that wants its challenge back.
 */
final class Verification {

    private static final Pattern CHALLENGE = Pattern.compile("[!-~]{1,200}");

    private Verification() {}

    static boolean isAsked(HttpServerRequest request) {
        try {
            String challenge = request.getParam("hub.challenge");
            return request.method().equals(HttpMethod.GET)
                    && "subscribe".equals(request.getParam("hub.mode"))
                    && challenge != null
                    && CHALLENGE.matcher(challenge).matches();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
