package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not depend on how many customers there are. */
class MillionsProof {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    /**
     * Customers at rest, and as many of them as wait, as merges and settles would have left them.
     */
    private static void fill(Rig rig, int customers, int waiting) {
        rig.database.execute(
                "INSERT INTO alohub.customer (account, phone, name, name_row, name_revision, delivered_revision, delivered_at)"
                        + " SELECT 'default', '+849' || lpad(i::text, 8, '0'), 'Khách ' || i, i, 1, (i > " + waiting
                        + ")::integer, CASE WHEN i > " + waiting + " THEN now() END FROM generate_series(1, "
                        + customers
                        + ") i");
        rig.database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision) SELECT id, account, 1"
                + " FROM alohub.customer WHERE delivered_revision = 0 ORDER BY id");
        rig.database.execute("VACUUM ANALYZE");
    }

    @Test
    void one_at_priority_ten_goes_before_a_million_at_zero() throws Exception {
        urgentBefore(rig, 1_000_000);
    }

    static void urgentBefore(Rig rig, int others) throws Exception {
        Daemon daemon = rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.alohub.behave(call -> Reply.success().after(Duration.ofMillis(100)));
        rig.database.execute("SELECT alohub.pause()");
        fill(rig, others, others);
        rig.database.execute("SELECT alohub.resume()");
        Await.until("the others are under way", () -> rig.alohub.callCount() > 20);
        long before = rig.alohub.callCount();
        rig.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, priority) VALUES ('0868793800', 'Landing page', 10)");
        Await.until("it is called", () -> !rig.alohub.calls("0868793800").isEmpty());
        long called =
                rig.alohub.calls().stream().map(call -> call.phone()).toList().indexOf("0868793800") - before;
        System.out.printf("one at priority 10: %d of %d others were called before it%n", called, others);
        assertTrue(called <= 60, called + " were called before it"); // what was claimed already, 40 calls a second
        assertTrue(daemon.isAlive());
    }

    @Test
    void the_metrics_of_ten_million_customers_answer_at_once() throws Exception {
        metrics(rig, 10_000_000, 1_000_000, 50);
    }

    static void metrics(Rig rig, int customers, int waiting, int mostMillis) throws Exception {
        Daemon daemon = rig.start();
        rig.database.execute("SELECT alohub.pause()");
        long begun = System.nanoTime();
        fill(rig, customers, waiting);
        System.out.printf(
                "filled in %d s%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        Await.until(
                "the sample is taken",
                Duration.ofSeconds(120),
                () -> daemon.get("/q/metrics")
                        .body()
                        .contains("alohub_sync_customers{account=\"default\",status=\"DELIVERED\"} "
                                + (double) (customers - waiting)));
        long[] millis = new long[50];
        for (int i = 0; i < millis.length; i++) {
            long asked = System.nanoTime();
            assertEquals(200, daemon.get("/q/metrics").statusCode());
            millis[i] = Duration.ofNanos(System.nanoTime() - asked).toMillis();
        }
        Arrays.sort(millis);
        System.out.printf(
                "/q/metrics with %d customers: median %d ms, most %d ms%n", customers, millis[25], millis[49]);
        assertTrue(millis[49] < mostMillis, millis[49] + " ms");
        begun = System.nanoTime();
        assertEquals("0", rig.database.one("SELECT alohub.recount()"));
        System.out.printf(
                "recount of them: %d ms%n",
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
}
