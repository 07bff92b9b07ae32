package io.alohubsync.worker;

import io.alohubsync.config.AlohubSettings.RetentionSettings;
import io.alohubsync.customer.RetentionSql;
import io.alohubsync.customer.RetentionSql.History;
import io.alohubsync.customer.RetentionSql.Purged;
import io.alohubsync.customer.RetentionSql.Turn;
import io.alohubsync.customer.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import javax.sql.DataSource;

/**
 * Deletes rows and attempts that are over and old: a small batch, then a pause of many times as long as that took. It walks from the
 * lowest id to where all are too young, then rests. All replicas together keep this pace.
 */
final class Retention {

    private static final int BATCH = 1000;
    private static final int SHARE = 50; // a fiftieth of one connection's time at most, for each of the two
    private static final Duration MIN_PAUSE = Duration.ofMillis(20);
    private static final Duration MAX_REST = Duration.ofSeconds(15); // a walk that finds nothing reads one page
    private static final Duration MIN_REST = Duration.ofSeconds(1);
    private static final Duration SEEN = Duration.ofMinutes(1); // who waits for a fate has seen it by then
    private static final Duration LOOK = Duration.ofSeconds(30); // far below what a loop that hangs is known by
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final DataSource database;
    private final Map<History, Duration> kept = new EnumMap<>(History.class);
    private final Duration carried;
    private final ObjIntConsumer<String> purged;
    private final LongSupplier nanoTime;
    private final Bell bell = new Bell();
    private final Loop loop;
    private boolean failing;

    /** @param purged is told the table and how many of its rows are gone, after each batch that deleted some */
    Retention(DataSource database, RetentionSettings settings, ObjIntConsumer<String> purged, LongSupplier nanoTime) {
        this.database = database;
        this.purged = purged;
        this.nanoTime = nanoTime;
        keep(History.CUSTOMER_OUTBOX, settings.outbox());
        keep(History.DELIVERY_ATTEMPT, settings.attempts());
        // The history tells when a row was carried. At most half of how far it reaches back: of a customer that is
        // delivered often there always is an acceptance older than that, so its rows go in the end.
        Duration half = kept.values().stream()
                .min(Duration::compareTo)
                .orElse(Duration.ZERO)
                .dividedBy(2);
        this.carried = half.compareTo(SEEN) < 0 ? half : SEEN;
        this.loop = new Loop("purge", this::round, nanoTime);
    }

    private void keep(History history, Duration age) {
        if (!age.isZero()) { // 0: for ever
            kept.put(history, age);
        }
    }

    void start() {
        loop.start();
    }

    Loop loop() {
        return loop;
    }

    private void round() throws SQLException, InterruptedException {
        if (failing) {
            bell.await(AFTER_FAILURE);
        }
        failing = true;
        Duration wait = LOOK;
        for (Map.Entry<History, Duration> history : kept.entrySet()) {
            Duration next = batch(history.getKey(), history.getValue());
            wait = next.compareTo(wait) < 0 ? next : wait;
        }
        failing = false;
        bell.await(wait);
    }

    private record Batch(int purged, Duration pause) {}

    /** Purges a batch if it is time. @return how long until it is again */
    Duration batch(History history, Duration age) throws SQLException {
        Batch batch = Transaction.run(database, connection -> batch(connection, history, age));
        if (batch.purged > 0) {
            purged.accept(history.table(), batch.purged);
        }
        return batch.pause;
    }

    private Batch batch(Connection connection, History history, Duration age) throws SQLException {
        Turn turn = RetentionSql.take(connection, history);
        if (turn.pause().isPositive()) {
            return new Batch(0, turn.pause());
        }
        long begun = nanoTime.getAsLong();
        Purged batch = RetentionSql.purge(connection, history, age, carried, turn.after(), BATCH);
        Duration pace = Duration.ofNanos((nanoTime.getAsLong() - begun) * (SHARE - 1));
        Duration pause = batch.isEnd() ? rest(age) : pace.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : pace;
        RetentionSql.next(connection, history, batch.isEnd() ? 0 : batch.last(), pause);
        return new Batch(batch.purged(), pause);
    }

    /** After a walk: what has become old meanwhile is a fraction of what is kept. */
    private static Duration rest(Duration age) {
        Duration tenth = age.dividedBy(10);
        return tenth.compareTo(MAX_REST) > 0 ? MAX_REST : tenth.compareTo(MIN_REST) < 0 ? MIN_REST : tenth;
    }

    void stop() throws InterruptedException {
        loop.stop();
        bell.ring();
        loop.join(Duration.ofSeconds(1));
    }
}
