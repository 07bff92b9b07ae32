package io.alohubsync.console;

import io.alohubsync.config.Time;
import io.alohubsync.console.Snapshot.Page;
import io.alohubsync.daemon.Daemon;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Answers port 8080: {@code /} and all other paths. Answers come from memory, on the event loop, at the
 * {@link Pace} that it can afford.
 */
@ApplicationScoped
class StatusPage {

    private static final Logger LOG = Logger.getLogger(StatusPage.class);
    private static final int LAST = Integer.MAX_VALUE;
    private static final String HTML = "text/html; charset=UTF-8";
    private static final Buffer NOT_FOUND = Buffer.buffer("There is nothing here. The status page is at /\n");
    private static final Buffer NOT_ALLOWED = Buffer.buffer("The status page can only be read: GET /\n");
    private static final Buffer BUSY = Buffer.buffer("Too many requests at a time. Try again in a second.\n");

    private final Daemon daemon;
    private final PageContent content;
    private final Pace pace;
    private final Snapshot snapshot;
    private final ExecutorService maker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("page").daemon().factory());

    StatusPage(Daemon daemon, PageContent content, Vertx vertx) {
        this.daemon = daemon;
        this.content = content;
        Pace.Timer timer =
                (nanos, task) -> vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), fired -> task.run());
        Time time = Time.system();
        pace = new Pace(time.monotonic(), timer, Pace.AT_ONCE, Pace.MAX_WAITING);
        snapshot = new Snapshot(time.monotonic(), timer, maker, this::made, content.away());
    }

    void routes(@Observes Router router) {
        router.route("/").handler(this::page);
        router.route().order(LAST).handler(this::nothing);
    }

    private Page made() {
        try {
            return daemon.isRunning() ? content.read() : content.away();
        } catch (RuntimeException fault) {
            LOG.errorf(
                    "The status page could not be made (%s)", fault.getClass().getName());
            LOG.debug("The status page could not be made", fault);
            return content.away();
        }
    }

    private void page(RoutingContext exchange) {
        HttpMethod method = exchange.request().method();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        paced(
                exchange,
                reads
                        ? () -> snapshot.read(page -> end(exchange, page))
                        : () -> {
                            exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
                            end(exchange, 405, NOT_ALLOWED);
                        });
    }

    private void nothing(RoutingContext exchange) {
        paced(exchange, () -> end(exchange, 404, NOT_FOUND));
    }

    private void paced(RoutingContext exchange, Runnable answer) {
        if (!pace.take(answer)) {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "1").putHeader(HttpHeaders.CONNECTION, "close");
            end(exchange, 503, BUSY);
        }
    }

    private static void end(RoutingContext exchange, Page page) {
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(page.status()).putHeader(HttpHeaders.CONTENT_TYPE, HTML);
        if (page.status() == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "2");
        }
        response.end(Buffer.buffer(page.html()));
    }

    private static void end(RoutingContext exchange, int status, Buffer words) {
        HttpServerResponse response = exchange.response();
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                    .end(words);
        }
    }

    @PreDestroy
    void stop() {
        maker.shutdownNow();
    }
}
