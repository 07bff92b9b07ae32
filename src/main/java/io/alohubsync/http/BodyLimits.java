package io.alohubsync.http;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large a request's body may be, whatever its path: small for forms, which are read into
 * memory, and more for the two paths that read theirs as it comes and bound it themselves. What is
 * left of it behind the answer is bounded too, and so is what all of them take at a time.
 */
@ApplicationScoped
class BodyLimits {

    /** Behind Quarkus' own check, whose bound is that of uploads (application.properties). */
    private static final int AFTER_THE_LARGEST = 1;

    private static final int BEFORE_EVERY_ANSWER = 9_000;

    private static final long FORM = 64 << 10;
    private static final long INTAKE = 8 << 20;

    /**
     * An upload that is too large is read to its end all the same: a browser shows no answer
     * before.
     */
    private static final long UPLOAD = 256L << 20;

    /**
     * Two, so that requests without a token never keep the sources out: the intake refuses such a
     * request at once.
     */
    private final RequestMemory ofTheIntake = new RequestMemory(12 << 20);

    private final RequestMemory ofTheOthers = new RequestMemory(9 << 20);

    void filter(@Observes Filters filters) {
        filters.register(this::boundTheMemory, BEFORE_EVERY_ANSWER);
        filters.register(BodyLimits::check, AFTER_THE_LARGEST);
    }

    /** Of any path: the memory is the same. The intake refuses with an answer of its own. */
    private void boundTheMemory(RoutingContext exchange) {
        exchange.addEndHandler(done -> Remainder.discard(exchange));
        boolean isIntake = isIntake(exchange.normalizedPath());
        (isIntake ? ofTheIntake : ofTheOthers).admit(exchange);
        if (RequestMemory.isShortFor(exchange) && !isIntake) {
            exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            Refusal.answer(
                    exchange,
                    503,
                    "BUSY",
                    List.of("Too many requests at a time.", "Try again in a second."),
                    List.of("Đang có quá nhiều yêu cầu cùng lúc.", "Hãy thử lại sau một giây."));
        } else {
            exchange.next();
        }
    }

    private static boolean isIntake(String path) {
        return path.startsWith("/api/crm/") || path.startsWith("/api/intake/");
    }

    static long of(@Nullable String path) {
        if (path == null) {
            return FORM;
        }
        if (path.equals("/import") || path.equals("/api/v1/imports")) {
            return UPLOAD;
        }
        return isIntake(path) ? INTAKE : FORM;
    }

    private static void check(RoutingContext exchange) {
        long limit = of(exchange.normalizedPath());
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isLonger(length, limit)) {
            String kib = (limit >> 10) + " KiB.";
            Refusal.answer(
                    exchange,
                    413,
                    "TOO_LARGE",
                    List.of("The request is larger than " + kib, "Send less."),
                    List.of("Yêu cầu lớn hơn " + kib, "Hãy gửi ít dữ liệu hơn."));
            return;
        }
        if (length == null && limit == FORM && hasBody(exchange.request())) {
            Refusal.answer(
                    exchange,
                    411,
                    "NO_LENGTH",
                    List.of("The length of the body is missing.", "Send the length of the body (Content-Length)."),
                    List.of("Yêu cầu thiếu độ dài nội dung.", "Hãy gửi kèm độ dài nội dung (Content-Length)."));
            return;
        }
        if (length == null) {
            exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit); // who reads it counts
        }
        exchange.next();
    }

    /** Of a length that is not known before. */
    private static boolean hasBody(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private static boolean isLonger(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException junk) {
            return true;
        }
    }
}
