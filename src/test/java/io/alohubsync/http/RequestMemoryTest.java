package io.alohubsync.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMemoryTest {

    private final RequestMemory memory = new RequestMemory(16 << 20);
    private final List<Handler<AsyncResult<Void>>> ends = new ArrayList<>();

    /** A request that has one header, of a body or another one. */
    private RoutingContext request(String header, String value) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(header, value);
        HttpServerRequest request = proxy(HttpServerRequest.class, (method, arguments) -> switch (method) {
            case "uri" -> "/";
            case "headers" -> headers;
            case "getHeader" -> headers.get((CharSequence) arguments[0]);
            default -> throw new IllegalStateException(method);
        });
        Map<String, Object> data = new HashMap<>();
        return proxy(RoutingContext.class, (method, arguments) -> switch (method) {
            case "request" -> request;
            case "get" -> data.get(arguments[0]);
            case "put" -> data.put((String) arguments[0], arguments[1]);
            case "addEndHandler" -> ends.add(end(arguments[0]));
            default -> throw new IllegalStateException(method);
        });
    }

    @SuppressWarnings("unchecked")
    private static Handler<AsyncResult<Void>> end(Object handler) {
        return (Handler<AsyncResult<Void>>) handler;
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                RequestMemoryTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result = answer.to(method.getName(), arguments);
                    return method.getReturnType() == int.class
                            ? 0
                            : method.getName().equals("put") ? self : result;
                }));
    }

    private boolean isTaken(String header, String value) {
        RoutingContext exchange = request(header, value);
        memory.admit(exchange);
        return !RequestMemory.isShortFor(exchange);
    }

    private int most(String header, String value) {
        int taken = 0;
        while (isTaken(header, value)) {
            taken++;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length, 200, 1950, 2048",
        "Content-Length, 30000, 430, 440",
        "Content-Length, 60000, 240, 250",
        "Content-Length, 200000000, 118, 121",
        "Content-Length, junk, 118, 121",
        "Transfer-Encoding, chunked, 225, 228"
    })
    void as_many_requests_are_taken_as_find_room(String header, String value, int least, int most) {
        int taken = most(header, value);
        assertTrue(taken >= least && taken <= most, "" + taken);
    }

    @Test
    void a_head_takes_room_too() {
        int taken = most("X-Long", "a".repeat(7_000));
        assertTrue(taken > 1_090 && taken < 1_110, "" + taken);
    }

    @Test
    void a_request_that_ends_makes_room_for_another_one() {
        int taken = most("Content-Length", "60000");
        assertEquals(taken, ends.size());
        ends.getFirst().handle(Future.succeededFuture());
        assertTrue(isTaken("Content-Length", "60000"));
        assertFalse(isTaken("Content-Length", "60000"));
    }
}
