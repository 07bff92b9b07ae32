package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the daemon writes to standard output as JSON, with a line for each attempt or without. As
 * text: {@link FaultsIT}, {@link AccountsIT}.
 */
@Execution(ExecutionMode.CONCURRENT)
class LogIT {

    private static final String PHONE = "0912345678";

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    /** Two attempts for one customer. @return what the daemon wrote */
    private List<String> deliver(Daemon.Builder builder) throws Exception {
        rig.alohub.behave(call -> call.count() == 1 ? Reply.status(500) : Reply.success());
        Daemon daemon = rig.start(builder);
        rig.awaitStatus(rig.database.insert(PHONE, "Nguyễn Thị Thủy", "thuy@example.vn"), "DELIVERED");
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(20));
        String all = String.join("\n", daemon.output());
        for (String personal : List.of("912345678", "Thủy", "thuy@", Simulator.KEY)) {
            assertFalse(all.contains(personal), personal);
        }
        return daemon.output();
    }

    private static List<JsonNode> parsed(List<String> lines) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines) {
            events.add(json.readTree(line));
        }
        return events;
    }

    @Test
    void json_is_one_object_a_line_and_one_line_an_attempt() throws Exception {
        List<JsonNode> events = parsed(deliver(rig.daemon()
                .with("ALOHUB_LOG_FORMAT", "json")
                .with("ALOHUB_TRACING_ENABLED", "true")
                .with("OTEL_TRACES_EXPORTER", "none")));
        assertTrue(events.stream().allMatch(event -> event.has("timestamp") && event.has("level")));
        List<JsonNode> attempts = events.stream()
                .filter(event -> "attempt".equals(event.path("event").asText()))
                .toList();
        assertEquals(2, attempts.size());
        JsonNode failed = attempts.getFirst();
        assertEquals("FAILED", failed.get("outcome").asText());
        assertEquals(500, failed.get("http_status").asInt());
        assertEquals("***678", failed.get("phone").asText());
        assertEquals("default", failed.get("account").asText());
        assertEquals(1, failed.get("attempt").asInt());
        assertEquals(1, failed.get("revision").asInt());
        assertTrue(failed.get("next_attempt_in_ms").asInt() <= 200);
        JsonNode accepted = attempts.getLast();
        assertEquals("ACCEPTED", accepted.get("outcome").asText());
        assertEquals(2, accepted.get("attempt").asInt());
        assertFalse(accepted.has("next_attempt_in_ms"));
        assertTrue(rig.alohub
                .calls(PHONE)
                .getLast()
                .headers()
                .get("traceparent")
                .contains(accepted.get("trace_id").asText()));
    }

    @Test
    void json_without_attempts_is_possible() throws Exception {
        List<JsonNode> events =
                parsed(deliver(rig.daemon().with("ALOHUB_LOG_FORMAT", "json").with("ALOHUB_LOG_ATTEMPTS", "false")));
        assertTrue(events.stream().noneMatch(event -> event.has("event")));
    }
}
