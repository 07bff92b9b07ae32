package io.alohubsync.merge;

import io.alohubsync.loop.WakeUp;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the merging loop waits for when no row can be merged: a notification or a poll, or a moment
 * where rows wait for a customer that another transaction holds locked. The merging loop alone
 * waits. Any thread may wake it: that ends a wait for a lock, and a wait for rows where there is no
 * listener. A stop is seen within a second.
 */
public class IdleWait {

    private static final Duration FIRST_LOCKED = Duration.ofMillis(20);
    private static final Duration LONGEST_LOCKED = Duration.ofMillis(500);

    private final @Nullable RowListener listener;
    private final Duration pollInterval;
    private final WakeUp wakeUp = new WakeUp();
    private Duration lockedPause = FIRST_LOCKED; // of the merging loop alone
    private volatile boolean stopping;

    /** @param listener null: rows are polled for */
    public IdleWait(@Nullable RowListener listener, Duration pollInterval) {
        this.listener = listener;
        this.pollInterval = pollInterval;
    }

    Duration pollInterval() {
        return pollInterval;
    }

    void wake() {
        wakeUp.wake();
    }

    /** Every source that commits a row notifies now. */
    boolean isNotified() {
        return listener != null && listener.isNotified();
    }

    void found(int rows) {
        if (listener != null) {
            listener.found(rows);
        }
    }

    /** No notification comes when a lock on a customer ends, so the pauses are short and grow. */
    void forLock(Duration atMost) throws InterruptedException {
        wakeUp.await(atMost.compareTo(lockedPause) < 0 ? atMost : lockedPause);
        lockedPause = lockedPause.compareTo(LONGEST_LOCKED) < 0 ? lockedPause.multipliedBy(2) : LONGEST_LOCKED;
    }

    /** @return whether rows are to be looked for; false: the time is over */
    boolean forRows(Duration atMost) throws InterruptedException {
        lockedPause = FIRST_LOCKED;
        return listener == null ? wakeUp.await(atMost) : listener.awaitNotification(atMost, () -> stopping);
    }

    void stop() {
        stopping = true;
        wakeUp.wake();
    }

    /** After the loop has ended. */
    void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
