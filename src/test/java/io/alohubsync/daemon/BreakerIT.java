package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * While an account fails, no customer spends an attempt or becomes DEAD. Two daemons with settings
 * of their own have an account for each test; with the settings of all tests it is
 * {@link FailingAccountsIT}, with two replicas {@link ReplicasBreakerIT}.
 */
@Execution(ExecutionMode.CONCURRENT)
class BreakerIT {

    /**
     * Hardly a probe comes, and a slow machine's first answers are in time: calls can be counted.
     */
    private static final Rig PATIENT = new Rig();

    private static final RigAccount KEY = new RigAccount(PATIENT, "key");
    private static final RigAccount FAILING = new RigAccount(PATIENT, "failing");
    private static final RigAccount LIMITED = new RigAccount(PATIENT, "limited");
    private static final RigAccount ONE_LIMITED = new RigAccount(PATIENT, "onelimited");
    private static final RigAccount SOME_BAD = new RigAccount(PATIENT, "somebad");
    private static final RigAccount BLOCK = new RigAccount(PATIENT, "block");
    private static final RigAccount REFUSING_SOME = new RigAccount(PATIENT, "refusingsome");

    /** Calls that are not answered end soon, and who failed waits for a second. */
    private static final Rig OUTAGES = new Rig();

    private static final RigAccount HANGING = new RigAccount(OUTAGES, "hanging");
    private static final RigAccount PARTIAL = new RigAccount(OUTAGES, "partial");

    @TempDir
    private static Path folder;

    private static Path keyFile;
    private static Daemon patient;

