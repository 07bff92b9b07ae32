package io.alohubsync.delivery;

import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.Fault;
import io.alohubsync.loop.WakeUp;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The end of an attempt: its settlement is queued, the breaker learns from it and the listeners
 * receive its event. Without a settlement its capacity is free at once; the lease ends by itself,
 * and the next claim takes the customer as Unknown. On the event loop.
 */
final class AttemptEnd {

    private static final Logger LOG = Logger.getLogger(AttemptEnd.class);

    private final Delivery delivery;
    private final Settler settler;
    private final Capacity capacity;
    private final WakeUp claiming;
    private final List<Consumer<AttemptFinished>> listeners;

    /** @param claiming wakes the claiming loop, which writes what the breaker has learned */
    AttemptEnd(
            Delivery delivery,
            Settler settler,
            Capacity capacity,
            WakeUp claiming,
            List<Consumer<AttemptFinished>> listeners) {
        this.delivery = delivery;
        this.settler = settler;
        this.capacity = capacity;
        this.claiming = claiming;
        this.listeners = listeners;
    }

    /** Throws nothing. */
    void settle(Attempt attempt) {
        boolean settling = false;
        try {
            Settlement settlement = attempt.settlement();
            if (settlement != null) {
                settler.queue(settlement, attempt.lease());
                settling = true;
                if (delivery.learn(attempt)) {
                    claiming.wake();
                }
                publish(delivery.event(attempt));
            }
        } catch (RuntimeException | Error fault) {
            if (settling) {
                log(fault, "The settlement of %s is queued, but the breaker or a listener was not informed", attempt);
            } else {
                lost(attempt, fault);
            }
        } finally {
            if (!settling) {
                attempt.lease().settledOne();
                capacity.free(1);
            }
        }
    }

    private void publish(AttemptFinished event) {
        if (event.settlement().called()) {
            capacity.called();
        }
        for (Consumer<AttemptFinished> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error fault) {
                Fault.endIfOutOfMemory(fault);
                LOG.error("An attempt could not be counted or logged", Fault.withoutMessages(fault));
            }
        }
    }

    /** The attempt has no settlement. */
    static void lost(Attempt attempt, Throwable fault) {
        log(fault, "The settlement of %s could not be made", attempt);
    }

    private static void log(Throwable fault, String sentence, Attempt attempt) {
        Fault.endIfOutOfMemory(fault);
        LOG.errorf(Fault.withoutMessages(fault), sentence, attempt);
    }
}
