package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Settlement;
import org.jspecify.annotations.Nullable;

/** Records each call in the trace that caused it. */
@FunctionalInterface
public interface CallTraces {

    /**
     * The call is about to be made.
     *
     * @param customer with the traceparent of its row, if that has one
     */
    CallTrace begin(Claimed customer);

    /** One call; waits for nothing. */
    interface CallTrace {

        /** Of the call itself, as it is sent to Alohub. Null: the call is not traced. */
        @Nullable
        String traceparent();

        void end(Settlement settlement);
    }
}
