package io.alohubsync.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rest of a body behind an answer, with a request and timers that the test holds. */
class RemainderTest {

    private final Set<Long> timers = new HashSet<>();
    private final AtomicInteger closed = new AtomicInteger();
    private Handler<Void> ended = nothing -> {};
    private Handler<Buffer> read = nothing -> {};
    private Handler<Long> late = nothing -> {};
    private Runnable resumed = () -> {};

    /** An interface of which only these methods are called. */
    private static <T> T proxy(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(
                RemainderTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> methods.get(method.getName()).apply(arguments)));
    }

    private static Object run(Runnable task) {
        task.run();
        return null;
    }

    @SuppressWarnings("unchecked")
    private void discard() {
        HttpConnection connection = proxy(HttpConnection.class, Map.of("close", none -> run(closed::incrementAndGet)));
        HttpServerResponse response =
                proxy(HttpServerResponse.class, Map.of("headers", none -> MultiMap.caseInsensitiveMultiMap()));
        HttpServerRequest request = proxy(
                HttpServerRequest.class,
                Map.of(
                        "isEnded", none -> false, // as another thread sees it
                        "handler", handler -> run(() -> read = (Handler<Buffer>) handler[0]),
                        "endHandler", handler -> run(() -> ended = (Handler<Void>) handler[0]),
                        "resume", none -> run(resumed),
                        "connection", none -> connection,
                        "response", none -> response));
        Vertx vertx = proxy(
                Vertx.class,
                Map.of(
                        "setTimer",
                        timer -> {
                            late = (Handler<Long>) timer[1];
                            timers.add(1L);
                            return 1L;
                        },
                        "cancelTimer",
                        timer -> timers.remove(timer[0])));
        Remainder.discard(proxy(RoutingContext.class, Map.of("request", none -> request, "vertx", none -> vertx)));
    }

    @Test
    void a_body_that_ends_while_it_is_resumed_leaves_no_timer_that_closes_the_connection() {
        resumed = () -> ended.handle(null); // by the event loop, while the answer's thread goes on
        discard();
        assertEquals(Set.of(), timers);
        assertEquals(0, closed.get());
    }

    @Test
    void a_body_that_does_not_end_is_closed_after_a_while_and_a_long_one_at_once() {
        discard();
        assertEquals(Set.of(1L), timers);
        late.handle(1L);
        assertEquals(1, closed.get());
        read.handle(Buffer.buffer(new byte[(1 << 20) + 1]));
        assertEquals(2, closed.get());
        ended.handle(null);
        assertEquals(Set.of(), timers);
    }
}
