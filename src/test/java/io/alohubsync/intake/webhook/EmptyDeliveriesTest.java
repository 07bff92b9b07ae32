package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.Intakes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmptyDeliveriesTest {

    private static final Logger LOG = Logger.getLogger(EmptyDeliveries.class.getName());
    private static final String TOKEN = "token-of-the-shop-0123456789";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EmptyDeliveries empty = new EmptyDeliveries(registry);
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(handler);
    }

    private double counted(String source) {
        return registry.get("alohub.sync.intake.deliveries.without.customer")
                .tag("source", source)
                .counter()
                .count();
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void a_delivery_without_a_customer_is_counted_and_logged_without_its_content(Preset preset) {
        AlohubSettings settings =
                Intakes.settings(Map.of("sources.shop.preset", preset.name(), "tokens", "shop:" + TOKEN));
        Intake intake = Intakes.of(settings);
        Platforms platforms = new Platforms(settings, intake);
        platforms.onStart(new StartupEvent());
        WebhookResource resource = new WebhookResource(intake, platforms, empty);
        String body = "{\"question\": \"0868793800 Thủy\"}";
        HttpHeaders headers =
                fake(HttpHeaders.class, Map.of("Content-Type", "application/json", "Authorization", TOKEN));
        int status = resource.post(
                        "shop",
                        headers,
                        fake(RoutingContext.class, Map.of()),
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                .getStatus();
        assertEquals(200, status);
        assertEquals(1, counted("shop"));
        assertEquals(1, lines.size());
        String line = lines.getFirst().getMessage();
        assertTrue(line.contains("shop") && !line.contains("0868793800") && !line.contains("Thủy"), line);
    }

    @Test
    void the_log_has_one_line_an_hour_for_each_source() {
        long hour = Duration.ofHours(1).toNanos();
        for (long now : List.of(-5L, -4L, hour - 6)) {
            empty.count("shop", now);
        }
        assertEquals(1, lines.size());
        empty.count("form", 0);
        assertEquals(2, lines.size());
        empty.count("shop", hour - 5);
        assertEquals(3, lines.size());
        assertEquals(4, counted("shop"));
        assertEquals(1, counted("form"));
    }

    private static <T> T fake(Class<T> type, Map<String, String> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getReturnType() == String.class ? answers.get(arguments[0]) : null));
    }
}
