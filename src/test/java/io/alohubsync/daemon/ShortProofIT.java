package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Mode;
import io.alohubsync.demo.Tour;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The proofs of the profile {@code proof} with fewer customers and less time, so that the usual
 * suite runs their code too.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShortProofIT {

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void customers_outlive_an_outage_and_are_drained_at_the_rate() throws Exception {
        OutageProof.outage(rig, new OutageProof.Size(Duration.ofSeconds(2), 300, 100, 0.3, 1.8));
    }

    @Test
    void two_replicas_keep_one_rate() throws Exception {
        // A busy machine may hold calls back for up to send-by, a second here, and make them beside
        // those of the next one.
        RateProof.together(rig, 2, Duration.ofSeconds(3), new RateProof.Bounds(0.2, 105));
    }

    @Test
    void an_urgent_customer_goes_before_many_others() throws Exception {
        MillionsProof.urgentBefore(rig, 5_000);
    }

    @Test
    void the_metrics_of_many_customers_answer_at_once() throws Exception {
        MillionsProof.metrics(rig, 20_000, 5_000, 1_000);
    }

    @Test
    void what_the_intake_acknowledged_outlives_kills() throws Exception {
        IntakeKillProof.kills(rig, 2, 100);
    }

    @Test
    void the_tour_shows_a_state_for_each_mode() throws Exception {
        Set<String> states = Tour.run(
                TestDatabase.Server.get(), rig.database.url(), EnumSet.of(Mode.REFUSING_KEY), QuickStart.options());
        assertTrue(states.containsAll(List.of("ACTIVE", "KEY_REJECTED", "RECOVERING", "PAUSED")), states.toString());
    }
}
