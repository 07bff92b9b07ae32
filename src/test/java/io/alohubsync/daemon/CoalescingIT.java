package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.demo.Simulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many rows of few customers: two threads merge, and meet at every one of them. */
class CoalescingIT {

    private static final int ROWS = 10_000;
    private static final int CUSTOMERS = 40;

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_newest_value_of_each_is_delivered_in_few_calls_and_no_row_waits_for_a_poll() throws Exception {
        rig.start(rig.daemon().with("ALOHUB_POLL_INTERVAL", "60s"));
        rig.database.execute("INSERT INTO alohub.customer_outbox (phone, name)"
                + " SELECT '09123456' || lpad((i % " + CUSTOMERS + ")::text, 2, '0'), 'Khách ' || i"
                + " FROM generate_series(1, " + ROWS + ") i");
        Await.until(
                "every row has come to its merge_status",
                Duration.ofSeconds(55), // less than the poll
                () -> rig.database.one("SELECT count(*) FROM alohub.due").equals("0")
                        && rig.database
                                .one("SELECT count(*) FROM alohub.outbox_status WHERE status IN ('DELIVERED',"
                                        + " 'SUPERSEDED')")
                                .equals(String.valueOf(ROWS)));
        for (int i = 0; i < CUSTOMERS; i++) {
            List<Simulator.Call> calls = rig.alohub.calls(String.format("09123456%02d", i));
            int newest = i == 0 ? ROWS : ROWS - CUSTOMERS + i;
            assertEquals("Khách " + newest, calls.getLast().lead().getString("name"));
        }
        assertEquals("0", rig.database.one("SELECT alohub.recount()"));
        assertTrue(rig.alohub.calls().size() < ROWS / 10);
    }
}
