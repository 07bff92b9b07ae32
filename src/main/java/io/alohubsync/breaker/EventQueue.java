package io.alohubsync.breaker;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What this replica's calls have shown and the database does not know yet. The event loop adds, the
 * claiming loop takes out; any thread may ask.
 */
final class EventQueue {

    private final ConcurrentLinkedQueue<BreakerEvent> events = new ConcurrentLinkedQueue<>();

    void add(BreakerEvent event) {
        events.add(event);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** The oldest. */
    @Nullable
    BreakerEvent first() {
        return events.peek();
    }

    void removeFirst() {
        events.remove();
    }

    /** The first fault among them; null: none. */
    BreakerEvent.@Nullable Trip trip() {
        for (BreakerEvent event : events) {
            if (event instanceof BreakerEvent.Trip trip) {
                return trip;
            }
        }
        return null;
    }
}
