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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What one replica learns of an account holds for all, and no more than that. Two replicas have an
 * account for each test.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReplicasBreakerIT {

    private static final Rig RIG = new Rig();

    private static final RigAccount MENDED = new RigAccount(RIG, "mended");
    private static final RigAccount TWO_KEYS = new RigAccount(RIG, "twokeys");
    private static final RigAccount ROTATED = new RigAccount(RIG, "rotated");
    private static final RigAccount STOPPED = new RigAccount(RIG, "stopped");
    private static final RigAccount ASKED = new RigAccount(RIG, "asked");
    private static final RigAccount LATE = new RigAccount(RIG, "late");

    @TempDir
    private static Path folder;

    private static Daemon first;
    private static Daemon second;

    @BeforeAll
    static void start() throws Exception {
        ROTATED.alohub.takeKeys("old-key", "new-key");
        MENDED.alohub.takeKeys("another-key");
        TWO_KEYS.alohub.takeKeys("a-third-key");
        LATE.alohub.takeKeys("old-key", "new-key");
        List<Daemon> started = RIG.startAll(replica("first", "old-key"), replica("second", "new-key"));
        first = started.getFirst();
        second = started.getLast();
    }

    private static Daemon.Builder replica(String name, String lateKey) throws Exception {
        Daemon.Builder daemon = RIG.daemon()
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "300ms")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "20s") // a slow machine's first answers are in time
                .with("ALOHUB_DELIVERY_LEASE", "30s");
        MENDED.addTo(daemon, "", 64);
        TWO_KEYS.addTo(daemon, "", 64).with(TWO_KEYS.variable("API_KEY"), name);
        ROTATED.addTo(daemon, Files.writeString(folder.resolve(name), "old-key"), 2);
        STOPPED.addTo(daemon, "", 4);
        ASKED.addTo(daemon, "", 4);
        LATE.addTo(daemon, "", 64).with(LATE.variable("API_KEY"), lateKey);
        return daemon;
    }

    @AfterAll
    static void stop() {
        RIG.close();
        List.of(MENDED, TWO_KEYS, ROTATED, STOPPED, ASKED, LATE).forEach(RigAccount::close);
    }

    @Test
    void a_refused_key_that_is_mended_at_alohub_is_found_by_a_probe_one_at_a_time() {
        MENDED.insertMany(100);
        MENDED.awaitState("KEY_REJECTED");
        MENDED.awaitLeased(1);
        int before = MENDED.probes();
        String from = RIG.database.one("SELECT clock_timestamp()");
        Await.until("some probes are made", () -> MENDED.probes() >= before + 4);
        assertTrue(MENDED.hasSpentNoAttempt());
        List<String> together = RIG.database.column(
                "SELECT 1 FROM alohub.delivery_attempt a JOIN alohub.delivery_attempt b ON b.id > a.id AND"
                        + " b.started_at < a.started_at + make_interval(secs => 0.2) AND b.account = a.account"
                        + " WHERE a.account = 'mended' AND least(a.started_at, b.started_at) > '" + from + "'");
        assertEquals(List.of(), together, "two probes at a time");
        MENDED.alohub.takeKeys(Simulator.KEY);
        MENDED.awaitDelivered(100);
        MENDED.awaitState("ACTIVE");
    }

    @Test
    void two_refused_keys_do_not_recover_the_breaker_for_each_other() {
        TWO_KEYS.insertMany(500);
        Await.until("both keys are known to be refused", () -> TWO_KEYS.number("cardinality(refused_keys)") == 2);
        TWO_KEYS.awaitLeased(1);
        int probes = TWO_KEYS.probes();
        RIG.awaitStatus(TWO_KEYS.insert("0868793800"), "PENDING"); // the loops turn, and no call but probes goes out
        Await.until("some probes are refused as well", () -> TWO_KEYS.probes() >= probes + 4);
        int calls = TWO_KEYS.calls();
        assertTrue(calls <= 128 + TWO_KEYS.probes(), calls + " calls, a burst of each at most, and probes");
        assertEquals("KEY_REJECTED", TWO_KEYS.state());
        assertTrue(TWO_KEYS.hasSpentNoAttempt());
    }

    @Test
    void a_replica_with_an_old_key_does_not_trip_the_breaker_for_the_others() throws Exception {
        ROTATED.insertMany(50);
        ROTATED.awaitDelivered(50);
        Files.writeString(folder.resolve("second"), "new-key");
        Await.until("the new key is in use", () -> {
            ROTATED.insert("0868793" + (100 + ROTATED.calls() % 900));
            return ROTATED.callsWith("new-key") > 0;
        });
        Await.until("and known", () -> ROTATED.number("(accepted_key IS NOT NULL)::integer") == 1);
        ROTATED.alohub.takeKeys("new-key");
        ROTATED.insertMany("09124", 1000);
        Await.until(
                "all are delivered",
                () -> ROTATED.customersThatAre("status = 'DELIVERED'") >= 1050
                        && ROTATED.customersThatAre("status <> 'DELIVERED'") == 0);
        assertTrue(
                second.output().stream().noneMatch(line -> line.contains("Account rotated: KEY_REJECTED")),
                "it went on");
        assertTrue(ROTATED.hasSpentNoAttempt());
        Files.writeString(folder.resolve("first"), "new-key");
        RIG.awaitStatus(ROTATED.insert("0868793099"), "DELIVERED");
        assertTrue(first.isAlive());
    }

    @Test
    void a_person_pauses_and_resumes_on_every_replica_within_a_poll() {
        STOPPED.alohub.behave(call -> Reply.success().after(Duration.ofMillis(20)));
        STOPPED.insertMany(1000);
        Await.until("calls are made", () -> STOPPED.calls() > 100);
        RIG.database.execute("SELECT alohub.pause('stopped', 'kiểm kê')");
        assertEquals("PAUSED", STOPPED.state());
        assertEquals("kiểm kê", STOPPED.status("reason"));
        assertEquals("postgres", STOPPED.status("by"));
        STOPPED.awaitLeased(0);
        int paused = STOPPED.calls();
        RIG.awaitStatus(STOPPED.insert("0868793800"), "PENDING"); // the loops turn
        assertEquals(paused, STOPPED.calls());
        assertTrue(STOPPED.hasSpentNoAttempt());
        RIG.database.execute("SELECT alohub.resume('stopped', 'xong')");
        STOPPED.awaitDelivered(1001);
    }

    @Test
    void two_replicas_keep_a_pause_that_one_of_them_was_asked_for() {
        ASKED.alohub.behave(call -> ASKED.alohub.callCount() == 100
                ? Reply.throttled("4")
                : Reply.success().after(Duration.ofMillis(20)));
        ASKED.insertMany(1000);
        ASKED.awaitDelivered(1000);
        List<Simulator.Call> calls = ASKED.alohub.calls();
        Instant asked = calls.get(99).at();
        long inside = calls.stream()
                .filter(call ->
                        call.at().isAfter(asked.plusMillis(2_000)) && call.at().isBefore(asked.plusMillis(3_990)))
                .count();
        assertEquals(0, inside, "calls inside the pause, but for the moment in which it becomes known");
    }

    @Test
    void a_late_refusal_of_an_old_key_does_not_end_a_pause() {
        AtomicInteger withNewKey = new AtomicInteger();
        LATE.alohub.behave(call -> "old-key".equals(call.headers().get("Authorization"))
                ? Reply.error(401, "UNAUTHORIZED", "expired").after(Duration.ofMillis(900))
                : withNewKey.incrementAndGet() > 40
                        ? Reply.throttled("4")
                        : Reply.success().after(Duration.ofMillis(30)));
        LATE.insertMany(160);
        LATE.awaitState("THROTTLED");
        Await.until("the old key is known to be refused", () -> LATE.number("cardinality(refused_keys)") == 1);
        assertEquals("THROTTLED", LATE.state());
        LATE.alohub.behave(call -> "old-key".equals(call.headers().get("Authorization"))
                ? Reply.error(401, "UNAUTHORIZED", "expired")
                : Reply.success());
        LATE.awaitDelivered(160);
    }
}
