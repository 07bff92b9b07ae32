package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.IntakeSettings.HmacAlgorithm;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.Intakes;
import io.alohubsync.intake.Refusal;
import io.alohubsync.intake.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may deliver, and what counts against the source's rate. No delivery here holds a customer, so
 * none needs a database.
 */
class WebhookResourceTest {

    private static final String SECRET = "secret-of-the-shop";
    private static final String PING = "{\"ping\": true}";

    private static WebhookResource shop(String preset) {
        return shop(preset, SECRET);
    }

    private static WebhookResource shop(String preset, String secret) {
        AlohubSettings settings = Intakes.settings(
                Map.of("rate", "1/1m", "sources.shop.preset", preset, "sources.shop.hmac-secret", secret));
        Intake intake = Intakes.of(settings);
        Platforms platforms = new Platforms(settings, intake);
        platforms.onStart(new StartupEvent());
        return new WebhookResource(intake, platforms, new EmptyDeliveries(new SimpleMeterRegistry()));
    }

    private static int deliver(WebhookResource shop, Map<String, String> headers, String body) {
        HttpHeaders sent = fake(HttpHeaders.class, headers);
        RoutingContext exchange = fake(RoutingContext.class, Map.of());
        return shop.post("shop", sent, exchange, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                .getStatus();
    }

    /** Its methods answer what the map has for their first argument. */
    private static <T> T fake(Class<T> type, Map<String, String> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getReturnType() == String.class ? answers.get(arguments[0]) : null));
    }

    private static Map<String, String> signed(String secret) {
        byte[] mac = Signature.mac(HmacAlgorithm.SHA256, secret, PING.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "Content-Type",
                "application/json",
                "X-Haravan-Hmacsha256",
                HexFormat.of().formatHex(mac));
    }

    @Test
    void a_delivery_with_a_wrong_signature_uses_up_nothing_of_the_sources_rate() {
        WebhookResource shop = shop("haravan");
        for (int i = 0; i < 5; i++) {
            Refused refused = assertThrows(Refused.class, () -> deliver(shop, signed("wrong"), PING));
            assertEquals(Refusal.SIGNATURE, refused.refusal());
        }
        assertEquals(200, deliver(shop, signed(SECRET), PING));
        Refused refused = assertThrows(Refused.class, () -> deliver(shop, signed(SECRET), PING));
        assertEquals(Refusal.RATE, refused.refusal());
    }

    /** The key is the secret as it was registered, base64 or not. */
    @Test
    void a_delivery_of_kiotviet_is_taken() {
        String secret = "c2VjcmV0LW9mLXRoZS1zaG9w";
        byte[] mac = Signature.mac(HmacAlgorithm.SHA256, secret, PING.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "X-Hub-Signature",
                "sha1=" + HexFormat.of().formatHex(mac));
        assertEquals(200, deliver(shop("kiotviet", secret), headers, PING));
    }

    @Test
    void bodies_that_do_not_come_to_the_address_of_a_signed_source_hold_up_none_with_a_token() throws Exception {
        String token = "token-of-the-other-shop-0123456789";
        AlohubSettings settings = Intakes.settings(Map.of(
                "sources.shop.preset",
                "haravan",
                "sources.shop.hmac-secret",
                SECRET,
                "sources.other.preset",
                "haravan",
                "tokens",
                "other:" + token));
        Intake intake = Intakes.of(settings);
        Platforms platforms = new Platforms(settings, intake);
        platforms.onStart(new StartupEvent());
        WebhookResource resource =
                new WebhookResource(intake, platforms, new EmptyDeliveries(new SimpleMeterRegistry()));
        int many = 8; // as many as may be written at a time
        CountDownLatch reading = new CountDownLatch(many);
        CountDownLatch come = new CountDownLatch(1);
        List<Thread> slow = Stream.generate(() -> Thread.startVirtualThread(() -> assertThrows(
                        Refused.class,
                        () -> resource.post(
                                "shop",
                                fake(HttpHeaders.class, signed("wrong")),
                                fake(RoutingContext.class, Map.of()),
                                body(reading, come)))))
                .limit(many)
                .toList();
        try {
            assertTrue(reading.await(10, TimeUnit.SECONDS));
            Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization", token);
            Response answer = resource.post(
                    "other",
                    fake(HttpHeaders.class, headers),
                    fake(RoutingContext.class, Map.of()),
                    new ByteArrayInputStream(PING.getBytes(StandardCharsets.UTF_8)));
            assertEquals(200, answer.getStatus());
        } finally {
            come.countDown();
            for (Thread thread : slow) {
                thread.join();
            }
        }
    }

    private static InputStream body(CountDownLatch reading, CountDownLatch come) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                reading.countDown();
                try {
                    come.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                return -1;
            }
        };
    }

    @Test
    void the_unsigned_call_with_which_woocommerce_tries_the_address_is_answered() {
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
        WebhookResource shop = shop("woocommerce");
        assertEquals(200, deliver(shop, form, "webhook_id=3"));
        assertEquals(200, deliver(shop, form, "webhook_id=3"));
        Refused refused = assertThrows(Refused.class, () -> deliver(shop, form, "webhook_id=3&phone=0868793800"));
        assertEquals(Refusal.SIGNATURE, refused.refusal());
        assertThrows(Refused.class, () -> deliver(shop("haravan"), form, "webhook_id=3"));
    }
}
