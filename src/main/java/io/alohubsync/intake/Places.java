package io.alohubsync.intake;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** How many requests of a kind are read and held in memory at a time. The others wait, but not long. */
public final class Places {

    private static final long PATIENCE_SECONDS = 2;

    private final Semaphore free;

    public Places(int atATime) {
        free = new Semaphore(atATime, true);
    }

    /** @throws Refused there was no place in time */
    public <T> T within(Supplier<T> request) {
        Place place = take();
        try {
            return request.get();
        } finally {
            place.free();
        }
    }

    /** To be freed. @throws Refused there was none in time */
    Place take() {
        try {
            if (free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Place(free);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw Refused.later(Refusal.BUSY, 1);
    }

    /** Freed once: at the end of the request or of its connection, the first of the two. */
    static final class Place {

        private final Semaphore free;
        private final AtomicBoolean isFree = new AtomicBoolean();

        private Place(Semaphore free) {
            this.free = free;
        }

        void free() {
            if (isFree.compareAndSet(false, true)) {
                free.release();
            }
        }
    }
}
