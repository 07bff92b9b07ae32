package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.loop.WakeUp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = 1;
    private final Capacity capacity = new Capacity(64, Duration.ofSeconds(2), false, now, new WakeUp());

    /** So many calls a second, for a while. */
    private void pace(int calls) {
        for (int second = 0; second < 30; second++) {
            for (int call = 0; call < calls; call++) {
                capacity.called();
            }
            now += SECOND;
            capacity.claimable(now, 0);
        }
    }

    @Test
    void without_a_pace_there_is_room_for_one_customer_for_each_call_at_a_time() {
        assertEquals(64, capacity.takeForClaim(now, 0));
        assertEquals(0, capacity.takeForClaim(now, 0));
        assertEquals(0, capacity.takeForMerge(now, true));
    }

    @Test
    void at_a_pace_as_many_more_as_start_within_half_of_s() {
        pace(500);
        assertEquals(564, capacity.claimable(now, 0), 1);
    }

    @Test
    void a_merge_takes_what_is_ahead_only_if_nobody_waits_for_a_claim() {
        pace(500);
        assertEquals(64, capacity.takeForMerge(now, false));
        assertEquals(0, capacity.takeForMerge(now, false));
        assertEquals(500, capacity.takeForMerge(now, true), 1);
        assertEquals(0, capacity.takeForClaim(now, 0), "claim and merge share it");
    }

    @Test
    void what_came_to_nothing_is_free_again() {
        int taken = capacity.takeForMerge(now, true);
        capacity.free(taken);
        assertEquals(64, capacity.takeForClaim(now, 0));
    }

    @Test
    void customers_that_are_kept_back_take_no_place_up_to_a_bound() {
        for (int i = 0; i < 4010; i++) {
            capacity.takeForProbe();
        }
        capacity.keepBack(4010);
        assertEquals(10, capacity.busy());
        assertEquals(54, capacity.claimable(now, 0));
        assertEquals(54, capacity.takeForMerge(now, false));
        assertEquals(4064, capacity.unsettled());
    }

    @Test
    void a_merge_waits_while_a_quarter_is_not_free() {
        pace(500);
        assertEquals(564, capacity.leasable(now), 1);
        capacity.takeForMerge(now, true);
        assertEquals(0, capacity.leasable(now));
        capacity.free(100);
        assertEquals(0, capacity.leasable(now));
        capacity.free(50);
        assertEquals(150, capacity.leasable(now));
    }
}
