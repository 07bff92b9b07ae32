package io.alohubsync.delivery;

import io.alohubsync.account.GateCause;
import io.alohubsync.account.GateChange;
import org.jspecify.annotations.Nullable;

/** The account's gate as this replica knows it. */
public interface GateSide {


    void learn(GateChange change);

    /** No customer pays for what happens now. */
    boolean isClosed();

    /** Null: by nothing, by a person or by a throttling. */
    @Nullable
    GateCause closedBy();

    /** Answers about customers closed it: a probe needs an acceptance to open it. */
    boolean closedByAnswers();

    /** Somebody was accepted a moment ago. */
    boolean acceptedLately();

    /** Another customer than this one was accepted in the last ten seconds. On the event loop. */
    boolean acceptedAnother(long customer);

    /** Somebody who was no probe was accepted since the gate opened last. */
    boolean acceptedSinceOpen();
}
