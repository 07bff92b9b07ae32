package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.loop.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnsettledLeasesTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final UnsettledLeases leases = new UnsettledLeases();

    private Lease lease(int customers) {
        Lease lease = new Lease(new Moment(0, 0), Duration.ZERO, Duration.ZERO);
        lease.add(customers);
        leases.add(lease);
        return lease;
    }

    @Test
    void customers_are_forgotten_a_minute_after_the_end_of_their_lease() {
        lease(1);
        assertFalse(leases.haveStuckCustomers(MINUTE));
        assertTrue(leases.haveStuckCustomers(MINUTE + 1));
    }

    @Test
    void a_lease_is_over_when_its_last_customer_is_settled() {
        Lease lease = lease(2);
        lease.settledOne();
        assertTrue(leases.haveStuckCustomers(2 * MINUTE));
        lease.settledOne();
        assertFalse(leases.haveStuckCustomers(2 * MINUTE));
    }

    @Test
    void one_that_is_forgotten_is_found_behind_many_others() {
        for (int i = 0; i < 2000; i++) {
            lease(1).settledOne();
        }
        lease(1);
        for (int i = 0; i < 2000; i++) {
            lease(1).settledOne();
        }
        assertTrue(leases.haveStuckCustomers(2 * MINUTE));
    }
}
