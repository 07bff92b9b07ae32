package io.alohubsync.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes one loop. Any thread may wake it; the loop's own thread alone waits. A wake-up that arrives
 * while the loop works makes it begin one more round; several count as one.
 */
public final class WakeUp {

    private final Semaphore signal = new Semaphore(0);

    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Forgets a wake-up. To be called before what it announces is read. */
    public void clear() {
        signal.drainPermits();
    }

    /** @return whether it was woken; false: the time is over */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean woken = signal.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (woken) {
            clear();
        }
        return woken;
    }
}
