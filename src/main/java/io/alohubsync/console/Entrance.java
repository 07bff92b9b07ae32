package io.alohubsync.console;

import io.alohubsync.access.Access;
import io.alohubsync.loop.Time;
import io.alohubsync.operate.RequestWait;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Before all pages: bounds how many requests of port 8080 are answered at a time, and serves the
 * one page of a console that is still closed. The paths of {@code /api} have their own bounds.
 */
@ApplicationScoped
class Entrance {

    private static final int BEFORE_THE_RESOURCES = 100;
    private static final String HTML = "text/html; charset=UTF-8";
    private static final String TEXT = "text/plain; charset=UTF-8";

    /** Before the reader's language is known: in both. */
    private static final String BUSY = "Too many requests at a time. Try again in a second.\n"
            + "Đang có quá nhiều yêu cầu cùng lúc. Hãy thử lại sau một giây.\n";

    private static final String NOTHING =
            "There is nothing here. The console is at /\nKhông có gì ở đây. Trang quản trị ở địa chỉ /\n";
    private static final String ONLY_READ = "This page can only be read: GET /\nTrang này chỉ xem được: GET /\n";

    private final Access access;
    private final Errors errors;
    private final Frames frames;
    private final Vertx vertx;
    private final Pace pace;

    Entrance(Access access, Errors errors, Frames frames, Vertx vertx) {
        this.errors = errors;
        this.access = access;
        this.frames = frames;
        this.vertx = vertx;
        this.pace = new Pace(
                Time.system().monotonic(),
                (nanos, task) -> vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), fired -> task.run()),
                Pace.AT_ONCE,
                Pace.MAX_WAITING);
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance closed(Frame frame);
    }

    void filter(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_THE_RESOURCES);
    }

    private void handle(RoutingContext exchange) {
        RequestWait.begin();
        if (exchange.normalizedPath().startsWith("/api/")) {
            exchange.next();
        } else if (!pace.take(inItsOwnContext(exchange))) {
            exchange.response()
                    .setStatusCode(503)
                    .putHeader(HttpHeaders.RETRY_AFTER, "1")
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                    .end(BUSY);
        }
    }

    /**
     * Quarkus keeps the person of a request in the request's own context of Vert.x. Those that
     * waited for their turn are called from the context of one of them: each has to go back to its
     * own, or all of them act as the same person.
     */
    private Runnable inItsOwnContext(RoutingContext exchange) {
        Context own = vertx.getOrCreateContext();
        return () -> {
            if (Vertx.currentContext() == own) {
                enter(exchange);
            } else {
                own.runOnContext(turn -> enter(exchange));
            }
        };
    }

    private void enter(RoutingContext exchange) {
        if (exchange.response().closed()) {
            return;
        }
        String path = exchange.normalizedPath();
        if (access.isOpen() && path.startsWith(Errors.SINGLE_SIGN_ON) && !access.hasSingleSignOn()) {
            // the login by a provider is not set up: without this it would be one that is away
            end(
                    exchange,
                    404,
                    HTML,
                    String.valueOf(
                            errors.page(exchange.request(), 404, "not-found").getEntity()));
        } else if (access.isOpen() || path.startsWith("/assets/") || path.equals("/language")) {
            exchange.next();
        } else if (!path.equals("/")) {
            end(exchange, 404, TEXT, NOTHING);
        } else if (!exchange.request().method().name().matches("GET|HEAD")) {
            exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            end(exchange, 405, TEXT, ONLY_READ);
        } else {
            Frame frame =
                    new Frame(frames.words(exchange.request()), null, "", "/", frames.zone(), Instant.now(), null);
            end(exchange, 200, HTML, Templates.closed(frame).render());
        }
    }

    private static void end(RoutingContext exchange, int status, String type, String body) {
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }
}