    @BeforeAll
    static void start() throws Exception {
        keyFile = Files.writeString(folder.resolve("key"), "an-old-key\n");
        Daemon.Builder calm = PATIENT.daemon()
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "20s")
                .with("ALOHUB_BREAKER_RAMP", "8s")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "20s")
                .with("ALOHUB_DELIVERY_LEASE", "30s")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "3");
        KEY.addTo(calm, keyFile, 64);
        LIMITED.addTo(calm, "", 64);
        ONE_LIMITED.addTo(calm, "", 64);
        for (RigAccount each : List.of(FAILING, SOME_BAD, BLOCK, REFUSING_SOME)) {
            each.addTo(calm, "", 8);
        }
        Daemon.Builder quick = OUTAGES.daemon()
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "500ms")
                .with("ALOHUB_DELIVERY_QUARANTINE", "1s")
                .with("ALOHUB_DELIVERY_BACKOFF_MIN", "1s")
                .with("ALOHUB_DELIVERY_BACKOFF_MAX", "1s");
        HANGING.addTo(quick, "", 8);
        PARTIAL.addTo(quick, "", 8);
        patient = PATIENT.start(calm);
        OUTAGES.start(quick);
    }

    @AfterAll
    static void stop() {
        PATIENT.close();
        OUTAGES.close();
        List.of(KEY, FAILING, LIMITED, ONE_LIMITED, SOME_BAD, BLOCK, REFUSING_SOME, HANGING, PARTIAL)
                .forEach(RigAccount::close);
    }

    @Test
    void a_refused_key_trips_the_breaker_and_a_replaced_key_file_recovers_it() throws Exception {
        KEY.insertMany(300);
        KEY.awaitState("KEY_REJECTED");
        KEY.awaitLeased(0);
        assertTrue(KEY.calls() <= 64 + KEY.probes(), KEY.calls() + " calls with a refused key");
        assertTrue(KEY.hasSpentNoAttempt());
        assertTrue(KEY.status("reason").contains("refuses the key"));
        assertTrue(KEY.status("needs").startsWith("Replace the key"));
        Files.writeString(keyFile, "\n");
        Await.until(
                "an empty file is complained of",
                () -> patient.output().stream().anyMatch(line -> line.contains("is empty")));
        Path next = Files.writeString(folder.resolve("next"), "  " + Simulator.KEY + "  \n");
        Files.move(next, keyFile, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        KEY.awaitDelivered(300);
        KEY.awaitState("ACTIVE");
    }

    @Test
    void a_limiter_that_answers_503_and_names_no_time_costs_no_attempt() {
        long interval = Duration.ofMillis(50).toNanos();
        AtomicLong free = new AtomicLong(System.nanoTime());
        LIMITED.alohub.behave(call -> {
            long now = System.nanoTime();
            if (now - free.get() < 0) {
                return Reply.status(503);
            }
            free.set(now + interval);
            return Reply.success();
        });
        LIMITED.insertMany(120);
        LIMITED.awaitDelivered(120);
        assertTrue(LIMITED.calls() <= 240, LIMITED.calls() + " calls for 120 customers");
        assertEquals(0, LIMITED.attemptsThat("outcome = 'THROTTLED' AND attempt > 2"));
        assertEquals(0, LIMITED.customersThatAre("attempts > 2"));
    }

    @Test
    void a_customer_that_is_always_throttled_does_not_stop_the_others() {
        AtomicInteger throttled = new AtomicInteger();
        String[] first = new String[1];
        ONE_LIMITED.alohub.behave(call -> {
            synchronized (first) {
                first[0] = first[0] == null ? call.phone() : first[0];
            }
            return call.phone().equals(first[0]) && throttled.incrementAndGet() > 0
                    ? Reply.error(429, "RATE_LIMIT_EXCEEDED", "this lead changes too often")
                    : Reply.success();
        });
        ONE_LIMITED.insertMany(60);
        ONE_LIMITED.awaitDelivered(59);
        assertTrue(throttled.get() <= 4, throttled + " calls for it");
        assertEquals(0, ONE_LIMITED.customersThatAre("attempts > 0 AND status <> 'DELIVERED'"));
    }

    @Test
    void sustained_errors_trip_the_breaker_and_their_attempts_are_refunded() {
        FAILING.alohub.behave(call -> Reply.error(500, "FAIL", "internal error"));
        FAILING.insertMany(500);
        FAILING.awaitState("UNREACHABLE");
        FAILING.awaitSettled();
        assertTrue(FAILING.calls() <= 20 + 8 + 3, FAILING.calls() + " calls: twenty, those in flight, and probes");
        assertTrue(FAILING.hasSpentNoAttempt());
        assertTrue(FAILING.status("reason").contains("HTTP 500"));
        FAILING.alohub.behave(call -> Reply.success());
        FAILING.awaitDelivered(500);
        FAILING.awaitState("ACTIVE");
    }

    @Test
    void an_account_where_nothing_answers_trips_the_breaker_too() {
        HANGING.alohub.behave(call -> Reply.fault(Reply.Fault.HANG));
        HANGING.insertMany(300);
        HANGING.awaitState("UNREACHABLE");
        HANGING.awaitSettled();
        assertTrue(HANGING.hasSpentNoAttempt());
        HANGING.alohub.behave(call -> Reply.success());
        HANGING.awaitDelivered(300);
    }

    @Test
    void customers_that_fail_for_themselves_are_dead_and_the_breaker_does_not_trip() {
        SOME_BAD.alohub.behave(call -> call.phone().endsWith("7") ? Reply.businessFailure() : Reply.success());
        SOME_BAD.insertMany(400);
        SOME_BAD.awaitDelivered(360);
        Await.until("forty are dead", () -> SOME_BAD.customersThatAre("status = 'DEAD' AND attempts = 3") == 40);
    }

    /** As a firewall does whom a name displeases, or a CRM that keeps some phones for other keys. */
    @Test
    void customers_that_are_refused_as_an_account_is_are_dead_in_the_end_and_the_others_are_delivered() {
        REFUSING_SOME.alohub.behave(call -> switch (call.phone()) {
            case "0912300401" -> Reply.error(401, "UNAUTHORIZED", "no");
            case "0912300402" -> Reply.status(402);
            case "0912300403" -> Reply.bytes(403, "text/html", "<h1>Forbidden</h1>".getBytes(StandardCharsets.UTF_8));
            case "0912300404" -> Reply.status(404);
            case "0912300405" -> Reply.status(405);
            default -> Reply.success();
        });
        for (int status = 401; status <= 405; status++) {
            REFUSING_SOME.insert("0912300" + status);
        }
        AtomicInteger good = new AtomicInteger();
        Await.until("the refused ones are dead, as others are accepted", Duration.ofMinutes(2), () -> {
            REFUSING_SOME.insert(String.format("09125%05d", good.incrementAndGet()));
            return REFUSING_SOME.customersThatAre("status = 'DEAD' AND error LIKE '%others are accepted%'") == 5;
        });
        REFUSING_SOME.awaitDelivered(good.get());
        REFUSING_SOME.awaitState("ACTIVE");
    }

    @Test
    void good_customers_get_through_behind_a_block_that_fails_with_a_2xx() {
        BLOCK.alohub.behave(call -> call.phone().startsWith("09123") ? Reply.businessFailure() : Reply.success());
        BLOCK.insertMany(200);
        BLOCK.awaitState("UNREACHABLE");
        BLOCK.insertMany("09124", 300);
        BLOCK.awaitDelivered(300);
        AtomicInteger later = new AtomicInteger();
        Await.until(
                "those that fail for themselves are dead in the end, with Alohub's words, as others are accepted",
                Duration.ofMinutes(2),
                () -> {
                    BLOCK.insert(String.format("09125%05d", later.incrementAndGet()));
                    return BLOCK.customersThatAre("status = 'DEAD' AND error LIKE '%SỰ CỐ%'") == 200;
                });
    }

    @Test
    void an_outage_that_began_as_a_partial_one_makes_no_customer_dead() {
        PARTIAL.alohub.behave(call -> Math.floorMod(call.phone().hashCode() * 31L + call.count() * 7, 5) < 2
                ? Reply.success()
                : Reply.error(500, "FAIL", "partial outage"));
        PARTIAL.insertMany(300);
        Await.until("many calls failed", () -> PARTIAL.calls() > 200);
        PARTIAL.alohub.behave(call -> Reply.error(500, "FAIL", "dead"));
        PARTIAL.awaitState("UNREACHABLE");
        Await.until("some probes failed", () -> PARTIAL.probes() >= 3);
        assertEquals(0, PARTIAL.customersThatAre("status = 'DEAD'"));
        PARTIAL.alohub.behave(call -> Reply.success());
        PARTIAL.awaitDelivered(300);
    }
}
