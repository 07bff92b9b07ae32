package io.alohubsync.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** What every answer of port 8080 forbids the browser, also answers of health and metrics and of paths that are not there. */
@ApplicationScoped
class SecurityHeaders {

    private static final int FIRST = 10_000;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src " + Style.hash()
                    + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    void filter(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    MultiMap headers = exchange.response().headers();
                    HEADERS.forEach(headers::set);
                    exchange.next();
                },
                FIRST);
    }
}
