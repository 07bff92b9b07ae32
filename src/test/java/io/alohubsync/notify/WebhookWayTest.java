package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alohubsync.config.Language;
import io.alohubsync.config.NotifySettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookWayTest {

    private static final String SECRET = "0123456789abcdef-shared";
    private static final Instant NOW = Instant.parse("2026-11-27T01:00:05Z");

    private record Request(String path, String signature, String contentType, byte[] body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private volatile int status = 204;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst(Signature.HEADER),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestBody().readAllBytes()));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private WebhookWay way(int port) {
        NotifySettings settings = FixedSettings.of(Map.of(
                "alohub.notify.webhook.url",
                "http://127.0.0.1:" + port + "/hook-t0ken",
                "alohub.notify.webhook.secret",
                SECRET));
        Words words = new Words(Language.VI, ZoneId.of("Asia/Ho_Chi_Minh"));
        return new WebhookWay(settings, new Writer(words, null), () -> NOW);
    }

    private static Message message() {
        JsonObject facts = new JsonObject()
                .put("state", "KEY_REJECTED")
                .put("cause", "KEY")
                .put("since", "2026-11-27T00:58:00Z");
        Message.Content content =
                new Message.Content("account.tripped", "default", facts, Instant.parse("2026-11-27T01:00:00Z"));
        return new Message(content, 42, 1, Duration.ZERO);
    }

    @Test
    void a_message_is_posted_once_and_its_raw_body_is_signed_with_the_time() throws Exception {
        way(receiver.getAddress().getPort()).send(message());
        assertEquals(1, requests.size());
        Request request = requests.getFirst();
        assertEquals("/hook-t0ken", request.path());
        assertEquals("application/json; charset=utf-8", request.contentType());
        assertEquals(Signature.of(SECRET, NOW.getEpochSecond(), request.body()), request.signature());
        JsonObject body = new JsonObject(new String(request.body(), StandardCharsets.UTF_8));
        assertEquals("42", body.getString("id"));
        assertEquals("account.tripped", body.getString("event"));
        assertEquals("default", body.getString("account"));
        assertEquals("2026-11-27T01:00:00Z", body.getString("time"));
        assertEquals("vi", body.getString("language"));
        assertEquals("Tài khoản default: tạm ngừng gửi khách hàng sang Alohub", body.getString("title"));
        assertTrue(body.getString("text").contains("Từ 07:58 27/11/2026"), body.encode());
        assertEquals("KEY", body.getJsonObject("facts").getString("cause"));
        assertNull(body.getString("url"));
    }

    @Test
    void the_signature_is_the_documented_one() {
        assertEquals(
                "t=1700000000,v1=3a96fb9ddb3616d4668e1bfcd164dc4592eba98a86ed2e958de8fdce6179382b",
                Signature.of(SECRET, 1_700_000_000, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_redirect_is_not_followed() {
        status = 307;
        Way.Undelivered failure = assertThrows(
                Way.Undelivered.class,
                () -> way(receiver.getAddress().getPort()).send(message()));
        assertEquals(1, requests.size());
        assertTrue(failure.sentence().contains("307"), failure.sentence());
    }

    @Test
    void a_refusal_is_not_tried_again_at_once_and_names_neither_secret_nor_address() {
        status = 500;
        Way.Undelivered failure = assertThrows(
                Way.Undelivered.class,
                () -> way(receiver.getAddress().getPort()).send(message()));
        assertEquals(1, requests.size());
        assertEquals("the receiver answered 500", failure.sentence());
    }

    @Test
    void a_receiver_that_is_away_is_a_failure_without_its_address() {
        int port = receiver.getAddress().getPort();
        receiver.stop(0);
        Way.Undelivered failure =
                assertThrows(Way.Undelivered.class, () -> way(port).send(message()));
        assertFalse(failure.sentence().contains("t0ken"), failure.sentence());
        assertFalse(failure.sentence().contains(SECRET), failure.sentence());
    }
}
