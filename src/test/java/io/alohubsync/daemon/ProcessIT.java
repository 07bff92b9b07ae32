package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The process: it starts, is killed, stops, and shares its work with another. */
@Execution(ExecutionMode.CONCURRENT)
class ProcessIT {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private String count(String status) {
        return count(status, "0");
    }

    /** @param prefix of the phones, as a source writes them */
    private String count(String status, String prefix) {
        return rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = '" + status
                + "' AND phone LIKE '+84" + prefix.substring(1) + "%'");
    }

    @Test
    void sigterm_awaits_the_calls_in_flight_and_settles_one_that_hangs_as_unknown_and_exits_0() throws Exception {
        rig.alohub.behave(call -> call.phone().equals("0868793800")
                ? Reply.fault(Reply.Fault.HANG)
                : Reply.success().after(Duration.ofMillis(700)));
        Daemon daemon = rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "10"));
        rig.database.insert("0868793800", "Hangs", null);
        Await.until("the call hangs", () -> rig.alohub.callCount() == 1);
        rig.insertMany(300);
        Await.until("calls are in flight", () -> rig.alohub.callCount() >= 10);
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(20));
        assertEquals(
                "0",
                rig.database.one("SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL)"
                        + " + (SELECT count(*) FROM alohub.merge_leased)"),
                "nothing is left leased");
        assertEquals(
                rig.alohub.callCount() - 1,
                Long.parseLong(count("DELIVERED")),
                "every call in flight was awaited and settled");
        assertEquals(List.of("UNKNOWN"), rig.outcomes("+84868793800"));
        assertEquals("1", rig.database.one("SELECT sum(attempts) FROM alohub.due"), "that of the one that hung");
        assertEquals(
                "t",
                rig.database.one("SELECT not_before > clock_timestamp() FROM alohub.due WHERE attempts = 1"),
                "in quarantine");
    }

    @Test
    void sigterm_while_it_starts_ends_it_with_0() throws Exception {
        for (long millis : new long[] {400, 900}) {
            try (Daemon daemon = rig.daemon().start()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                daemon.terminate();
                int code = daemon.awaitExit(20);
                // Before the program's first line the JVM answers by itself, in the middle of its
                // own start with an error.
                boolean beforeUs = code == 143
                        || daemon.output().stream().anyMatch(line -> line.contains("during initialization of VM"));
                assertTrue(code == 0 || beforeUs, "exit code " + code);
            }
        }
    }

    /** The moments above may all come before the program's first line; this one does not. */
    @Test
    void sigterm_while_it_starts_ends_it_with_0_once_it_is_at_the_database() throws Exception {
        try (Daemon daemon = rig.daemon().start()) {
            Await.until(
                    "it has a connection",
                    () -> rig.database.one("SELECT 1 FROM pg_stat_activity WHERE application_name = 'alohub-sync'"
                                    + " AND datname = current_database() LIMIT 1")
                            != null);
            daemon.terminate();
            assertEquals(0, daemon.awaitExit(20), () -> String.join("\n", daemon.output()));
        }
    }

    @Test
    void sigterm_while_the_database_hangs_ends_it_within_its_grace() throws Exception {
        Daemon daemon = rig.start();
        rig.insertMany(1);
        Await.until("it is delivered", () -> count("DELIVERED").equals("1"));
        List<String> backends = rig.database.column(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'alohub-sync' AND datname ="
                        + " current_database()");
        try {
            signalAll("STOP", backends);
            daemon.terminate();
            assertEquals(0, daemon.awaitExit(12), "D is 2 s, and 8 s more");
        } finally {
            signalAll("CONT", backends);
        }
    }

    private static void signalAll(String name, List<String> pids) throws Exception {
        for (String pid : pids) {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        }
    }

    private static void signal(String name, Daemon daemon) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(daemon.pid()))
                        .start()
                        .waitFor());
    }

    private static double metric(Daemon daemon, String name) {
        return daemon.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void assertStops(Daemon.Builder builder, String... sentences) throws Exception {
        try (Daemon daemon = builder.start()) {
            assertNotEquals(0, daemon.awaitExit(30));
            String output = String.join("\n", daemon.output());
            for (String sentence : sentences) {
                assertEquals(
                        1,
                        daemon.output().stream()
                                .filter(line -> line.contains(sentence))
                                .count(),
                        output);
            }
            assertTrue(
                    daemon.output().stream().noneMatch(line -> line.startsWith("\tat ") || line.contains("topsecret")),
                    output);
        }
    }

    /** In a time zone that no server knows. */
    @Test
    void a_failover_and_an_outage_of_the_database_are_waited_for_and_sigterm_ends_the_wait_soon() throws Exception {
        Daemon daemon = rig.start(rig.daemon().with("TZ", "VST"));
        rig.insertMany(1);
        Await.until("it is delivered", () -> count("DELIVERED").equals("1"));
        rig.database.readOnly(true);
        rig.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'alohub-sync'"
                        + " AND datname = current_database()");
        awaitReady(daemon, 503);
        rig.database.readOnly(false);
        rig.database.execute("INSERT INTO alohub.customer_outbox (phone) VALUES ('0912300002')");
        Await.until("it goes on", () -> count("DELIVERED").equals("2"));
        awaitReady(daemon, 200);

        rig.database.cutOff(true);
        awaitReady(daemon, 503);
        assertEquals(200, daemon.get("/q/health/live").statusCode());
        rig.database.cutOff(false);
        rig.insertMany(5);
        Await.until("it goes on", () -> count("DELIVERED").equals("5"));
        awaitReady(daemon, 200);

        rig.database.cutOff(true);
        awaitReady(daemon, 503);
        daemon.terminate();
        assertEquals(0, daemon.awaitExit(15));
    }

    /** As under systemd, where nothing asks for readiness. */
    @Test
    void a_database_that_takes_no_writes_is_in_the_metrics_without_a_check_of_readiness() throws Exception {
        Daemon daemon = rig.start();
        rig.database.readOnly(true);
        rig.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'alohub-sync'"
                        + " AND datname = current_database()");
        awaitMetric(daemon, "alohub_sync_ready 0.0");
        rig.database.readOnly(false);
        awaitMetric(daemon, "alohub_sync_ready 1.0");
    }

    private static void awaitMetric(Daemon daemon, String line) {
        Await.until(line, () -> daemon.get("/q/metrics").body().lines().anyMatch(line::equals));
    }

    private static void awaitReady(Daemon daemon, int status) {
        Await.until(
                "readiness is " + status, () -> daemon.get("/q/health/ready").statusCode() == status);
    }

    @Test
    void a_database_that_is_away_at_the_start_is_waited_for_and_a_service_link_of_kubernetes_is_no_setting()
            throws Exception {
        rig.database.cutOff(true);
        Daemon daemon = rig.daemon()
                .with("ALOHUB_SYNC_PORT", "tcp://10.0.0.1:8080")
                .with("ALOHUB_SYNC_SERVICE_HOST", "10.0.0.1")
                .with("ALOHUB_RATE", "") // as an unset one
                .with("ALOHUB_CONCURRENCY", "")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "")
                .with("ALOHUB_PHONE_PLACEHOLDERS", "")
                .with("ALOHUB_PHONE_DENY_PREFIXES", "")
                .start();
        try (daemon) {
            Await.until(
                    "it says what it waits for",
                    () -> daemon.output().stream().anyMatch(line -> line.contains("Waiting for the database")));
            Await.until("it listens", () -> daemon.port() != 0);
            assertEquals(200, daemon.get("/q/health/live").statusCode());
            rig.database.cutOff(false);
            daemon.awaitReady();
            rig.insertMany(1);
            Await.until("it is delivered", () -> count("DELIVERED").equals("1"));
        }
    }

    /** A cluster takes a pod out of its Service only after the signal: requests still come. */
    @Test
    void with_a_delay_a_stop_is_not_ready_at_first_and_requests_are_answered() throws Exception {
        Daemon daemon = rig.start(
                rig.daemon().with("QUARKUS_SHUTDOWN_DELAY", "8s").with("ALOHUB_INTAKE_TOKENS", "form:a-token"));
        daemon.terminate();
        Await.until("it is not ready", () -> daemon.get("/q/health/ready").statusCode() == 503);
        HttpRequest lead = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/api/crm/lead"))
                .header("Authorization", "a-token")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"phone\": \"0868793800\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(
                    202, client.send(lead, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
        assertEquals(0, daemon.awaitExit(30));
    }

    @Test
    void a_stopped_process_that_wakes_late_changes_nothing() throws Exception {
        rig.alohub.behave(call -> call.count() == 1 ? Reply.success().after(Duration.ofMillis(500)) : Reply.success());
        Daemon stale = rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "5"));
        rig.insertMany(20);
        Await.until("calls are in flight", () -> rig.alohub.callCount() >= 5);
        signal("STOP", stale);
        rig.start();
        Await.until("the other has delivered all", () -> count("DELIVERED").equals("20"));
        insert("09123", 20, "Newest");
        Await.until(
                "and the newest too",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.sync_status WHERE delivered_revision = 2")
                        .equals("20"));
        signal("CONT", stale);
        Await.until("the late answers are fenced", () -> metric(stale, "alohub_sync_settlements_fenced_total") >= 1);
        assertEquals("20", count("DELIVERED"));
        assertTrue(rig.alohub.leads().values().stream()
                .allMatch(lead -> lead.getString("name").equals("Newest")));
    }

    @Test
    void a_killed_ones_customers_resume_after_their_leases() throws Exception {
        rig.alohub.behave(call -> call.count() == 1 ? Reply.fault(Reply.Fault.HANG) : Reply.success());
        Daemon first = rig.start();
        rig.insertMany(20);
        Await.until("all calls hang", () -> rig.alohub.callCount() >= 20);
        first.kill();
        first.awaitExit(10);
        rig.start();
        Await.until("all are delivered", () -> count("DELIVERED").equals("20"));
        assertEquals("20", rig.database.one("SELECT count(*) FROM alohub.delivery_attempt WHERE outcome = 'UNKNOWN'"));
        assertEquals("40", rig.database.one("SELECT count(*) FROM alohub.delivery_attempt"));
    }

    private void insert(String prefix, int customers, String name) {
        rig.database.execute("INSERT INTO alohub.customer_outbox (phone, name) SELECT '" + prefix
                + "' || lpad(i::text, 5, '0'), '" + name + "' FROM generate_series(1, " + customers + ") i");
    }

    /** What a customer's attempts did, and then what a phone that is slow does. */
    @Test
    void a_customer_that_kills_its_worker_dies_itself_and_slow_phones_delay_nobody_else_while_one_slot_is_free()
            throws Exception {
        rig.alohub.behave(call -> call.phone().startsWith("0998") ? Reply.fault(Reply.Fault.HANG) : Reply.success());
        rig.start(rig.daemon()
                .with("ALOHUB_CONCURRENCY", "8")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "30s")
                .with("ALOHUB_DELIVERY_LEASE", "40s"));
        rig.database.execute("SELECT alohub.pause()");
        insert("09124", 1, "Kills");
        Await.until("it is merged", () -> count("PENDING").equals("1"));
        rig.database.execute(
                "UPDATE alohub.due SET attempts = 1, lease_token = nextval('alohub.lease_token'), sent_revision = 1,"
                        + " leased_at = clock_timestamp() - interval '9 s', lease_until = clock_timestamp() - interval '1"
                        + " s'");
        rig.database.execute("SELECT alohub.resume()");
        Await.until("it is dead", () -> count("DEAD").equals("1"));
        assertEquals(0, rig.alohub.callCount());
        assertTrue(rig.database.one("SELECT error FROM alohub.sync_status").contains("ended without an answer"));

        rig.database.execute("INSERT INTO alohub.customer_outbox (phone) SELECT '0998' || lpad(i::text, 6, '0') FROM"
                + " generate_series(1, 7) i");
        Await.until("seven of eight slots hang", () -> rig.alohub.callCount() == 7);
        rig.insertMany(100);
        Await.until("the others are delivered", () -> count("DELIVERED").equals("100"));
        assertEquals("7", count("SENDING"));
    }

    @Test
    void two_replicas_call_once_for_each_revision_and_the_newest_state_wins_while_everything_goes_wrong()
            throws Exception {
        rig.alohub.behave(call -> Reply.success().after(Duration.ofMillis(20)));
        Daemon.Builder builder = rig.daemon()
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "100")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "10s") // a slow machine's answers are in time
                .with("ALOHUB_DELIVERY_LEASE", "15s");
        Daemon victim = rig.startAll(builder, builder).getFirst();
        rig.insertMany(1_500);
        Await.until("all are delivered", () -> count("DELIVERED").equals("1500"));
        Map<String, Long> calls = rig.alohub.calls().stream()
                .collect(Collectors.groupingBy(Simulator.Call::phone, Collectors.counting()));
        assertEquals(1_500, calls.size());
        assertEquals(1_500, rig.alohub.callCount(), "one call for each, so never two for a phone at a time");
        assertEquals(
                "2", rig.database.one("SELECT count(DISTINCT replica) FROM alohub.delivery_attempt"), "both worked");

        rig.alohub.behave(call -> switch (Math.floorMod(call.hashCode(), 6)) {
            case 0 -> Reply.fault(Reply.Fault.RESET_AFTER_BODY);
            case 1 -> Reply.error(500, "FAIL", "x");
            case 2 -> Reply.success().thatAppliesLate().after(Duration.ofMillis(300));
            case 3 -> Reply.businessFailure();
            default -> Reply.success();
        });
        for (int round = 1; round <= 5; round++) {
            insert("09124", 50, "Round " + round);
            int made = 1_500 + round * 25;
            Await.until("some calls are made", () -> rig.alohub.callCount() >= made);
        }
        victim.kill();
        Await.until("all are delivered", () -> count("DELIVERED", "09124").equals("50"));
        assertTrue(rig.alohub.leads().entrySet().stream()
                .filter(lead -> lead.getKey().startsWith("09124"))
                .allMatch(lead -> lead.getValue().getString("name").equals("Round 5")));
        assertEquals(1_550, rig.alohub.leads().size());
    }

    @Test
    void wrong_settings_stop_the_start_with_a_sentence_each() throws Exception {
        assertStops( // all that is wrong, in one start
                rig.daemon()
                        .with("ALOHUB_API_KEY", "")
                        .with("ALOHUB_CONCURRENCY", "0")
                        .with("ALOHUB_CONCURENCY", "8")
                        .with("ALOHUB_BASE_URL", "ftp://crm.example.vn")
                        .with("ALOHUB_DELIVERY_LEASE", "3s")
                        .with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:topsecret/erp"),
                "alohub.api-key is missing",
                "alohub.concurrency must be between",
                "did you mean alohub.concurrency",
                "alohub.base-url must be an http or https address",
                "alohub.delivery.lease (",
                "quarkus.datasource.jdbc.url is no address that the PostgreSQL driver takes");
        assertStops(
                rig.daemon().with("ALOHUB_API_KEY", "").with("ALOHUB_API_KEY_FILE", "/nowhere/key"),
                "alohub.api-key-file: The key file /nowhere/key can't be read");
        assertStops(
                rig.daemon().with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgres://erp:topsecret@127.0.0.1:1/erp"),
                "quarkus.datasource.jdbc.url has a user or a password before the host");
        assertStops(rig.daemon().with("ALOHUB_CONCURRENCY", "many"), "alohub.concurrency");
        assertStops(
                Daemon.builder().alohub("http://127.0.0.1:9", "key").jvm(QuickStart.options()),
                "quarkus.datasource.jdbc.url is missing");
    }

    @Test
    void the_header_and_the_form_of_the_phone_are_settings_and_a_rate_is_kept() throws Exception {
        rig.alohub.readKeyFrom("X-Api-Key");
        rig.start(rig.daemon()
                .with("ALOHUB_API_KEY_HEADER", "X-Api-Key")
                .with("ALOHUB_PHONE_FORMAT", "e164")
                .with("ALOHUB_RATE", "20"));
        rig.insertMany(60);
        Await.until("all are delivered", () -> count("DELIVERED").equals("60"));
        List<Simulator.Call> calls = rig.alohub.calls();
        assertEquals(60, calls.size());
        assertTrue(calls.stream().allMatch(call -> call.phone().startsWith("+849123")));
        long millis =
                Duration.between(calls.getFirst().at(), calls.getLast().at()).toMillis();
        assertTrue(millis >= 2_700, "60 calls at 20 a second took " + millis + " ms");
        long quickest = IntStream.rangeClosed(0, 40)
                .mapToLong(first -> Duration.between(
                                calls.get(first).at(), calls.get(first + 19).at())
                        .toMillis())
                .min()
                .orElseThrow();
        assertTrue(
                quickest <= 1_500, "the rate is reached where the machine has time: 20 calls in " + quickest + " ms");
    }
}
