package io.alohubsync.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Refuses a path with parameters of its segments ({@code /api;x/v1}). The resources would be found
 * all the same, as if the parameters were not there, but what asks for the beginning of a path
 * before them would be misled. No path of this program has one.
 */
@ApplicationScoped
class PlainPaths {

    private static final int FIRST = 10_000;

    void filter(@Observes Filters filters) {
        filters.register(PlainPaths::check, FIRST);
    }

    private static void check(RoutingContext exchange) {
        String path = exchange.request().path();
        if (path == null || path.indexOf(';') < 0) {
            exchange.next();
            return;
        }
        Refusal.answer(
                exchange,
                404,
                "NOT_FOUND",
                List.of("There is no such path.", "Take the ; out of the path."),
                List.of("Không có đường dẫn này.", "Hãy bỏ dấu ; khỏi đường dẫn."));
    }
}
