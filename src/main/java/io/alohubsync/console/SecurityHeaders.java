package io.alohubsync.console;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** What every answer forbids the browser, on both ports, also answers of paths that are not there. */
@ApplicationScoped
class SecurityHeaders {

    private static final int FIRST = 10_000;
    private static final int BEFORE_ALL = Integer.MIN_VALUE;

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
        filters.register(SecurityHeaders::set, FIRST);
    }

    void management(@Observes ManagementInterface port) {
        port.router().route().order(BEFORE_ALL).handler(SecurityHeaders::set);
    }

    private static void set(RoutingContext exchange) {
        MultiMap headers = exchange.response().headers();
        HEADERS.forEach(headers::set);
        exchange.next();
    }
}
