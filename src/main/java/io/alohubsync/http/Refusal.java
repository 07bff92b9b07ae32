package io.alohubsync.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Ends a request before any resource has seen it: with a problem for programs, text for people. */
final class Refusal {

    private Refusal() {}

    /** @param words what is wrong, and the remedy */
    static void answer(RoutingContext exchange, int status, String code, List<String> words, String vietnamese) {
        boolean isApi = exchange.normalizedPath().startsWith("/api");
        String problem = new JsonObject()
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", words.getFirst())
                .put("success", "0") // what Alohub's own client looks at
                .put("error_code", code)
                .put("remedy", words.getLast())
                .encode();
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_TYPE, isApi ? "application/problem+json" : "text/plain; charset=UTF-8")
                .end(isApi ? problem : String.join(" ", words) + "\n" + vietnamese + "\n");
    }
}
