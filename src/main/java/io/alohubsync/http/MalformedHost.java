package io.alohubsync.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Answers a request whose header Host is missing or can't be read. The router refuses it before any
 * filter, and Quarkus' own answer names neither the fault nor the remedy.
 */
@ApplicationScoped
class MalformedHost {

    private static final int FIRST = Integer.MIN_VALUE;
    private static final int BAD = 400;
    private static final List<String> ENGLISH = List.of(
            "The header Host is missing or can't be read.", "Send it once, with the host and the port of the address.");
    private static final List<String> VIETNAMESE = List.of(
            "Header Host bị thiếu hoặc không đọc được.",
            "Hãy gửi đúng một header Host, gồm tên máy và cổng của địa chỉ.");

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
        SecurityHeaders.set(exchange);
        Refusal.answer(exchange, path == null ? "" : path, BAD, "HOST", ENGLISH, VIETNAMESE);
    }
}
