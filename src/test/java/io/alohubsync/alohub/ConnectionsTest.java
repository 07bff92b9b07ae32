package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Against a real server; the age of connections is by a clock that the test holds, the rounds by
 * Vert.x' own.
 */
class ConnectionsTest {

    private static final long SECOND = 1_000_000_000L;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(0).setMaxPoolSize(1));
    private final AtomicLong now = new AtomicLong(7);
    private final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final List<String> served = new ArrayList<>();
    private volatile String keepAlive = "";
    private volatile Promise<Void> answer = answered();

    private final HttpServer server = join(vertx.createHttpServer()
            .connectionHandler(connection -> connection.closeHandler(
                    end -> closed.add(connection.remoteAddress().toString())))
            .requestHandler(request -> {
                served.add(request.remoteAddress().toString());
                if (!keepAlive.isEmpty()) {
                    request.response().putHeader("Keep-Alive", keepAlive);
                }
                answer.future().onSuccess(go -> request.response().end("{}"));
            })
            .listen(0, "127.0.0.1"));

    @AfterEach
    void stop() {
        join(vertx.close());
    }

    @Test
    void a_connection_in_steady_use_is_closed_at_its_age_and_the_next_call_has_another() throws Exception {
        Connections connections = connections(Duration.ofHours(1), Duration.ofSeconds(2));
        call(connections);
        call(connections);
        assertEquals(1, served.stream().distinct().count(), "kept alive");
        now.addAndGet(2 * SECOND);
        assertEquals(served.getFirst(), closed.poll(10, TimeUnit.SECONDS));
        call(connections);
        assertEquals(2, served.stream().distinct().count());
    }

    @Test
    void a_call_in_flight_is_answered_before_its_connection_is_closed() throws Exception {
        Connections connections = connections(Duration.ofHours(1), Duration.ofSeconds(2));
        answer = Promise.promise();
        Future<String> call = begin(connections);
        waitUntil(() -> !served.isEmpty());
        now.addAndGet(10 * SECOND);
        rounds(3);
        assertTrue(closed.isEmpty(), "in use");
        answer.complete();
        assertEquals("{}", join(call));
        assertEquals(served.getFirst(), closed.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void an_idle_connection_is_closed_before_the_server_closes_it() throws Exception {
        Connections connections = connections(Duration.ofMillis(800), Duration.ofHours(1));
        call(connections);
        now.addAndGet(800_000_000L);
        assertEquals(served.getFirst(), closed.poll(10, TimeUnit.SECONDS));
    }

    /**
     * Times that the pool below, which closes a connection when the announced time is over, can't
     * reach in this test.
     */
    @Test
    void a_time_that_the_server_announces_can_only_shorten_ours() throws Exception {
        Connections connections = connections(Duration.ofSeconds(40), Duration.ofHours(1));
        keepAlive = "timeout=20, max=100";
        call(connections);
        now.addAndGet(19 * SECOND);
        assertEquals(served.getFirst(), closed.poll(10, TimeUnit.SECONDS), "a second before the server does");
        keepAlive = "timeout=500";
        call(connections);
        now.addAndGet(40 * SECOND);
        assertEquals(served.getLast(), closed.poll(10, TimeUnit.SECONDS));
    }

    private Connections connections(Duration idle, Duration maxAge) {
        return new Connections(new ConnectionRules(idle, maxAge, null), Duration.ofSeconds(20), vertx, now::get);
    }

    private void call(Connections connections) {
        assertEquals("{}", join(begin(connections)));
    }

    private Future<String> begin(Connections connections) {
        Promise<String> done = Promise.promise();
        loop.runOnContext(nothing -> client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> send(request, connections))
                .onComplete(done));
        return done.future();
    }

    private static Future<String> send(HttpClientRequest request, Connections connections) {
        connections.accept(request);
        return request.send().compose(response -> response.body()).map(Object::toString);
    }

    /** The rounds look every 500 ms at most. */
    private void rounds(int rounds) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(rounds * 500L, timer -> over.complete());
        join(over.future());
    }

    private static void waitUntil(java.util.function.BooleanSupplier condition) {
        io.alohubsync.Await.until("it is so", condition::getAsBoolean);
    }

    private static Promise<Void> answered() {
        Promise<Void> promise = Promise.promise();
        promise.complete();
        return promise;
    }

    private static <T> T join(Future<T> future) {
        CompletableFuture<T> result = future.toCompletionStage().toCompletableFuture();
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
