package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A row's trace goes on to Alohub, where traces are on. */
@Execution(ExecutionMode.CONCURRENT)
class TracesIT {

    private static final String SPAN = "b7ad6b7169203331";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final Set<String> FAIL_FIRST = ConcurrentHashMap.newKeySet();

    /**
     * Of the tests that change nothing about the daemon; each has a customer and traces of its own.
     */
    private static Rig shared;

    private static Collector sharedCollector;
    private static Daemon sharedDaemon;

    @BeforeAll
    static void start() throws Exception {
        shared = new Rig();
        shared.alohub.behave(call -> FAIL_FIRST.remove(call.phone()) ? Reply.status(500) : Reply.success());
        sharedCollector = Collector.start();
        sharedDaemon = shared.start(tracing(shared, sharedCollector));
    }

    @AfterAll
    static void end() throws Exception {
        try {
            sharedDaemon.terminate();
            assertEquals(0, sharedDaemon.awaitExit(20));
        } finally {
            shared.close();
            sharedCollector.close();
        }
    }

    private final int number = NUMBER.incrementAndGet();
    private final String phone = String.format("09123456%02d", number);
    private final String trace = String.format("0af7651916cd43dd8448eb211c8031%02d", number);
    private final String other = String.format("1bf7651916cd43dd8448eb211c8031%02d", number);
    private final List<AutoCloseable> own = new ArrayList<>();
    private Rig rig = shared;
    private Collector collector = sharedCollector;

