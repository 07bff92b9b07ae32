package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.TripCause;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private final EventQueue events = new EventQueue();

    private static BreakerEvent.Trip trip(TripCause cause) {
        return new BreakerEvent.Trip(cause, "words", Breakers.KEY, BreakerEvent.Evidence.ONE_CALL, List.of());
    }

    @Test
    void events_leave_in_the_order_in_which_calls_have_shown_them_and_stay_until_they_are_removed() {
        BreakerEvent first = new BreakerEvent.OthersAccepted();
        BreakerEvent second = new BreakerEvent.ResetThrottles();
        events.add(first);
        events.add(second);
        assertSame(first, events.first());
        assertSame(first, events.first(), "not written yet");
        events.removeFirst();
        assertSame(second, events.first());
        events.removeFirst();
        assertNull(events.first());
        assertTrue(events.isEmpty());
    }

    @Test
    void the_first_fault_that_is_not_written_yet_is_the_one_that_counts() {
        events.add(new BreakerEvent.OthersAccepted());
        assertNull(events.trip(), "no fault");
        events.add(trip(TripCause.ENDPOINT));
        events.add(trip(TripCause.KEY));
        assertEquals(TripCause.ENDPOINT, events.trip().cause());
        events.removeFirst();
        events.removeFirst();
        assertEquals(TripCause.KEY, events.trip().cause());
    }

    /** The event loop adds while the claiming loop takes out. */
    @Test
    void no_event_is_lost_between_two_threads() throws InterruptedException {
        int many = 10_000;
        CountDownLatch begun = new CountDownLatch(1);
        Thread adding = Thread.ofPlatform().daemon().start(() -> {
            begun.countDown();
            for (int i = 0; i < many; i++) {
                events.add(new BreakerEvent.Throttle(null, "429", null, i));
            }
        });
        begun.await();
        for (int i = 0; i < many; i++) {
            BreakerEvent first = events.first();
            while (first == null) {
                Thread.onSpinWait();
                first = events.first();
            }
            assertEquals(i, ((BreakerEvent.Throttle) first).begun());
            events.removeFirst();
        }
        adding.join();
        assertTrue(events.isEmpty());
    }
}
