package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Limit;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rates in real time, over several replicas. */
class RateProof {

    private static final Duration LONG = Duration.ofSeconds(20);
    /**
     * What is seen of 50 calls a second where they arrive. Where other tests use the CPU, the
     * daemon gets less of it, and calls that were sent in their slots arrive together.
     *
     * @param least share of the rate
     * @param most  calls in any second
     */
    record Bounds(double least, int most) {}

    private static final Bounds ALONE = new Bounds(0.95, 55);

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Daemon.Builder at(Rig rig, String rate) {
        return rig.daemon().with("ALOHUB_RATE", rate).with("ALOHUB_POLL_INTERVAL", "500ms");
    }

    private static List<Instant> calls(Rig rig) {
        return rig.alohub.calls().stream().map(Simulator.Call::at).sorted().toList();
    }

    private static void sleepUntil(Instant end) {
        LockSupport.parkNanos(Math.max(0, Duration.between(Instant.now(), end).toNanos()));
    }

    private static long between(List<Instant> calls, Instant from, Instant to) {
        return calls.stream()
                .filter(call -> !call.isBefore(from) && call.isBefore(to))
                .count();
    }

    /** Of all windows, not only of those that begin on the second. */
    private static long most(List<Instant> calls, Duration window) {
        long most = 0;
        int first = 0;
        for (int last = 0; last < calls.size(); last++) {
            while (!calls.get(last).isBefore(calls.get(first).plus(window))) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static void report(String what, Duration time, Bounds bounds, long calls, long most) {
        long seconds = time.toSeconds();
        System.out.printf("%s: %d calls in %d s, at most %d in any second%n", what, calls, seconds, most);
        assertTrue(
                calls <= 50 * seconds + 50 && calls >= bounds.least() * 50 * seconds,
                calls + " calls in " + seconds + " s at 50/s");
        assertTrue(most <= bounds.most(), most + " calls in a second at 50/s");
    }

    @Test
    void three_replicas_call_fifty_times_a_second_together() throws Exception {
        together(rig, 3, LONG, ALONE);
    }

    static void together(Rig rig, int replicas, Duration time, Bounds bounds) throws Exception {
        rig.startAll(IntStream.range(0, replicas)
                .mapToObj(i -> at(rig, i == 0 ? "50" : "50/1s"))
                .toArray(Daemon.Builder[]::new));
        rig.insertMany(3000);
        Await.until("calls are made", () -> rig.alohub.callCount() > 10);
        Instant begun = Instant.now();
        sleepUntil(begun.plus(time));
        List<Instant> calls = calls(rig);
        report(
                replicas + " replicas",
                time,
                bounds,
                between(calls, begun, begun.plus(time)),
                most(calls, Duration.ofSeconds(1)));
    }

    @Test
    void a_replica_that_comes_and_one_that_is_killed_change_nothing() throws Exception {
        Daemon killed = rig.start(at(rig, "50/1s"));
        rig.start(at(rig, "50/1s"));
        rig.insertMany(3000);
        Await.until("calls are made", () -> rig.alohub.callCount() > 10);
        Instant begun = Instant.now();
        sleepUntil(begun.plusSeconds(5));
        rig.start(at(rig, "50/1s"));
        sleepUntil(begun.plusSeconds(12));
        killed.kill();
        sleepUntil(begun.plusSeconds(20));
        List<Instant> calls = calls(rig);
        report(
                "one more, one killed",
                LONG,
                ALONE,
                between(calls, begun, begun.plusSeconds(20)),
                most(calls, Duration.ofSeconds(1)));
    }

    @Test
    void a_window_of_ten_seconds_is_never_overdrawn_after_a_quiet_time_either() throws Exception {
        rig.start(at(rig, "300/10s").with("ALOHUB_RATE_BURST", "50"));
        rig.start(at(rig, "300/10s").with("ALOHUB_RATE_BURST", "50"));
        rig.insertMany(40);
        Await.until("the first are delivered", () -> rig.alohub.leads().size() == 40);
        sleepUntil(Instant.now().plusSeconds(3));
        rig.insertMany(1500);
        Instant begun = Instant.now();
        sleepUntil(begun.plusSeconds(25));
        long most = most(calls(rig), Duration.ofSeconds(10));
        System.out.printf("300/10s with a burst of 50: at most %d in any 10 s%n", most);
        assertTrue(most <= 303, most + " calls in 10 s"); // three: what the wire moves
        assertTrue(most >= 270, most + " calls in 10 s");
    }

    @Test
    void without_a_rate_the_daemon_finds_what_alohub_allows() throws Exception {
        Limit limit = new Limit(100, Duration.ofSeconds(10));
        rig.alohub.behave(call -> limit.allows() ? Reply.success() : Reply.throttled(limit.retryAfter()));
        rig.start(rig.daemon().with("ALOHUB_BREAKER_RAMP", "8s"));
        rig.start(rig.daemon().with("ALOHUB_BREAKER_RAMP", "8s"));
        rig.insertMany(5000);
        Await.until("calls are made", () -> rig.alohub.callCount() > 10);
        sleepUntil(Instant.now().plusSeconds(60));
        long calls = rig.alohub.callCount();
        long leads = rig.alohub.leads().size();
        sleepUntil(Instant.now().plusSeconds(100));
        long called = rig.alohub.callCount() - calls;
        long accepted = rig.alohub.leads().size() - leads;
        System.out.printf(
                "found: %d of 1000 allowed calls got through in 100 s, %d of %d were refused, learned %s%n",
                accepted,
                called - accepted,
                called,
                rig.database.one("SELECT round(learned_rate::numeric, 2) FROM alohub.account"));
        assertTrue(accepted >= 900, accepted + " of 1000");
        assertTrue(called - accepted <= 0.02 * called, (called - accepted) + " of " + called + " were refused");
    }
}
