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

    /** Customers at rest, and as many of them as wait, as merges and settles would have left them. */
    private void fill(int customers, int waiting) {
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
        Daemon daemon = rig.start(rig.daemon().with("ALOHUB_CONCURRENCY", "4"));
        rig.alohub.behave(call -> Reply.success().after(Duration.ofMillis(100)));
        rig.database.execute("SELECT alohub.pause()");
        fill(1_000_000, 1_000_000);
        rig.database.execute("SELECT alohub.resume()");
        Await.until("the million is under way", () -> rig.alohub.callCount() > 20);
        long before = rig.alohub.callCount();
        rig.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, priority) VALUES ('0868793800', 'Landing page', 10)");
        Await.until("it is called", () -> !rig.alohub.calls("0868793800").isEmpty());
        long others =
                rig.alohub.calls().stream().map(call -> call.phone()).toList().indexOf("0868793800") - before;
        System.out.printf("one at priority 10: %d others of a million were called before it%n", others);
        assertTrue(others <= 60, others + " were called before it"); // what was claimed already, 40 calls a second
        assertTrue(daemon.isAlive());
    }

    @Test
    void the_metrics_of_ten_million_customers_answer_at_once() throws Exception {
        Daemon daemon = rig.start();
        rig.database.execute("SELECT alohub.pause()");
        long begun = System.nanoTime();
        fill(10_000_000, 1_000_000);
        System.out.printf(
                "filled in %d s%n", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        Await.until(
                "the sample is taken",
                Duration.ofSeconds(120),
                () -> daemon.get("/q/metrics")
                        .body()
                        .contains("alohub_sync_customers{account=\"default\",status=\"DELIVERED\"} 9000000.0"));
        long[] millis = new long[50];
        for (int i = 0; i < millis.length; i++) {
            long asked = System.nanoTime();
            assertEquals(200, daemon.get("/q/metrics").statusCode());
            millis[i] = Duration.ofNanos(System.nanoTime() - asked).toMillis();
        }
        Arrays.sort(millis);
        System.out.printf("/q/metrics with 10 million customers: median %d ms, most %d ms%n", millis[25], millis[49]);
        assertTrue(millis[49] < 50, millis[49] + " ms");
        begun = System.nanoTime();
        assertEquals("0", rig.database.one("SELECT alohub.recount()"));
        System.out.printf(
                "recount of them: %d ms%n",
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
}
