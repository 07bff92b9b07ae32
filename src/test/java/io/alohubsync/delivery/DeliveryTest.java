package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.alohubsync.account.GateCause;
import io.alohubsync.account.GateChange;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement.Verdict;
import io.alohubsync.phone.Phone;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A result comes always, and once, whatever is thrown on the way. */
class DeliveryTest {

    private static final Duration QUARANTINE = Duration.ofSeconds(60);

    private final Claimed customer =
            new Claimed(1, 1, new Phone("+84868793800"), "Bằng", null, 1, 0, false, false, false);
    private final List<Delivery.Result> results = new ArrayList<>();
    private boolean gateThrows;

    private final GateSide gate = new GateSide() {
        @Override
        public void learn(GateChange change) {}

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public GateCause closedBy() {
            return null;
        }

        @Override
        public boolean closedByAnswers() {
            return false;
        }

        @Override
        public boolean acceptedLately() {
            return false;
        }

        @Override
        public boolean acceptedAnother(long customer) {
            return false;
        }

        @Override
        public boolean acceptedSinceOpen() {
            if (gateThrows) {
                throw new IllegalStateException("a fault of ours");
            }
            return false;
        }
    };

    private void deliver(Delivery.Meter meter, CallTraces traces) {
        // Traces that fail at once spare the test a client: what follows is decided as it is after any answer.
        new Delivery(
                        PhoneFormat.NATIONAL,
                        new RetryPolicy(12, Duration.ofSeconds(5), Duration.ofHours(1), QUARANTINE, () -> 0, "test"),
                        new Streak(64),
                        gate,
                        meter,
                        InstantSource.system(),
                        () -> 0,
                        traces)
                .deliver(customer, null, 1, results::add);
    }

    private void assertUnknown() {
        assertEquals(1, results.size());
        Delivery.Result result = results.getFirst();
        assertInstanceOf(Outcome.Unknown.class, result.outcome());
        assertEquals(Verdict.WAITING, result.settlement().verdict());
        assertEquals(QUARANTINE, result.settlement().pause());
    }

    private static CallTraces failing() {
        return untraced -> {
            throw new IllegalStateException("a fault of ours");
        };
    }

    @Test
    void a_fault_while_it_is_decided_is_an_unknown_outcome() {
        gateThrows = true;
        deliver((outcome, duration) -> {}, failing());
        assertUnknown();
    }

    @Test
    void a_figure_that_can_not_be_kept_changes_nothing() {
        deliver(
                (outcome, duration) -> {
                    throw new IllegalStateException("a fault of ours");
                },
                failing());
        assertUnknown();
    }
}
