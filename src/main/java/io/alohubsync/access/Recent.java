package io.alohubsync.access;

import io.alohubsync.operate.Unavailable;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list of the database, read when a request needs it and the last read is older than
 * {@link #FRESH}: however many requests come, they cost one query a second. A failure counts as
 * long as a success. While one thread reads, the others use the list before it, for
 * {@link #MEANWHILE} at most, so that requests do not queue behind a slow database. Used by any
 * thread; the lock lets one of them read.
 */
final class Recent<T> {

    /** An act at another replica is seen so much later at most. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** The same, while the database is slow. */
    static final Duration MEANWHILE = Duration.ofSeconds(3);

    /** @param answer the list, or throws why it could not be read */
    private record Read<T>(Supplier<T> answer, long at) {}

    private final Supplier<T> query;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Read<T> last; // written under the lock

    Recent(Supplier<T> query, LongSupplier nanoTime) {
        this.query = query;
        this.nanoTime = nanoTime;
    }

    /**
     * Without the database.
     *
     * @return null: it has to be read.
     * @throws Unavailable it could not be read a moment ago
     */
    @Nullable
    T atOnce() {
        Read<T> known = last;
        return known != null && isYounger(known, FRESH) ? known.answer().get() : null;
    }

    /** @throws Unavailable it can't be read */
    T get() {
        Read<T> known = last;
        if (known != null && isYounger(known, FRESH)) {
            return known.answer().get();
        }
        if (!lock.tryLock()) {
            if (known != null && isYounger(known, MEANWHILE)) {
                return known.answer().get();
            }
            lock.lock();
        }
        try {
            return read().answer().get();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private Read<T> read() {
        Read<T> known = last;
        if (known != null && isYounger(known, FRESH)) {
            return known;
        }
        Read<T> read = new Read<>(answer(), nanoTime.getAsLong());
        last = read;
        return read;
    }

    private Supplier<T> answer() {
        try {
            T value = query.get();
            return () -> value;
        } catch (Unavailable away) {
            return () -> {
                throw away;
            };
        }
    }

    private boolean isYounger(Read<T> read, Duration age) {
        return nanoTime.getAsLong() - read.at() < age.toNanos();
    }

    /** This replica has changed the list: the next request reads it. */
    void forget() {
        lock.lock();
        try {
            last = null;
        } finally {
            lock.unlock();
        }
    }
}
