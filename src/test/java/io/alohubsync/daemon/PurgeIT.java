package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.demo.Daemon;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the packaged daemon deletes by itself. */
@Execution(ExecutionMode.CONCURRENT)
class PurgeIT {

    private final HotPath path = new HotPath();
    private final Rig rig = new Rig(path.database);

    @AfterEach
    void stop() {
        rig.close();
    }

    private String count(String table) {
        return rig.database.one("SELECT count(*) FROM alohub." + table);
    }

    /** Customers are delivered, then all of it was so long ago, and the next pass is due. */
    private void deliverAndAge(int customers, String interval) throws Exception {
        rig.insertMany(customers);
        path.merge();
        path.deliverAll();
        rig.database.execute("UPDATE alohub.customer_outbox SET merged_at = merged_at - interval '" + interval + "'");
        rig.database.execute("UPDATE alohub.customer SET delivered_at = delivered_at - interval '" + interval + "'");
        rig.database.execute(
                "UPDATE alohub.delivery_attempt SET started_at = started_at - interval '" + interval + "'");
        rig.database.execute("UPDATE alohub.retention SET next_at = now()");
    }

    @Test
    void two_replicas_delete_what_is_old_and_count_it_once() throws Exception {
        deliverAndAge(2500, "31 days");
        List<Daemon> replicas = rig.startAll(rig.daemon(), rig.daemon());
        Daemon one = replicas.getFirst();
        Daemon two = replicas.getLast();
        long fresh = rig.database.insert("0868793800", "Khách", null);
        Await.until(
                "the old is gone",
                () -> count("customer_outbox").equals("1")
                        && count("delivery_attempt").equals("1"));
        rig.awaitStatus(fresh, "DELIVERED");
        Await.until(
                "what is gone is counted",
                () -> purged(one, "customer_outbox") + purged(two, "customer_outbox") == 2500
                        && purged(one, "delivery_attempt") + purged(two, "delivery_attempt") == 2500);
        assertEquals("2501", count("customer"));
        assertEquals("0", rig.database.one("SELECT alohub.recount()"));
        assertTrue(one.get("/q/metrics").body().contains("alohub_sync_loop_age_seconds{loop=\"purge\"}"));
        one.terminate();
        assertEquals(0, one.awaitExit(20));
        assertTrue(
                one.output().stream().noneMatch(line -> line.contains("Ended after")),
                "the loop that rests does not hold up the stop until it is forced");
    }

    @Test
    void what_is_kept_for_ever_is_kept_and_a_purge_that_fails_hinders_nothing() throws Exception {
        deliverAndAge(10, "31 days");
        rig.database.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;"
                        + " CREATE TRIGGER refuse BEFORE DELETE ON alohub.delivery_attempt EXECUTE FUNCTION refuse()");
        Daemon daemon = rig.start(rig.daemon().with("ALOHUB_RETENTION_OUTBOX", "0"));
        Await.until(
                "the failure is logged",
                () -> daemon.output().stream()
                        .anyMatch(line -> line.contains("The purge of delivery_attempt skips rows")));
        rig.awaitStatus(rig.database.insert("0868793800", "Khách", null), "DELIVERED");
        assertEquals("11", count("customer_outbox"));
        assertEquals("11", count("delivery_attempt"));
        assertEquals(200, daemon.get("/q/health/live").statusCode());
    }

    private static long purged(Daemon daemon, String table) {
        String name = "alohub_sync_purged_total{table=\"" + table + "\"} ";
        return daemon.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .sum();
    }
}