    /** For a test that stops its daemon, or sets it up in its own way. */
    private void useOwn() throws Exception {
        rig = new Rig();
        own.add(rig);
        collector = Collector.start();
        own.add(collector);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : own) {
            each.close();
        }
    }

    private Daemon.Builder tracing() {
        return tracing(rig, collector);
    }

    private static Daemon.Builder tracing(Rig rig, Collector collector) {
        return rig.daemon()
                .with("ALOHUB_TRACING_ENABLED", "true")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())
                .with("OTEL_BSP_SCHEDULE_DELAY", "100");
    }

    private long insert(String name, String traceparent) {
        return Long.parseLong(rig.database.one("SELECT alohub.enqueue_customer(phone => '" + phone + "', name => '"
                + name + "', email => 'thuy@example.vn', traceparent => '" + traceparent + "')"));
    }

    private static String sampled(String trace) {
        return "00-" + trace + "-" + SPAN + "-01";
    }

    private String seen(int call) {
        Map<String, String> headers = rig.alohub.calls(phone).get(call).headers();
        return headers.get("traceparent");
    }

    @Test
    void the_rows_trace_reaches_alohub_and_the_collector_without_personal_data() {
        rig.awaitStatus(insert("Nguyễn Thị Thủy", sampled(trace)), "DELIVERED");
        Await.until("the collector has the trace", () -> collector.hasId(trace));
        assertTrue(seen(0).startsWith("00-" + trace + "-"), seen(0));
        assertTrue(seen(0).endsWith("-01"), seen(0));
        assertFalse(seen(0).contains(SPAN), "the call is a span of its own");
        assertTrue(collector.hasId(seen(0).substring(36, 52)), "it is the one that the collector has");
        assertTrue(collector.hasId(SPAN), "its parent is the row's");
        assertTrue(collector.has("POST /api/crm/lead"));
        assertTrue(collector.has("ACCEPTED"));
        assertTrue(collector.has("alohub-sync"), "service.name");
        assertFalse(collector.has(phone.substring(1)));
        assertFalse(collector.has("Thủy"));
        assertFalse(collector.has("thuy@example.vn"));
    }

    @Test
    void a_call_that_is_tried_again_belongs_to_the_same_trace_and_a_new_revision_to_its_own() {
        FAIL_FIRST.add(phone);
        rig.awaitStatus(insert("A", sampled(trace)), "DELIVERED");
        assertTrue(seen(0).contains(trace));
        assertTrue(seen(1).contains(trace));
        assertFalse(seen(0).equals(seen(1)), "each attempt is a span");
        rig.awaitStatus(insert("B", sampled(other)), "DELIVERED");
        assertTrue(seen(2).contains(other));
        rig.awaitStatus(rig.database.insert(phone, "C", null), "DELIVERED");
        assertFalse(seen(3).contains(other), "a row that says none begins a trace of its own");
    }

    @Test
    void a_bad_traceparent_is_ignored_and_its_row_delivered() {
        rig.awaitStatus(insert("A", "x".repeat(100_000)), "DELIVERED");
        rig.awaitStatus(insert("B", "00-" + "0".repeat(32) + "-" + SPAN + "-01"), "DELIVERED");
        assertEquals(55, seen(0).length());
        assertFalse(seen(1).contains("0".repeat(32)));
    }

    @Test
    void a_trace_that_is_not_sampled_is_passed_on_and_not_recorded() {
        rig.awaitStatus(insert("A", "00-" + trace + "-" + SPAN + "-00"), "DELIVERED");
        assertTrue(seen(0).startsWith("00-" + trace) && seen(0).endsWith("-00"), seen(0));
        rig.awaitStatus(insert("B", sampled(other)), "DELIVERED");
        Await.until("the collector has what came after it", () -> collector.hasId(other));
        assertFalse(collector.hasId(trace));
    }

    @Test
    void what_was_recorded_is_sent_when_the_daemon_stops() throws Exception {
        useOwn();
        Daemon daemon = rig.start(tracing().with("OTEL_BSP_SCHEDULE_DELAY", "600000"));
        rig.awaitStatus(insert("A", sampled(trace)), "DELIVERED");
        assertFalse(collector.hasId(trace));
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(20));
        assertTrue(collector.hasId(trace));
    }

    @Test
    void a_collector_that_is_away_hinders_no_delivery_and_is_logged_once() throws Exception {
        useOwn();
        collector.close();
        Daemon daemon = rig.start(tracing());
        rig.insertMany(200);
        Await.until(
                "all are delivered",
                () -> "200"
                        .equals(rig.database.one(
                                "SELECT count(*) FROM alohub.sync_status WHERE status = 'DELIVERED'")));
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(20));
        assertTrue(daemon.output().stream()
                        .filter(line -> line.contains("spans could not be sent"))
                        .count()
                <= 1);
        assertTrue(daemon.output().stream().noneMatch(line -> line.contains("opentelemetry")));
    }

    @Test
    void a_daemon_without_traces_loads_nothing_of_opentelemetry_or_of_the_commands_and_sends_no_header(
            @TempDir Path folder) throws Exception {
        useOwn();
        Path classes = folder.resolve("classes");
        Daemon daemon = rig.start(rig.daemon().jvm("-Xlog:class+load:file=" + classes));
        rig.awaitStatus(insert("A", sampled(trace)), "DELIVERED");
        assertNull(seen(0));
        assertNull(rig.database.one("SELECT 'kept' FROM alohub.due WHERE traceparent IS NOT NULL"));
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(20));
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("io.alohubsync.daemon.Daemon"));
        for (String unused : List.of(" io.opentelemetry.", " picocli.", " io.alohubsync.cli.")) {
            assertEquals(
                    List.of(),
                    loaded.lines().filter(line -> line.contains(unused)).toList());
        }
    }

    @Test
    void a_wrong_variable_ends_the_start_with_a_sentence_that_does_not_tell_its_value() throws Exception {
        useOwn();
        Daemon daemon = tracing().with("OTEL_BSP_SCHEDULE_DELAY", "secret").start();
        assertEquals(1, daemon.awaitExit(30));
        assertTrue(
                daemon.output().stream()
                        .anyMatch(line -> line.startsWith("alohub-sync can't start: otel.bsp.schedule.delay is not")),
                () -> String.join("\n", daemon.output()));
        assertTrue(daemon.output().stream().noneMatch(line -> line.contains("secret")));
    }

    @Test
    void a_writer_may_say_a_traceparent() {
        assertEquals(
                "true",
                rig.database.one("SELECT has_column_privilege('alohub_writer', 'alohub.customer_outbox', 'traceparent',"
                        + " 'INSERT')::text"));
    }
}
