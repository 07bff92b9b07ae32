package io.alohubsync.alohub;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Closes the connections of a client that have been idle or open for too long: Vert.x' pool has no
 * maximum age, and keeps an idle connection for as long as the server announces, which is when the
 * server closes it. A connection in use is closed after its answer. Used on one event loop only.
 */
final class Connections implements Consumer<HttpClientRequest> {

    private static final Duration LONGEST_ROUND = Duration.ofMillis(500);
    private static final Duration SHORTEST_ROUND = Duration.ofMillis(20);
    private static final long SECOND = 1_000_000_000;
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*(\\d{1,6})");

    private final Vertx timers;
    private final LongSupplier nanoTime;
    private final long idle;
    private final long maxAge;
    private final long patienceMillis;
    private final long roundMillis;
    private final Map<HttpConnection, Kept> open = new HashMap<>();
    private boolean timed;

    /**
     * @param patience the longest time of a call; a connection in use is closed at the latest then
     */
    Connections(ConnectionRules rules, Duration patience, Vertx timers, LongSupplier nanoTime) {
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.idle = rules.idle().toNanos();
        this.maxAge = rules.maxAge().toNanos();
        this.patienceMillis = Math.max(1, patience.toMillis());
        Duration least = rules.idle().compareTo(rules.maxAge()) < 0 ? rules.idle() : rules.maxAge();
        this.roundMillis = Math.clamp(least.toMillis() / 8, SHORTEST_ROUND.toMillis(), LONGEST_ROUND.toMillis());
    }

    /** A connection that is kept. */
    private static final class Kept {
        private final long end;
        private long idleLimit;
        private long usedAt;
        private boolean busy;

        Kept(long end, long idleLimit) {
            this.end = end;
            this.idleLimit = idleLimit;
        }

        boolean isDue(long now, long round) {
            return now + round - end > 0 || (!busy && now + round - usedAt > idleLimit);
        }
    }

    @Override
    public void accept(HttpClientRequest request) {
        Kept kept = open.get(request.connection());
        Kept known = kept == null ? opened(request.connection()) : kept;
        known.busy = true;
        request.response().onSuccess(response -> answered(known, response));
    }

    /**
     * Connections that were opened together are closed at different times, spread over a quarter of
     * the age.
     */
    private Kept opened(HttpConnection connection) {
        long age = (long) (maxAge * (1 - 0.25 * ThreadLocalRandom.current().nextDouble()));
        Kept kept = new Kept(nanoTime.getAsLong() + age, idle);
        open.put(connection, kept);
        connection.closeHandler(closed -> open.remove(connection));
        watch();
        return kept;
    }

    private void answered(Kept kept, HttpClientResponse response) {
        kept.busy = false;
        kept.usedAt = nanoTime.getAsLong();
        String announced = response.getHeader("Keep-Alive");
        if (announced != null) {
            kept.idleLimit = Math.min(idle, shorterThan(announced));
        }
    }

    /**
     * A second less than the server keeps it, or half of that time if it is less than two seconds.
     */
    private static long shorterThan(String announced) {
        Matcher timeout = TIMEOUT.matcher(announced);
        if (!timeout.find()) {
            return Long.MAX_VALUE;
        }
        long theirs = Long.parseLong(timeout.group(1)) * SECOND;
        return Math.max(theirs - SECOND, theirs / 2);
    }

    private void watch() {
        if (!timed && !open.isEmpty()) {
            timed = true;
            timers.setTimer(roundMillis, timer -> closeThoseThatAreDue());
        }
    }

    private void closeThoseThatAreDue() {
        timed = false;
        long now = nanoTime.getAsLong();
        long round = roundMillis * 1_000_000;
        List<HttpConnection> due = open.entrySet().stream()
                .filter(one -> one.getValue().isDue(now, round))
                .map(Map.Entry::getKey)
                .toList();
        for (HttpConnection connection : due) {
            open.remove(connection);
            connection.shutdown(
                    patienceMillis, TimeUnit.MILLISECONDS); // after the answer to the call in flight, if there is one
        }
        watch();
    }
}
