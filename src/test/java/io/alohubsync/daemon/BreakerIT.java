package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** While an account fails, no customer spends an attempt or becomes DEAD. */
@Execution(ExecutionMode.CONCURRENT)
class BreakerIT {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void assertNoAttemptIsSpent() {
        assertEquals("0", rig.database.one("SELECT coalesce(sum(attempts), 0) FROM alohub.due"));
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
    }

    /** No probe comes, and a slow machine's first answers are in time: calls can be counted. */
    private Daemon.Builder patient() {
        return rig.daemon()
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "60s")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "20s")
                .with("ALOHUB_DELIVERY_LEASE", "30s");
    }

    private void awaitDelivered(int customers) {
        Await.until(
                customers + " customers are delivered",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DELIVERED'")
                        .equals("" + customers));
    }

    @Test
    void a_refused_key_trips_the_breaker_and_a_replaced_key_file_recovers_it(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "an-old-key\n");
        Daemon daemon = rig.start(patient().with("ALOHUB_API_KEY", "").with("ALOHUB_API_KEY_FILE", key.toString()));
        rig.insertMany(300);
        rig.awaitState("KEY_REJECTED");
        Await.until(
                "the calls in flight are settled",
                () -> rig.database
                        .one("SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL)"
                                + " + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
        long calls = rig.alohub.callCount();
        assertTrue(calls <= 64, calls + " calls with a refused key");
        assertNoAttemptIsSpent();
        assertTrue(rig.database.one("SELECT reason FROM alohub.account_status").contains("refuses the key"));
        assertTrue(rig.database.one("SELECT needs FROM alohub.account_status").startsWith("Replace the key"));
        Files.writeString(key, "\n");
        Await.until(
                "an empty file is complained of",
                () -> daemon.output().stream().anyMatch(line -> line.contains("is empty")));
        Path next = Files.writeString(folder.resolve("next"), "  " + Simulator.KEY + "  \n");
        Files.move(
                next,
                key,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        awaitDelivered(300);
        rig.awaitState("ACTIVE");
    }

    @Test
    void a_refused_key_that_is_mended_at_alohub_is_found_by_a_probe_one_at_a_time() throws Exception {
        rig.alohub.takeKeys("another-key");
        rig.start(rig.daemon().with("ALOHUB_BREAKER_PROBE_INTERVAL", "300ms"));
        rig.start(rig.daemon().with("ALOHUB_BREAKER_PROBE_INTERVAL", "300ms"));
        rig.insertMany(100);
        rig.awaitState("KEY_REJECTED");
        Await.until("the calls that were in flight are settled", () -> leased() <= 1);
        int before = probes();
        String from = rig.database.one("SELECT clock_timestamp()");
        Await.until("some probes are made", () -> probes() >= before + 4);
        assertNoAttemptIsSpent();
        List<String> together = rig.database.column(
                "SELECT 1 FROM alohub.delivery_attempt a JOIN alohub.delivery_attempt b ON b.id > a.id AND"
                        + " b.started_at < a.started_at + make_interval(secs => 0.2) WHERE least(a.started_at, b.started_at) > '"
                        + from + "'");
        assertEquals(List.of(), together, "two probes at a time");
        rig.alohub.takeKeys(Simulator.KEY);
        awaitDelivered(100);
        rig.awaitState("ACTIVE");
    }

    private int probes() {
        return Integer.parseInt(rig.database.one("SELECT probes FROM alohub.account"));
    }

    private int leased() {
        return Integer.parseInt(
                rig.database.one("SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL)"
                        + " + (SELECT count(*) FROM alohub.merge_leased)"));
    }

    @Test
    void two_replicas_with_two_refused_keys_do_not_recover_the_breaker_for_each_other() throws Exception {
        rig.alohub.takeKeys("a-third-key");
        rig.start(patient().with("ALOHUB_API_KEY", "first"));
        rig.start(patient().with("ALOHUB_API_KEY", "second"));
        rig.insertMany(500);
        Await.until(
                "both keys are known to be refused",
                () -> rig.database
                        .one("SELECT cardinality(refused_keys) FROM alohub.account")
                        .equals("2"));
        Await.until(
                "the calls in flight are settled",
                () -> rig.database
                        .one("SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL)"
                                + " + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
        rig.awaitStatus(
                rig.database.insert("0868793800", "Later", null), "PENDING"); // the loops turn, and no call goes out
        assertTrue(rig.alohub.callCount() <= 128, rig.alohub.callCount() + " calls, a burst of each at most");
        assertEquals("KEY_REJECTED", rig.breaker());
        assertNoAttemptIsSpent();
    }

    @Test
    void a_limiter_that_answers_503_and_names_no_time_costs_no_attempt() throws Exception {
        long interval = Duration.ofMillis(50).toNanos();
        java.util.concurrent.atomic.AtomicLong free = new java.util.concurrent.atomic.AtomicLong(System.nanoTime());
        rig.alohub.behave(call -> {
            long now = System.nanoTime();
            if (now - free.get() < 0) {
                return Reply.status(503);
            }
            free.set(now + interval);
            return Reply.success();
        });
        rig.start(rig.daemon().with("ALOHUB_BREAKER_RAMP", "8s"));
        rig.insertMany(120);
        awaitDelivered(120);
        assertTrue(calls() <= 240, calls() + " calls for 120 customers");
        assertEquals(
                "0",
                rig.database.one(
                        "SELECT count(*) FROM alohub.delivery_attempt WHERE outcome = 'THROTTLED' AND attempt > 2"));
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE attempts > 2"));
    }

    private int calls() {
        return Math.toIntExact(rig.alohub.callCount());
    }

    private void awaitSettled() {
        Await.until(
                "the calls in flight are settled and what they spent is refunded",
                () -> rig.database
                        .one(
                                "SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL OR attempts > 0 OR dead)"
                                        + " + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
    }

    @Test
    void sustained_errors_trip_the_breaker_and_their_attempts_are_refunded() throws Exception {
        rig.alohub.behave(call -> Reply.error(500, "FAIL", "internal error"));
        rig.start(rig.daemon()
                .with("ALOHUB_CONCURRENCY", "8")
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "60s")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2"));
        rig.insertMany(500);
        rig.awaitState("UNREACHABLE");
        awaitSettled();
        assertTrue(calls() <= 20 + 8 + 3, calls() + " calls: twenty, those in flight, and probes");
        assertNoAttemptIsSpent();
        assertTrue(rig.database.one("SELECT reason FROM alohub.account_status").contains("HTTP 500"));
        rig.alohub.behave(call -> Reply.success());
        awaitDelivered(500);
        rig.awaitState("ACTIVE");
    }

    @Test
    void an_account_where_nothing_answers_trips_the_breaker_too() throws Exception {
        rig.alohub.behave(call -> Reply.fault(Reply.Fault.HANG));
        rig.start(rig.daemon()
                .with("ALOHUB_CONCURRENCY", "8")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "500ms")
                .with("ALOHUB_DELIVERY_QUARANTINE", "1s")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "2"));
        rig.insertMany(300);
        rig.awaitState("UNREACHABLE");
        awaitSettled();
        assertNoAttemptIsSpent();
        rig.alohub.behave(call -> Reply.success());
        awaitDelivered(300);
    }

    @Test
    void customers_that_fail_for_themselves_are_dead_and_the_breaker_does_not_trip() throws Exception {
        rig.alohub.behave(call -> call.phone().endsWith("7") ? Reply.businessFailure() : Reply.success());
        rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "8").with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "3"));
        rig.insertMany(400);
        awaitDelivered(360);
        Await.until(
                "forty are dead",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD' AND attempts = 3")
                        .equals("40"));
    }

    @Test
    void a_replica_with_an_old_key_does_not_trip_the_breaker_for_the_others(@TempDir Path folder) throws Exception {
        rig.alohub.takeKeys("old-key", "new-key");
        Path lagging = Files.writeString(folder.resolve("key"), "old-key");
        rig.start(rig.daemon()
                .with("ALOHUB_API_KEY", "")
                .with("ALOHUB_API_KEY_FILE", lagging.toString())
                .with("ALOHUB_CONCURRENCY", "2"));
        rig.insertMany(50);
        awaitDelivered(50);
        Daemon rotated = rig.start(rig.daemon().with("ALOHUB_API_KEY", "new-key"));
        Await.until("the new key is in use", () -> {
            rig.database.insert("0868793" + (100 + calls() % 900), "Name " + calls(), null);
            return rig.alohub.calls().stream()
                    .anyMatch(call -> "new-key".equals(call.headers().get("Authorization")));
        });
        Await.until(
                "and known",
                () -> rig.database
                        .one("SELECT accepted_key IS NOT NULL FROM alohub.account")
                        .equals("t"));
        rig.alohub.takeKeys("new-key");
        rig.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '09124' || lpad(i::text, 5, '0'), 'Customer '"
                        + " || i FROM generate_series(1, 2000) i");
        Await.until(
                "all are delivered",
                () -> rig.database
                        .one("SELECT (SELECT count(*) FROM alohub.due) + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
        assertTrue(
                rotated.output().stream().noneMatch(line -> line.contains("Account default: KEY_REJECTED")),
                "it went on");
        assertNoAttemptIsSpent();
        Files.writeString(lagging, "new-key");
        rig.awaitStatus(rig.database.insert("0868793800", "Later", null), "DELIVERED");
    }

    @Test
    void a_person_pauses_and_resumes_on_every_replica_within_a_poll() throws Exception {
        rig.alohub.behave(call -> Reply.success().after(Duration.ofMillis(20)));
        rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.insertMany(1500);
        Await.until("calls are made", () -> calls() > 100);
        rig.database.execute("SELECT alohub.pause('default', 'kiểm kê')");
        assertEquals(
                "kiểm kê",
                rig.database.one(
                        "SELECT reason FROM alohub.account_status WHERE state = 'PAUSED' AND by = 'postgres'"));
        Await.until(
                "what was claimed is released",
                () -> rig.database
                        .one("SELECT (SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL)"
                                + " + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
        int paused = calls();
        rig.awaitStatus(rig.database.insert("0868793800", "Later", null), "PENDING"); // the loops turn
        assertEquals(paused, calls());
        assertNoAttemptIsSpent();
        rig.database.execute("SELECT alohub.resume('default', 'xong')");
        awaitDelivered(1501);
    }

    @Test
    void two_replicas_keep_a_pause_that_one_of_them_was_asked_for() throws Exception {
        rig.alohub.behave(call -> rig.alohub.callCount() == 100
                ? Reply.throttled("3")
                : Reply.success().after(Duration.ofMillis(20)));
        rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.insertMany(1500);
        awaitDelivered(1500);
        List<Simulator.Call> calls = rig.alohub.calls();
        java.time.Instant asked = calls.get(99).at();
        long inside = calls.stream()
                .filter(call ->
                        call.at().isAfter(asked.plusMillis(500)) && call.at().isBefore(asked.plusMillis(2_990)))
                .count();
        assertEquals(0, inside, "calls inside the pause, but for the moment in which it becomes known");
    }

    @Test
    void good_customers_get_through_behind_a_block_that_fails_with_a_2xx() throws Exception {
        rig.alohub.behave(call -> call.phone().startsWith("09123") ? Reply.businessFailure() : Reply.success());
        rig.start(rig.daemon()
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "30s")
                .with("ALOHUB_CONCURRENCY", "8")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "5"));
        rig.insertMany(200);
        rig.awaitState("UNREACHABLE");
        rig.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '09124' || lpad(i::text, 5, '0'), 'Good ' || i"
                        + " FROM generate_series(1, 300) i");
        awaitDelivered(300);
        Await.until(
                "those that fail for themselves are dead in the end, with Alohub's words",
                Duration.ofMinutes(2),
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD' AND error LIKE '%SỰ CỐ%'")
                        .equals("200"));
    }

    @Test
    void an_outage_that_began_as_a_partial_one_makes_no_customer_dead() throws Exception {
        rig.alohub.behave(call -> Math.floorMod(call.phone().hashCode() * 31L + call.count() * 7, 5) < 2
                ? Reply.success()
                : Reply.error(500, "FAIL", "partial outage"));
        rig.start(rig.daemon()
                .with("ALOHUB_CONCURRENCY", "8")
                .with("ALOHUB_DELIVERY_BACKOFF_MIN", "1s")
                .with("ALOHUB_DELIVERY_BACKOFF_MAX", "1s"));
        rig.insertMany(300);
        Await.until("many calls failed", () -> calls() > 200);
        rig.alohub.behave(call -> Reply.error(500, "FAIL", "dead"));
        rig.awaitState("UNREACHABLE");
        Await.until(
                "some probes failed",
                () -> Integer.parseInt(rig.database.one("SELECT probes FROM alohub.account")) >= 3);
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
        rig.alohub.behave(call -> Reply.success());
        awaitDelivered(300);
    }

    @Test
    void a_late_refusal_of_an_old_key_does_not_end_a_pause(@TempDir Path folder) throws Exception {
        rig.alohub.takeKeys("old-key", "new-key");
        Path key = Files.writeString(folder.resolve("key"), "old-key");
        rig.start(rig.daemon().with("ALOHUB_API_KEY", "").with("ALOHUB_API_KEY_FILE", key.toString()));
        rig.start(rig.daemon().with("ALOHUB_API_KEY", "new-key"));
        AtomicInteger withNewKey = new AtomicInteger();
        rig.alohub.behave(call -> "old-key".equals(call.headers().get("Authorization"))
                ? Reply.error(401, "UNAUTHORIZED", "expired").after(Duration.ofMillis(900))
                : withNewKey.incrementAndGet() > 40
                        ? Reply.throttled("4")
                        : Reply.success().after(Duration.ofMillis(30)));
        rig.insertMany(160);
        rig.awaitState("THROTTLED");
        Await.until(
                "the old key is known to be refused",
                () -> rig.database
                        .one("SELECT cardinality(refused_keys) FROM alohub.account")
                        .equals("1"));
        assertEquals("THROTTLED", rig.breaker());
        rig.alohub.behave(call -> "old-key".equals(call.headers().get("Authorization"))
                ? Reply.error(401, "UNAUTHORIZED", "expired")
                : Reply.success());
        awaitDelivered(160);
    }
}
