package io.alohubsync.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Sets the security headers of every answer on both ports, those of 404 included. */
@ApplicationScoped
class SecurityHeaders {

    private static final int FIRST = 11_000; // before every filter that refuses
    private static final int BEFORE_ALL = Integer.MIN_VALUE;
    private static final String ASSETS = "/assets/";
    private static final String CACHED = "public, max-age=3600"; // the same for everybody

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin", // with no-referrer a form of this site would have no Origin
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    void filter(@Observes Filters filters) {
        filters.register(SecurityHeaders::setAndGoOn, FIRST);
    }

    void management(@Observes ManagementInterface port) {
        port.router().route().order(BEFORE_ALL).handler(SecurityHeaders::setAndGoOn);
    }

    private static void setAndGoOn(RoutingContext exchange) {
        set(exchange);
        exchange.next();
    }

    static void set(RoutingContext exchange) {
        MultiMap headers = exchange.response().headers();
        HEADERS.forEach(headers::set);
        if (exchange.request().path() != null && exchange.request().path().startsWith(ASSETS)) {
            exchange.addHeadersEndHandler(done -> {
                int status = exchange.response().getStatusCode();
                headers.set(HttpHeaders.CACHE_CONTROL, status == 200 || status == 304 ? CACHED : "no-store");
            });
        }
    }
}
