package io.alohubsync.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Ends a request before any resource has seen it: with a problem for programs, text for people. */
final class Refusal {

    private Refusal() {}

    /**
     * @param english    what is wrong, and the remedy
     * @param vietnamese the same
     */
    static void answer(
            RoutingContext exchange, int status, String code, List<String> english, List<String> vietnamese) {
        answer(exchange, exchange.normalizedPath(), status, code, english, vietnamese);
    }

    /** @param path of a request whose path may be none */
    static void answer(
            RoutingContext exchange,
            String path,
            int status,
            String code,
            List<String> english,
            List<String> vietnamese) {
        boolean isApi = path.startsWith("/api");
        boolean inVietnamese = AcceptLanguage.isVietnamese(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CONTENT_TYPE, isApi ? "application/problem+json" : "text/plain; charset=UTF-8")
                .end(
                        isApi
                                ? problem(path, status, code, inVietnamese ? vietnamese : english)
                                : String.join(" ", english) + "\n" + String.join(" ", vietnamese) + "\n");
    }

    private static String problem(String path, int status, String code, List<String> words) {
        JsonObject problem = new JsonObject()
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", words.getFirst())
                .put("error_code", code)
                .put("remedy", words.getLast());
        if (!path.startsWith("/api/v1/")) { // with the fields of Alohub's envelope, where a source reads them
            problem.put("success", "0").put("error_message", words.getFirst());
        }
        return problem.encode();
    }
}
