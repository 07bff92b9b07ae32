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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken account burns no customer. */
class GateIT {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void assertNobodyIsBurnt() {
        assertEquals("0", rig.database.one("SELECT coalesce(sum(attempts), 0) FROM alohub.due"));
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
    }

    private void awaitDelivered(int customers) {
        Await.until(
                customers + " customers are delivered",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DELIVERED'")
                        .equals("" + customers));
    }

    @Test
    void a_refused_key_closes_the_gate_and_a_replaced_key_file_opens_it(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "an-old-key\n");
        Daemon daemon = rig.start(rig.daemon()
                .with("ALOHUB_API_KEY", "")
                .with("ALOHUB_API_KEY_FILE", key.toString())
                .with("ALOHUB_GATE_PROBE_INTERVAL", "60s"));
        rig.insertMany(300);
        rig.awaitGate("REFUSED");
        Await.until(
                "the calls in flight are settled",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL")
                        .equals("0"));
        long calls = rig.alohub.callCount();
        assertTrue(calls <= 64, calls + " calls with a refused key");
        assertNobodyIsBurnt();
        assertTrue(rig.database.one("SELECT gate_reason FROM alohub.account").contains("refuses the key"));
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
        assertEquals("OPEN", rig.gate());
    }

    @Test
    void a_refused_key_that_is_mended_at_alohub_is_found_by_a_probe_one_at_a_time() throws Exception {
        rig.alohub.takeKeys("another-key");
        rig.start(rig.daemon().with("ALOHUB_GATE_PROBE_INTERVAL", "300ms"));
        rig.start(rig.daemon().with("ALOHUB_GATE_PROBE_INTERVAL", "300ms"));
        rig.insertMany(100);
        rig.awaitGate("REFUSED");
        Await.until(
                "some probes are made",
                () -> Integer.parseInt(rig.database.one("SELECT probes FROM alohub.account")) >= 4);
        assertNobodyIsBurnt();
        List<String> together = rig.database.column(
                "SELECT 1 FROM alohub.delivery_attempt a JOIN alohub.delivery_attempt b ON b.id > a.id AND b.started_at < a.started_at + make_interval(secs => 0.2)"
                        + " JOIN alohub.account g ON a.started_at > g.gate_since + interval '0.3 s'");
        assertEquals(List.of(), together, "two probes at a time");
        rig.alohub.takeKeys(Simulator.KEY);
        awaitDelivered(100);
        assertEquals("OPEN", rig.gate());
    }

    @Test
    void two_replicas_with_two_refused_keys_do_not_open_the_gate_for_each_other() throws Exception {
        rig.alohub.takeKeys("a-third-key");
        rig.start(rig.daemon().with("ALOHUB_API_KEY", "first").with("ALOHUB_GATE_PROBE_INTERVAL", "60s"));
        rig.start(rig.daemon().with("ALOHUB_API_KEY", "second").with("ALOHUB_GATE_PROBE_INTERVAL", "60s"));
        rig.insertMany(500);
        Await.until(
                "both keys are known to be refused",
                () -> rig.database
                        .one("SELECT cardinality(refused_keys) FROM alohub.account")
                        .equals("2"));
        Await.until(
                "the calls in flight are settled",
                () -> rig.database
                        .one("SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL")
                        .equals("0"));
        rig.awaitFate(
                rig.database.insert("0868793800", "Later", null), "PENDING"); // the loops turn, and nobody is called
        assertTrue(rig.alohub.callCount() <= 128, rig.alohub.callCount() + " calls, a burst of each at most");
        assertEquals("REFUSED", rig.gate());
        assertNobodyIsBurnt();
    }

    @Test
    void an_endpoint_that_is_not_there_closes_the_gate() throws Exception {
        rig.start(rig.daemon().with("ALOHUB_BASE_URL", rig.alohub.url() + "/wrong"));
        rig.insertMany(100);
        rig.awaitGate("MISCONFIGURED");
        assertNobodyIsBurnt();
        assertTrue(rig.database.one("SELECT gate_reason FROM alohub.account").contains("alohub.base-url"));
    }

    @Test
    void a_redirect_closes_the_gate_and_the_key_does_not_follow() throws Exception {
        try (Simulator elsewhere = Simulator.start(0)) {
            rig.alohub.behave(call -> Reply.status(307).with("Location", elsewhere.url() + "/api/crm/lead"));
            rig.start();
            rig.insertMany(100);
            rig.awaitGate("MISCONFIGURED");
            assertEquals(0, elsewhere.callCount());
            assertNobodyIsBurnt();
        }
    }

    @Test
    void an_unreachable_host_closes_the_gate_until_it_is_back() throws Exception {
        int port = rig.alohub.port();
        rig.alohub.close();
        rig.start();
        rig.insertMany(100);
        rig.awaitGate("UNREACHABLE");
        assertNobodyIsBurnt();
        try (Simulator back = Simulator.start(port)) {
            awaitDelivered(100);
            assertEquals(100, back.leads().size());
        }
    }

    @Test
    void a_throttled_account_waits_and_nobody_calls_inside_the_pause() throws Exception {
        rig.alohub.behave(call -> rig.alohub.callCount() <= 64 ? Reply.throttled("3") : Reply.success());
        rig.start();
        rig.insertMany(200);
        rig.awaitGate("THROTTLED");
        awaitDelivered(200);
        assertEquals(
                "0",
                rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE attempts <> 1"),
                "a throttled call spends nothing");
        List<Simulator.Call> calls = rig.alohub.calls();
        long gap = 0;
        for (int i = 1; i < calls.size(); i++) {
            gap = Math.max(
                    gap,
                    Duration.between(calls.get(i - 1).at(), calls.get(i).at()).toMillis());
        }
        assertTrue(gap >= 2_900, "the longest silence was " + gap + " ms");
    }

    @Test
    void throttling_without_a_usable_time_waits_a_second_and_doubles() throws Exception {
        List<String> nonsense = List.of("0", "-5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT");
        rig.alohub.behave(call -> call.count() <= nonsense.size()
                ? Reply.throttled(nonsense.get((int) call.count() - 1))
                : Reply.success());
        rig.start();
        rig.insertMany(1);
        awaitDelivered(1);
        List<Simulator.Call> calls = rig.alohub.calls();
        long[] least = {1_000, 2_000, 4_000, 8_000};
        for (int i = 0; i < least.length; i++) {
            long pause =
                    Duration.between(calls.get(i).at(), calls.get(i + 1).at()).toMillis();
            assertTrue(pause >= least[i], "pause " + (i + 1) + " was " + pause + " ms");
        }
    }
}
