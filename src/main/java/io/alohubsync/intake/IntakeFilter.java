package io.alohubsync.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.http.AcceptLanguage;
import io.alohubsync.http.RequestMemory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Before the resources: the paths of the intake do not exist while it is off, and no browser calls
 * them, since a page's script would hold the token. So no answer has a header of CORS. What no
 * resource would take is refused with a problem too. Counts the answers.
 */
@ApplicationScoped
class IntakeFilter {

    private static final int BEFORE_THE_RESOURCES = 100;
    private static final int ENDLESS = 8 << 20; // quarkus.http.limits.max-body-size
    private static final List<String> ANSWERS = List.of("200", "202", "500", "503");
    private static final int AFTER_THE_INTAKE = 3000; // of observers without a priority it is 2500
    private static final Pattern CONTENT_TYPE = Pattern.compile("\\s*[^/;,\\s]+/[^/;,\\s]+\\s*(;.*)?");

    private final Intake intake;
    private final ObjectMapper json;
    private final Meter.MeterProvider<Counter> requests;
    private final Set<String> counted = ConcurrentHashMap.newKeySet(); // sources; any thread

    IntakeFilter(Intake intake, ObjectMapper json, MeterRegistry registry) {
        this.intake = intake;
        this.json = json;
        this.requests = Counter.builder("alohub.sync.intake.requests")
                .description("Requests to the intake, by source and status")
                .withRegistry(registry);
    }

    /** At 0 from the start: Prometheus sees no increase in the first value of a series. */
    void onStart(@Observes @Priority(AFTER_THE_INTAKE) StartupEvent event) {
        if (intake.isOn()) {
            intake.sourceNames().forEach(this::startCounting);
            startCounting(Intake.UNKNOWN);
        }
    }

    private void startCounting(String source) {
        if (counted.add(source)) {
            ANSWERS.forEach(status -> counter(source, status));
        }
    }

    private Counter counter(String source, String status) {
        return requests.withTags("source", source, "status", status);
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
            exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            enter(exchange);
        }
    }

    private void enter(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Call call = Call.at(exchange.normalizedPath());
        if (RequestMemory.isShortFor(exchange)) {
            refuse(exchange, Refused.later(Refusal.BUSY, 1));
        } else if (request.method().equals(HttpMethod.OPTIONS) || request.getHeader(HttpHeaders.ORIGIN) != null) {
            refuse(exchange, Refused.because(Refusal.ORIGIN));
        } else if (call == null) {
            refuse(exchange, Refused.because(Refusal.NO_SUCH_PATH));
        } else if (!call.isMadeBy(request.method().name())
                && !(call == Call.DELIVERY && Verification.isAsked(request))) {
            exchange.response().putHeader(HttpHeaders.ALLOW, call.methods());
            refuse(exchange, Refused.because(Refusal.METHOD, call.methods()));
        } else if (isEndless(request.getHeader(HttpHeaders.CONTENT_LENGTH))) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refuse(exchange, Refused.because(Refusal.TOO_LARGE, "8 MiB"));
        } else {
            leaveContentTypeToTheResource(request);
            exchange.next();
        }
    }

    /**
     * One that is none would be refused by Quarkus, without the fields of Alohub's envelope. The
     * resource refuses every other type.
     */
    private static void leaveContentTypeToTheResource(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && !CONTENT_TYPE.matcher(type).matches()) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        }
    }

    /**
     * Larger than any body of the intake by far: not even read, nor left to the server, whose
     * answer would be empty.
     */
    private static boolean isEndless(@Nullable String length) {
        return length != null && (length.length() > 9 || Integer.parseInt(length) > ENDLESS);
    }

    private void refuse(RoutingContext exchange, Refused refused) {
        boolean inVietnamese = AcceptLanguage.isVietnamese(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Problem problem = refused.problem(inVietnamese);
        if (refused.retryAfterSeconds() > 0) {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refused.retryAfterSeconds()));
        }
        try {
            exchange.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                    .putHeader(HttpHeaders.CONTENT_LANGUAGE, inVietnamese ? "vi" : "en")
                    .putHeader(HttpHeaders.VARY, "Origin, Accept-Language")
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    /** A connection that ended before its answer began has the status none. */
    private void count(RoutingContext exchange) {
        String source = Intake.sourceOf(exchange);
        startCounting(source); // a file of tokens may bring it later
        HttpServerResponse answer = exchange.response();
        counter(source, answer.headWritten() ? String.valueOf(answer.getStatusCode()) : "none")
                .increment();
    }
}
