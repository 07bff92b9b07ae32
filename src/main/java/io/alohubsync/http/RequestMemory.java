package io.alohubsync.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of many requests is in memory at a time. What has come of a body is kept until somebody
 * reads it, so a thousand clients at once use up the heap, each within the bounds of its own. A
 * request that does not fit is refused. Used by any thread.
 */
public final class RequestMemory {

    /** The server reads no further before what it has is taken. */
    static final long MOST_OF_A_BODY = 128 << 10;

    static final long OF_A_BODY_WITHOUT_LENGTH = 64 << 10;

    /** Measured for one that waits: the stack of its thread, its context and its connection. */
    static final long OF_ANY_REQUEST = 8 << 10;

    private static final String IS_SHORT = "alohub.memory-is-short"; // of the exchange's data

    private final long most;
    private final AtomicLong used = new AtomicLong();

    RequestMemory(long most) {
        this.most = most;
    }

    /** Whether the request is to be refused, because it did not fit. */
    public static boolean isShortFor(RoutingContext exchange) {
        return exchange.get(IS_SHORT) != null;
    }

    /** Counts a request, until its answer has ended or its connection is gone. */
    void admit(RoutingContext exchange) {
        long bytes = of(exchange.request());
        if (used.addAndGet(bytes) <= most) {
            exchange.addEndHandler(done -> used.addAndGet(-bytes));
        } else {
            used.addAndGet(-bytes);
            exchange.put(IS_SHORT, true);
        }
    }

    private static long of(HttpServerRequest request) {
        long bytes = OF_ANY_REQUEST + request.uri().length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        boolean isChunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return bytes + (isChunked ? OF_A_BODY_WITHOUT_LENGTH : ofBody(request.getHeader(HttpHeaders.CONTENT_LENGTH)));
    }

    private static long ofBody(@Nullable String length) {
        try {
            return length == null ? 0 : Math.clamp(Long.parseLong(length), 0, MOST_OF_A_BODY);
        } catch (NumberFormatException junk) {
            return MOST_OF_A_BODY;
        }
    }
}
