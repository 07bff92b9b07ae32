package io.alohubsync.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers a request whose header Host is missing or can't be read. The router refuses it before any
 * filter, and Quarkus' own answer names neither the fault nor the remedy.
 */
@ApplicationScoped
class MalformedHost {

    private static final int FIRST = Integer.MIN_VALUE;
    private static final int BAD = 400;
    private static final String DETAIL = "The header Host is missing or can't be read.";
    private static final String REMEDY = "Send it once, with the host and the port of the address.";

    void ofRequests(@Observes Router router) {
        router.route().order(FIRST).failureHandler(MalformedHost::answer);
    }

    void ofManagement(@Observes ManagementInterface port) {
        port.router().route().order(FIRST).failureHandler(MalformedHost::answer);
    }

    private static void answer(RoutingContext exchange) {
        if (exchange.statusCode() != BAD || exchange.request().authority() != null) {
            exchange.next();
            return;
        }
        String path = exchange.request().path();
        boolean isApi = path != null && path.startsWith("/api/");
        exchange.response()
                .setStatusCode(BAD)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CONTENT_TYPE, isApi ? "application/problem+json" : "text/plain; charset=UTF-8")
                .end(isApi ? problem(path) : DETAIL + " " + REMEDY + "\n");
    }

    /** With the fields of Alohub's envelope, where a source reads them. */
    private static String problem(String path) {
        JsonObject problem = new JsonObject()
                .put("title", "Bad Request")
                .put("status", BAD)
                .put("detail", DETAIL)
                .put("error_code", "HOST")
                .put("remedy", REMEDY);
        if (!path.startsWith("/api/v1/")) {
            problem.put("success", "0").put("error_message", DETAIL);
        }
        return problem.encode();
    }
}
