package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Half an hour in which Alohub fails, and half an hour in which it hangs: in a sixtieth of the
 * time.
 */
class OutageProof {

    /**
     * @param leastOfRate the share of the rate that the busiest second of the drain must reach
     * @param mostOfRate  and may reach where the calls arrive: on a busy machine some arrive
     *                    together
     */
    record Size(Duration halfAnHour, int customers, int rate, double leastOfRate, double mostOfRate) {}

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void ten_thousand_customers_outlive_an_outage_and_are_drained_at_the_rate() throws Exception {
        outage(rig, new Size(Duration.ofSeconds(30), 10_000, 400, 0.9, 1.2));
    }

    static void outage(Rig rig, Size size) throws Exception {
        rig.alohub.behave(call -> Reply.error(500, "FAIL", "internal error"));
        Daemon.Builder replica = rig.daemon()
                .with("ALOHUB_RATE", size.rate + "/1s")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "400ms")
                .with("ALOHUB_DELIVERY_QUARANTINE", "1s")
                .with("ALOHUB_DELIVERY_MAX_ATTEMPTS", "3")
                .with("ALOHUB_BREAKER_RAMP", "2s");
        rig.startAll(replica, replica);
        rig.database.execute("INSERT INTO alohub.customer_outbox (phone, name) SELECT '0912' || lpad(i::text, 6, '0'),"
                + " 'Khách ' || i FROM generate_series(1, " + size.customers + ") i");
        rig.awaitState("UNREACHABLE");
        LockSupport.parkNanos(size.halfAnHour.toNanos());
        long failed = rig.alohub.callCount();
        rig.alohub.behave(call -> Reply.fault(Reply.Fault.HANG));
        LockSupport.parkNanos(size.halfAnHour.toNanos());
        long hung = rig.alohub.callCount() - failed;
        long probes = size.halfAnHour.dividedBy(Duration.ofMillis(500));
        System.out.printf("%d calls failed, %d hung; a probe every 500 ms would be %d%n", failed, hung, probes);
        assertTrue(failed <= probes + 2 * (128 + 64), failed + " calls failed");
        assertTrue(hung <= probes + 64, hung + " calls hung");
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status = 'DEAD'"));
        Instant well = Instant.now();
        rig.alohub.behave(call -> Reply.success());
        Await.until(
                "all are delivered",
                Duration.ofSeconds(120),
                () -> rig.database
                        .one("SELECT (SELECT count(*) FROM alohub.due) + (SELECT count(*) FROM alohub.merge_leased)")
                        .equals("0"));
        assertEquals("0", rig.database.one("SELECT count(*) FROM alohub.sync_status WHERE status <> 'DELIVERED'"));
        TreeMap<Long, Integer> perSecond = new TreeMap<>();
        List<Simulator.Call> calls = rig.alohub.calls();
        calls.stream()
                .filter(call -> call.at().isAfter(well))
                .forEach(call ->
                        perSecond.merge(Duration.between(well, call.at()).toSeconds(), 1, Integer::sum));
        System.out.printf("after the outage, calls in each second: %s%n", perSecond.values());
        int peak = perSecond.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        assertTrue(peak <= size.mostOfRate * size.rate, "a peak of " + peak);
        assertTrue(peak >= size.leastOfRate * size.rate, "a peak of " + peak);
    }
}
