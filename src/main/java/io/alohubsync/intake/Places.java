package io.alohubsync.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * How many requests of a kind, or how much of them, are held in memory at a time. The others wait,
 * but not long. Any thread takes and frees.
 */
public final class Places {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore free;
    private final Duration patience;

    public Places(int atATime) {
        this(atATime, PATIENCE);
    }

    /** @param patience so long a request waits for a place */
    Places(int atATime, Duration patience) {
        this.free = new Semaphore(atATime, true);
        this.patience = patience;
    }

    /** @throws Refused there was no place in time */
    public <T> T within(Supplier<T> request) {
        Place place = take(1);
        try {
            return request.get();
        } finally {
            place.free();
        }
    }

    /** To be freed. @throws Refused there was none in time */
    Place take(int places) {
        try {
            if (free.tryAcquire(places, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Place(free, places);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        throw Refused.later(Refusal.BUSY, 1);
    }

    /** Freed once: at the end of the request or of its connection, the first of the two. */
    static final class Place {

        private final Semaphore free;
        private final int places;
        private final AtomicBoolean isFree = new AtomicBoolean();

        private Place(Semaphore free, int places) {
            this.free = free;
            this.places = places;
        }

        void free() {
            if (isFree.compareAndSet(false, true)) {
                free.release(places);
            }
        }
    }
}
