package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.config.AlohubSettings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** How the answer to a batch ends when it cannot be written to its end. No line here is a lead. */
class BatchResourceTest {

    private static final String TOKEN = "token-of-the-form-0123456789";
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-ndjson", "Authorization", TOKEN);

    private final List<String> called = new ArrayList<>();

    /** @param answers of a method's name and its arguments; null: none */
    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.apply(method.getName(), arguments);
                    return answer == null && method.getReturnType() == int.class ? 0 : answer;
                }));
    }

    private RoutingContext exchange() {
        HttpConnection connection = fake(HttpConnection.class, (method, arguments) -> {
            called.add(method);
            return Future.succeededFuture();
        });
        HttpServerResponse response =
                fake(HttpServerResponse.class, (method, arguments) -> method.equals("headWritten"));
        HttpServerRequest request =
                fake(HttpServerRequest.class, (method, arguments) -> method.equals("response") ? response : connection);
        return fake(RoutingContext.class, (method, arguments) -> method.equals("request") ? request : null);
    }

    private static HttpHeaders headers() {
        return fake(
                HttpHeaders.class,
                (method, arguments) -> method.equals("getHeaderString") ? HEADERS.get(arguments[0]) : null);
    }

    private StreamingOutput answer() {
        AlohubSettings settings = Intakes.settings(Map.of("tokens", "form:" + TOKEN));
        Intake intake = Intakes.of(settings);
        Batches batches = new Batches(intake, new Leads(settings), new ObjectMapper());
        byte[] lines = "nonsense\n".repeat(3).getBytes(StandardCharsets.UTF_8);
        return (StreamingOutput) new BatchResource(intake, batches)
                .post(headers(), exchange(), new ByteArrayInputStream(lines))
                .getEntity();
    }

    /** An error behind the lines that were sent would end the answer as a whole one ends. */
    @Test
    void an_answer_that_breaks_off_ends_its_connection() {
        for (Exception failure : List.of(new IOException("gone"), new IllegalStateException("a fault"))) {
            called.clear();
            StreamingOutput answer = answer();
            OutputStream broken = new OutputStream() {
                @Override
                public void write(int each) throws IOException {
                    if (failure instanceof IOException gone) {
                        throw gone;
                    }
                    throw (RuntimeException) failure;
                }
            };
            assertSame(failure, assertThrows(Exception.class, () -> answer.write(broken)));
            assertEquals(List.of("close"), called);
        }
    }

    @Test
    void a_client_that_has_gone_is_no_fault() {
        Logger log = Logger.getLogger(Refusals.class.getName());
        List<LogRecord> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            assertEquals(
                    500, Refusals.answer(new IOException("gone"), headers()).getStatus());
            assertEquals(0, lines.size());
            assertEquals(
                    500, Refusals.answer(new IllegalStateException(), headers()).getStatus());
            assertEquals(1, lines.size());
        } finally {
            log.removeHandler(handler);
        }
    }
}
