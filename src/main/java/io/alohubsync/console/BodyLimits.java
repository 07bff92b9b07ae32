package io.alohubsync.console;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * How large a request's body may be: small for forms, which are read into memory, and more for the two paths that read theirs as it comes and
 * bound it themselves.
 */
@ApplicationScoped
class BodyLimits {

    /** Behind Quarkus' own check, whose bound is that of uploads (application.properties). */
    private static final int AFTER_THE_LARGEST = 1;

    private static final long FORM = 64 << 10;
    private static final long INTAKE = 8 << 20;

    /** An upload that is too large is read to its end all the same: a browser shows no answer before. */
    private static final long UPLOAD = 256L << 20;

    void filter(@Observes Filters filters) {
        filters.register(BodyLimits::check, AFTER_THE_LARGEST);
    }

    static long of(@Nullable String path) {
        if (path == null) {
            return FORM;
        }
        if (path.equals("/import")) {
            return UPLOAD;
        }
        return path.startsWith("/api/crm/") || path.startsWith("/api/intake/") ? INTAKE : FORM;
    }

    private static void check(RoutingContext exchange) {
        long limit = of(exchange.normalizedPath());
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isLonger(length, limit)) {
            exchange.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                    .end("The request is larger than " + (limit >> 10) + " KiB.\nYêu cầu lớn hơn " + (limit >> 10)
                            + " KiB.\n");
            return;
        }
        if (length == null && limit == FORM && hasBody(exchange.request())) {
            exchange.response()
                    .setStatusCode(411)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                    .end(
                            "Send the length of the body (Content-Length).\nHãy gửi kèm độ dài nội dung (Content-Length).\n");
            return;
        }
        if (length == null) {
            exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit); // who reads it counts
        }
        exchange.next();
    }

    /** Of a length that is not known before: in pieces, or by HTTP/2. */
    private static boolean hasBody(HttpServerRequest request) {
        boolean inPieces = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return inPieces
                || (request.version() == HttpVersion.HTTP_2
                        && !request.isEnded()
                        && request.method() != HttpMethod.GET);
    }

    private static boolean isLonger(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException junk) {
            return true;
        }
    }
}
