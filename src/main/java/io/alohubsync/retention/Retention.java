package io.alohubsync.retention;

import io.alohubsync.config.AlohubSettings.RetentionSettings;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.WakeUp;
import io.alohubsync.retention.RetentionSql.History;
import io.alohubsync.retention.RetentionSql.Purged;
import io.alohubsync.retention.RetentionSql.Skipped;
import io.alohubsync.retention.RetentionSql.Turn;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Deletes rows and attempts that are final and old: a small batch, then a pause that is many times
 * as long. A pass begins at the lowest id. It skips young rows, many at a time, and ends after
 * 100,000 of them in succession; once an hour it goes on to the last row. Then it rests. All
 * replicas together keep this pace. A batch that fails is tried again with fewer rows, and a single
 * row that fails is skipped until the next pass. The pauses between batches are shorter than the
 * schedule's second, so one run goes on until a longer rest. The thread of the run owns the state;
 * any thread may stop it.
 */
public final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int BATCH = 1000;
    private static final int LOOK = 10_000; // young rows, which cost a read and no more
    private static final Purged NONE = new Purged(0, 0, 0);
    private static final int FEWER = 8; // times fewer after a failure
    private static final long YOUNG_ROWS = 100_000; // in succession: then a pass ends, except the full one
    private static final int SHARE = 50; // a fiftieth of one connection's time at most, for each of the two
    private static final Duration MIN_PAUSE = Duration.ofMillis(20);
    private static final Duration MAX_REST = Duration.ofSeconds(15); // a pass that finds nothing reads one page
    private static final long ROWS_OF_A_REST = 25_000; // so many young rows add MAX_REST to the rest: 75 s at most
    private static final Duration MIN_REST = Duration.ofSeconds(1);
    private static final Duration SEEN = Duration.ofMinutes(1); // a source that polls for a status has seen it by then
    private static final Duration REST = Duration.ofSeconds(5); // a pause as long ends a run
    private static final Duration RUN =
            Duration.ofSeconds(30); // far below the time after which a job counts as stalled
    private static final Duration LONGEST_UNREAD =
            Duration.ofSeconds(30); // the time of the next batch, in alohub.retention
    private static final Duration AT_LATEST = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    /** SQLSTATE: connection, password, read-only, rights and schema, resources, shutdown. */
    private static final List<String> NOT_A_ROWS_FAULT = List.of("08", "28", "25", "42", "53", "57P");

    private final DataSource database;
    private final Map<History, Duration> kept = new EnumMap<>(History.class);
    private final Duration carried;
    private final ObjIntConsumer<String> purged;
    private final LongSupplier nanoTime;
    private final WakeUp wakeUp = new WakeUp();
    private final Map<History, Integer> limits = new EnumMap<>(History.class); // rows of the next batch
    private long notBefore;
    private boolean logged;
    private volatile boolean stopping;

    /**
     * @param purged receives the table and how many of its rows are gone, after each batch that
     *               deleted some
     */
    public Retention(
            DataSource database, RetentionSettings settings, ObjIntConsumer<String> purged, LongSupplier nanoTime) {
        this.database = database;
        this.purged = purged;
        this.nanoTime = nanoTime;
        for (History history : History.values()) {
            limits.put(history, BATCH);
        }
        keep(History.CUSTOMER_OUTBOX, settings.outbox());
        keep(History.DELIVERY_ATTEMPT, settings.attempts());
        // The history shows when a row was sent. At most half of the time that it covers: a
        // customer that is delivered often always has an acceptance older than that, so its rows
        // are purged in the end.
        Duration half = kept.values().stream()
                .min(Duration::compareTo)
                .orElse(Duration.ZERO)
                .dividedBy(2);
        this.carried = half.compareTo(SEEN) < 0 ? half : SEEN;
        this.notBefore = nanoTime.getAsLong();
    }

    private void keep(History history, Duration age) {
        if (!age.isZero()) { // 0: for ever
            kept.put(history, age);
        }
    }

    /**
     * One run of the schedule: nothing while it rests, else batch after batch until the next rest.
     */
    public void run() throws SQLException, InterruptedException {
        long begun = nanoTime.getAsLong();
        if (begun - notBefore < 0) {
            return;
        }
        notBefore = begun + AFTER_FAILURE.toNanos();
        Duration pause = batches();
        while (!stopping && pause.compareTo(REST) < 0 && nanoTime.getAsLong() - begun < RUN.toNanos()) {
            wakeUp.await(pause);
            pause = stopping ? pause : batches();
        }
        // A person may have written another time for it meanwhile.
        notBefore = nanoTime.getAsLong() + (pause.compareTo(LONGEST_UNREAD) < 0 ? pause : LONGEST_UNREAD).toNanos();
    }

    /** @return how long until one of the histories is due */
    private Duration batches() throws SQLException {
        Duration pause = AT_LATEST;
        for (Map.Entry<History, Duration> history : kept.entrySet()) {
            Duration next = batch(history.getKey(), history.getValue());
            pause = next.compareTo(pause) < 0 ? next : pause;
        }
        return pause;
    }

    private record Batch(int purged, Duration pause) {}

    /** Purges a batch if it is time. @return how long until it is again */
    Duration batch(History history, Duration age) throws SQLException {
        long begun = nanoTime.getAsLong();
        try {
            Batch batch = Transaction.run(database, connection -> batch(connection, history, age));
            if (batch.purged > 0) {
                purged.accept(history.table(), batch.purged);
            }
            return batch.pause;
        } catch (SQLException failure) {
            if (isAboutTheConnection(failure)) {
                throw failure;
            }
            return fewerAfter(failure, history, age, begun);
        }
    }

    private Batch batch(Connection connection, History history, Duration age) throws SQLException {
        Turn turn = RetentionSql.take(connection, history);
        if (turn.pause().isPositive()) {
            return new Batch(0, turn.pause());
        }
        long begun = nanoTime.getAsLong();
        int limit = limits.get(history);
        Skipped skipped = RetentionSql.skipYoung(connection, history, age, turn.after(), LOOK);
        Purged batch = skipped != null && skipped.isOld()
                ? RetentionSql.purge(connection, history, age, carried, skipped.id() - 1, limit)
                : NONE;
        limits.put(history, Math.min(BATCH, 2 * limit));
        boolean isLast = skipped == null || (skipped.isOld() && batch.looked() < limit);
        if (isLast) {
            return end(connection, history, batch, rest(age, skipped == null ? turn.young() : 0), true);
        }
        long young = skipped.isOld() ? 0 : turn.young() + skipped.young();
        if (young >= YOUNG_ROWS && !turn.full()) {
            return end(connection, history, batch, rest(age, young), false);
        }
        Duration pause = pace(begun);
        long after = skipped.isOld() ? batch.last() : skipped.id();
        RetentionSql.next(connection, history, new Turn(after, pause, young, turn.full()), false);
        return new Batch(batch.purged(), pause);
    }

    private static Batch end(Connection connection, History history, Purged batch, Duration rest, boolean isLast)
            throws SQLException {
        RetentionSql.next(connection, history, new Turn(0, rest, 0, false), isLast);
        return new Batch(batch.purged(), rest);
    }

    /** The batch was rolled back. A row that fails alone is skipped. */
    private Duration fewerAfter(SQLException failure, History history, Duration age, long begun) throws SQLException {
        int limit = limits.get(history);
        limits.put(history, Math.max(1, limit / FEWER));
        if (limit > 1) {
            return pace(begun);
        }
        if (!logged) {
            logged = true;
            LOG.warnf(
                    "The purge of %s skips rows that can't be deleted (%s): see that no foreign key points to them",
                    history.table(), DatabaseTrouble.inLog(failure));
        }
        return Transaction.run(database, connection -> {
            Turn turn = RetentionSql.take(connection, history);
            if (!turn.pause().isPositive()) {
                Skipped row = RetentionSql.skipYoung(connection, history, age, turn.after(), LOOK);
                long after = row == null ? turn.after() : row.id();
                RetentionSql.next(connection, history, new Turn(after, pace(begun), turn.young(), turn.full()), false);
            }
            return pace(begun);
        });
    }

    /** Not about a row. */
    private static boolean isAboutTheConnection(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || NOT_A_ROWS_FAULT.stream().anyMatch(state::startsWith);
    }

    private Duration pace(long begun) {
        Duration pace = Duration.ofNanos((nanoTime.getAsLong() - begun) * (SHARE - 1));
        return pace.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : pace;
    }

    /**
     * The rest after a pass: few rows become old in a tenth of their age. After one that read many
     * young rows in vain it is longer.
     *
     * @param young that it skipped at its end
     */
    private static Duration rest(Duration age, long young) {
        Duration tenth = age.dividedBy(10);
        Duration most = MAX_REST.multipliedBy(1 + Math.min(young, YOUNG_ROWS) / ROWS_OF_A_REST);
        return tenth.compareTo(most) > 0 ? most : tenth.compareTo(MIN_REST) < 0 ? MIN_REST : tenth;
    }

    /** Ends a run after its batch. */
    public void stop() {
        stopping = true;
        wakeUp.wake();
    }
}
