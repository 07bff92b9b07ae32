package io.alohubsync.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** Ends a request before any resource has seen it: with a problem for programs, text for people. */
final class Refusal {

    private Refusal() {}

    /**
     * @param english    what is wrong, and the remedy
     * @param vietnamese the same
     */
    static void answer(
            RoutingContext exchange, int status, String code, List<String> english, List<String> vietnamese) {
        boolean isApi = exchange.normalizedPath().startsWith("/api");
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_TYPE, isApi ? "application/problem+json" : "text/plain; charset=UTF-8")
                .end(
                        isApi
                                ? problem(exchange, status, code, isVietnamese(exchange) ? vietnamese : english)
                                : String.join(" ", english) + "\n" + String.join(" ", vietnamese) + "\n");
    }

    private static String problem(RoutingContext exchange, int status, String code, List<String> words) {
        JsonObject problem = new JsonObject()
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", words.getFirst())
                .put("error_code", code)
                .put("remedy", words.getLast());
        if (!exchange.normalizedPath().startsWith("/api/v1/")) {
            problem.put("success", "0"); // what Alohub's own client looks at
        }
        return problem.encode();
    }

    /** As the API's own answers, which are of a room above. */
    private static boolean isVietnamese(RoutingContext exchange) {
        String languages = exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return languages != null && languages.strip().toLowerCase(Locale.ROOT).startsWith("vi");
    }
}
