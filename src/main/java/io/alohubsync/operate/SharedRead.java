package io.alohubsync.operate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A read that every open page repeats after some seconds. Those who repeat it at the same time
 * share one, and its result is kept for sixty times as long as it took, at least a second and at
 * most ten: however many look, a replica spends a sixtieth of one connection's time on it, or 1.9 s
 * of ten where the database is slow. A failure is shared too, or those who wait for a slow database
 * would try it one after the other. Used by any thread.
 *
 * @param <K> what is asked for
 */
public final class SharedRead<K, V> {

    private static final int TIMES_ITS_COST = 60;
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int MOST_KEYS = 100;

    private record Result<V>(@Nullable V value, @Nullable Unavailable failure, long nanos) {}

    private final Function<K, V> reading;
    private final Ticker clock;
    private final Cache<K, Result<V>> kept;

    public SharedRead(Function<K, V> reading) {
        this(reading, Ticker.systemTicker());
    }

    public SharedRead(Function<K, V> reading, Ticker clock) {
        this.reading = reading;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .ticker(clock)
                .expireAfter(Expiry.<K, Result<V>>writing((key, result) -> age(result)))
                .build();
    }

    private static Duration age(Result<?> result) {
        Duration age = Duration.ofNanos(result.nanos()).multipliedBy(TIMES_ITS_COST);
        return result.failure() != null || age.compareTo(LEAST) < 0 ? LEAST : age.compareTo(MOST) > 0 ? MOST : age;
    }

    /** As it is now. @throws Unavailable */
    public V now(K key) {
        boolean hadAllTime = RequestWait.soFar().get() == 0;
        Result<V> result = read(key);
        if (result.failure() == null || hadAllTime) {
            kept.put(key, result);
        }
        return valueOf(result);
    }

    /** As it was a moment ago. @throws Unavailable */
    public V recent(K key) {
        AtomicLong waited = RequestWait.soFar();
        long before = waited.get();
        long begun = clock.read();
        try {
            return valueOf(kept.get(key, wanted -> shareable(read(wanted), before == 0)));
        } finally {
            waited.accumulateAndGet(before + clock.read() - begun, Math::max); // also where another one reads
        }
    }

    /** A failure is not shared where its request had spent a part of its time before. */
    private Result<V> shareable(Result<V> result, boolean hadAllTime) {
        if (!hadAllTime) {
            valueOf(result);
        }
        return result;
    }

    private Result<V> read(K key) {
        long begun = clock.read();
        try {
            return new Result<>(reading.apply(key), null, clock.read() - begun);
        } catch (Unavailable failure) {
            return new Result<>(null, failure, clock.read() - begun);
        }
    }

    private static <V> V valueOf(Result<V> result) {
        if (result.failure() != null) {
            throw result.failure();
        }
        return result.value();
    }
}
