package io.alohubsync.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A simulated Alohub: speaks the lead API's contract over real HTTP, keeps what it was sent, and
 * fails as it is set to. In a test it is set by {@link #behave} or {@link #be}; as a program
 * ({@link SimulatorProgram}) by {@code PUT /simulator/mode} and {@code PUT /simulator/behaviour}.
 */
public final class Simulator implements AutoCloseable {

    /** The key that it accepts by default. */
    public static final String KEY = "demo-key-0123456789";

    private static final int KEPT_CALLS = 200_000;

    private static final Duration UNREACHABLE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final String host;
    private final int port;
    private volatile HttpServer server;
    private final Map<String, JsonObject> leads = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> countByPhone = new ConcurrentHashMap<>();
    private final AtomicLong callCount = new AtomicLong();
    private volatile Set<String> keys = Set.of(KEY);
    private volatile String keyHeader = "Authorization";
    private volatile boolean resetsBeforeBody;
    private volatile Function<Call, Reply> behaviour = call -> Reply.success();

    /** @param count how many calls this phone has had, this one included */
    public record Call(Instant at, String phone, JsonObject lead, Map<String, String> headers, long count) {
        public String name() {
            return lead.getString("name");
        }

        public String email() {
            return lead.getString("email");
        }
    }

    private Simulator(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.server = listen(port);
        this.port = server.actualPort();
    }

    /** @param port 0: any free one */
    public static Simulator start(int port) {
        return start("127.0.0.1", port);
    }

    static Simulator start(String host, int port) {
        return new Simulator(Vertx.vertx(), host, port);
    }

    private HttpServer listen(int wanted) {
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions()
                .setHost(host)
                .setPort(wanted)
                .setIdleTimeout(75)
                .setSoLinger(0));
        listening
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        return listening;
    }

    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    public int port() {
        return port;
    }

    /**
     * Sets the mode of the whole simulator until the next call. {@link Mode#UNREACHABLE} ends by
     * itself.
     */
    public Simulator be(Mode mode) {
        behaviour = mode.behaviour();
        if (mode == Mode.UNREACHABLE) {
            server.close();
            vertx.setTimer(UNREACHABLE.toMillis(), timer -> vertx.executeBlocking(() -> server = listen(port)));
        }
        return this;
    }

    public Simulator behave(Function<Call, Reply> next) {
        behaviour = next;
        return this;
    }

    /** Whether connections are reset before the body of a request is read. */
    public Simulator resetBeforeBody(boolean resets) {
        resetsBeforeBody = resets;
        return this;
    }

    public Simulator takeKeys(String... taken) {
        keys = Set.of(taken);
        return this;
    }

    public Simulator readKeyFrom(String header) {
        keyHeader = header;
        return this;
    }

    /** By phone as it was sent. */
    public Map<String, JsonObject> leads() {
        return leads;
    }

    /** The last calls, oldest first. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> calls(String phone) {
        return calls.stream().filter(call -> call.phone().equals(phone)).toList();
    }

    public long callCount() {
        return callCount.get();
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/api/crm/lead" -> lead(request);
            case "/simulator/mode" -> request.body().onSuccess(body -> setMode(request, body.toString()));
            case "/simulator/behaviour" -> request.body().onSuccess(body -> setAnswer(request, body));
            case "/simulator/calls" ->
                answer(
                        request,
                        200,
                        new JsonObject().put("count", callCount.get()).put("calls", callsAsJson()));
            case "/simulator/leads" -> answer(request, 200, new JsonObject(Map.copyOf(leads)));
            default -> answer(request, 404, envelope("NOT_FOUND", "no such endpoint"));
        }
    }

    private void lead(HttpServerRequest request) {
        if (!request.method().name().equals("POST")) {
            answer(request, 405, envelope("METHOD_NOT_ALLOWED", "POST a lead"));
            return;
        }
        if (resetsBeforeBody) {
            callCount.incrementAndGet();
            request.connection().close();
            return;
        }
        request.body().onSuccess(body -> {
            JsonObject lead;
            try {
                lead = body.toJsonObject();
            } catch (DecodeException notJson) {
                answer(request, 400, envelope("BAD_REQUEST", "the body is not JSON"));
                return;
            }
            String phone = lead.getString("phone", "");
            Call call = record(request, lead, phone);
            String key = request.getHeader(keyHeader);
            if (key == null || !keys.contains(key)) {
                answer(request, 401, envelope("UNAUTHORIZED", "the key is unknown or has expired"));
            } else if (phone.isEmpty()) {
                answer(request, 422, envelope("INVALID", "phone is required"));
            } else {
                reply(request, call, behaviour.apply(call));
            }
        });
    }

    private Call record(HttpServerRequest request, JsonObject lead, String phone) {
        long count = countByPhone.merge(phone, 1L, Long::sum);
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        Call call = new Call(Instant.now(), phone, lead, headers, count);
        calls.add(call);
        if (callCount.incrementAndGet() > KEPT_CALLS) {
            calls.poll();
        }
        return call;
    }

    private void reply(HttpServerRequest request, Call call, Reply reply) {
        if (reply.applies() && !reply.late()) {
            apply(call);
        }
        Runnable act = () -> {
            if (reply.applies() && reply.late()) {
                apply(call);
            }
            send(request, reply);
        };
        if (reply.delay().isZero()) {
            act.run();
        } else {
            vertx.setTimer(Math.max(1, reply.delay().toMillis()), timer -> act.run());
        }
    }

    private void apply(Call call) {
        leads.merge(
                call.phone(), call.lead().copy(), (held, said) -> held.copy().mergeIn(said));
    }

    private static void send(HttpServerRequest request, Reply reply) {
        if (request.response().closed()) {
            return;
        }
        switch (reply.fault()) {
            case HANG -> {}
            case RESET_AFTER_BODY -> request.connection().close();
            case TRUNCATE -> {
                reply.headers().forEach(request.response()::putHeader);
                request.response()
                        .setStatusCode(reply.status())
                        .putHeader("Content-Length", String.valueOf(reply.body().length));
                request.response()
                        .write(Buffer.buffer(reply.body()).slice(0, reply.body().length / 2))
                        .onComplete(written -> request.connection().close());
            }
            case NONE -> {
                reply.headers().forEach(request.response()::putHeader);
                request.response().setStatusCode(reply.status()).end(Buffer.buffer(reply.body()));
            }
        }
    }

    /**
     * {@code {"status":500,"body":{…},"headers":{…},"delayMillis":0,"fault":"HANG","phone":"0868793800","times":2}},
     * all optional.
     */
    private void setAnswer(HttpServerRequest request, Buffer body) {
        JsonObject wanted = body.length() == 0 ? new JsonObject() : body.toJsonObject();
        Reply usual = Reply.success();
        Reply reply = new Reply(
                wanted.getInteger("status", 200),
                Map.of("Content-Type", "application/json"),
                wanted.containsKey("body")
                        ? wanted.getValue("body").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)
                        : usual.body(),
                Duration.ofMillis(wanted.getLong("delayMillis", 0L)),
                wanted.getInteger("status", 200) == 200 && !wanted.containsKey("body"),
                false,
                Reply.Fault.valueOf(wanted.getString("fault", "NONE")));
        for (Map.Entry<String, Object> header : wanted.getJsonObject("headers", new JsonObject())) {
            reply = reply.with(header.getKey(), header.getValue().toString());
        }
        String phone = wanted.getString("phone", "");
        AtomicLong left = new AtomicLong(wanted.getLong("times", Long.MAX_VALUE));
        Reply odd = reply;
        behaviour = call -> call.phone().endsWith(phone) && left.getAndDecrement() > 0 ? odd : usual;
        answer(request, 200, new JsonObject().put("answers", wanted));
    }

    /** {@code failing}, {@code refusing-key} …: a {@link Mode}. */
    private void setMode(HttpServerRequest request, String name) {
        try {
            Mode mode = Mode.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
            answer(request, 200, new JsonObject().put("mode", mode.name()));
            be(mode);
        } catch (IllegalArgumentException unknown) {
            answer(
                    request,
                    400,
                    new JsonObject()
                            .put(
                                    "modes",
                                    new JsonArray(List.of(Mode.values()).stream()
                                            .map(mode -> mode.name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', '-'))
                                            .toList())));
        }
    }

    private JsonArray callsAsJson() {
        JsonArray array = new JsonArray();
        calls.stream()
                .skip(Math.max(0, calls.size() - 1000L))
                .forEach(call -> array.add(
                        new JsonObject().put("at", call.at().toString()).put("lead", call.lead())));
        return array;
    }

    private static JsonObject envelope(String code, String message) {
        return new JsonObject().put("success", "0").put("error_code", code).put("error_message", message);
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(body.toBuffer());
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
