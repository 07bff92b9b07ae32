package io.alohubsync.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Before the resources: the paths of the intake do not exist while it is off, and no browser calls them, since a page's script would
 * hold the token. So no answer has a header of CORS. Counts the answers.
 */
@ApplicationScoped
class IntakeFilter {

    private static final int BEFORE_THE_RESOURCES = 100;

    private final Intake intake;
    private final ObjectMapper json;
    private final Meter.MeterProvider<Counter> requests;

    IntakeFilter(Intake intake, ObjectMapper json, MeterRegistry registry) {
        this.intake = intake;
        this.json = json;
        this.requests = Counter.builder("alohub.sync.intake.requests")
                .description("Requests to the intake, by source and status")
                .withRegistry(registry);
    }

    void filter(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_THE_RESOURCES);
    }

    private void handle(RoutingContext exchange) {
        String path = exchange.normalizedPath();
        if (!path.startsWith("/api/crm/") && !path.startsWith("/api/intake/")) {
            exchange.next();
        } else if (!intake.isOn()) {
            exchange.response().setStatusCode(404).end();
        } else {
            exchange.addEndHandler(done -> count(exchange));
            enter(exchange);
        }
    }

    private void enter(RoutingContext exchange) {
        boolean preflight = exchange.request().method().equals(HttpMethod.OPTIONS);
        if (preflight || exchange.request().getHeader(HttpHeaders.ORIGIN) != null) {
            refuse(exchange);
        } else {
            exchange.next();
        }
    }

    private void refuse(RoutingContext exchange) {
        boolean inVietnamese = Language.isVietnamese(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Problem problem = Refused.because(Refusal.ORIGIN).problem(inVietnamese);
        try {
            exchange.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                    .putHeader(HttpHeaders.CONTENT_LANGUAGE, inVietnamese ? "vi" : "en")
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    private void count(RoutingContext exchange) {
        requests.withTags(
                        "source",
                        Intake.sourceOf(exchange),
                        "status",
                        String.valueOf(exchange.response().getStatusCode()))
                .increment();
    }
}
