package io.alohubsync.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What is left of a body when the answer is written. A little of it is read and thrown away, since
 * most clients read an answer only when they have sent all; then the connection is closed. Without
 * it the rest would be gathered in memory, however long it is. The answer's thread begins, and the
 * connection's event loop goes on.
 */
final class Remainder {

    private static final int MOST_BYTES = 1 << 20;
    private static final long MOST_MILLIS = 5_000;
    private static final long NONE = -1;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private volatile long timer = NONE;
    private int bytes;

    private Remainder(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
    }

    /** @param answered its response has ended */
    static void discard(RoutingContext answered) {
        new Remainder(answered.request(), answered.vertx()).discard();
    }

    /**
     * The timer is there before the body goes on: by HTTP/2 its end may come on another thread,
     * before this method has ended.
     */
    private void discard() {
        if (request.isEnded()) {
            end();
            return;
        }
        timer = vertx.setTimer(MOST_MILLIS, late -> request.connection().close());
        request.handler(this::read);
        request.endHandler(end -> end());
        request.resume(); // or it was paused, and nothing is left
        if (request.isEnded()) {
            end();
        }
    }

    private void read(Buffer piece) {
        bytes += piece.length();
        if (bytes > MOST_BYTES) {
            request.connection().close();
        }
    }

    private void end() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
        if ("close".equalsIgnoreCase(request.response().headers().get(HttpHeaders.CONNECTION))) {
            request.connection().close();
        }
    }
}
