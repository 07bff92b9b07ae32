package io.alohubsync.merge;

import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.loop.Loop;
import io.alohubsync.loop.WakeUp;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Merges new outbox rows until there are none, then waits until a source rings. */
public final class MergeLoop {

    private static final int BATCH = 500;
    private static final int MAX_BATCH = 1000;
    private static final long ROOM_LOOK_MILLIS = 2;
    private static final int ROOM_LOOKS = 125;
    private static final long REVIVE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration HELP_LATER = Duration.ofSeconds(30);
    private static final long LOCKED_MILLIS = 5;
    private static final int TRIES = 4;
    private static final Duration FIRST_LOCKED = Duration.ofMillis(20);
    private static final Duration LONGEST_LOCKED = Duration.ofMillis(500);

    private final OutboxMerge intake;
    private final Map<String, AccountDelivery> deliveries;
    private final Duration pollInterval;
    private final Consumer<OutboxMerge.Merged> afterMerge;
    private final @Nullable RowListener listener;
    private final WakeUp wakeUp = new WakeUp();
    private final Loop loop;
    private final WakeUp helpWanted = new WakeUp();
    private final Loop helping;
    private final LongSupplier nanoTime;
    private boolean paced;
    private Duration lockedPause = FIRST_LOCKED; // of the merging loop alone
    private long revivedAt;
    private int inVain; // helps, one after the other
    private volatile boolean deep;
    private volatile boolean stopping;

    /**
     * @param deliveries    by account: those that can take customers from a merge at once
     * @param listener   null: rows are polled for
     * @param afterMerge something may be due
     */
    public MergeLoop(
            OutboxMerge intake,
            Map<String, AccountDelivery> deliveries,
            @Nullable RowListener listener,
            Duration pollInterval,
            LongSupplier nanoTime,
            Consumer<OutboxMerge.Merged> afterMerge) {
        this.listener = listener;
        this.intake = intake;
        this.deliveries = deliveries;
        this.pollInterval = pollInterval;
        this.afterMerge = afterMerge;
        this.nanoTime = nanoTime;
        this.revivedAt = nanoTime.getAsLong() - REVIVE_NANOS;
        this.loop = new Loop("merge", this::round, nanoTime);
        this.helping = new Loop("merge-2", this::help, nanoTime);
    }

    public void start() {
        loop.start();
        helping.start();
    }

    public void wake() {
        wakeUp.ring();
    }

    public List<Loop> loops() {
        return List.of(loop, helping);
    }

    private void round() throws SQLException, InterruptedException {
        intake.tendNumbersNowAndThen();
        OutboxMerge.Merged merged = merge(paced ? awaitRoom() : BATCH);
        paced = merged.firsts() > 0.9 * merged.rows();
        if (listener != null && merged.rows() > 0) {
            listener.wake();
        }
        if (merged.rows() >= BATCH && !paced) {
            deep = true;
            helpWanted.ring();
        }
        if (merged.rows() > merged.stayed() || merged.passed() > 0 || revive() > 0) {
            return; // there may be more
        }
        Duration pause = intake.untilNextLook(pollInterval);
        if (merged.stayed() > 0) { // no notification comes when a lock on a customer ends
            wakeUp.await(pause.compareTo(lockedPause) < 0 ? pause : lockedPause);
            lockedPause = lockedPause.compareTo(LONGEST_LOCKED) < 0 ? lockedPause.multipliedBy(2) : LONGEST_LOCKED;
            return;
        }
        lockedPause = FIRST_LOCKED;
        if (listener == null) {
            wakeUp.await(pause);
        } else {
            listener.awaitNotification(pause, () -> stopping);
        }
    }

    /**
     * Where many rows of known customers wait, a second thread merges beside the first, as another replica would: while one's
     * statements run, the other reads and folds. It ends when it finds nothing.
     */
    private void help() throws SQLException, InterruptedException {
        if (!deep) {
            helpWanted.await(HELP_LATER);
            return;
        }
        OutboxMerge.Merged merged = merge(BATCH);
        wakeUp.ring(); // the first may wait for a customer that this one had
        inVain = merged.rows() > merged.stayed() ? 0 : inVain + 1;
        deep = inVain == 0
                || (merged.stayed() > 0 && inVain < TRIES); // the first may have looked while this one had them
        if (merged.stayed() > 0) {
            TimeUnit.MILLISECONDS.sleep(LOCKED_MILLIS);
        }
    }

    private int revive() throws SQLException {
        long now = nanoTime.getAsLong();
        if (now - revivedAt < REVIVE_NANOS) {
            return 0;
        }
        int revived = intake.revive(BATCH);
        if (revived == 0) {
            revivedAt = now;
        }
        return revived;
    }

    private OutboxMerge.Merged merge(int limit) throws SQLException {
        OutboxMerge.Merged merged;
        try (LeaseOffers offers = LeaseOffers.take(deliveries)) {
            merged = intake.mergeBatch(limit, offers.requests());
            offers.handOver(merged.leased());
        }
        if (merged.rows() > 0) {
            afterMerge.accept(merged);
        }
        return merged;
    }

    /**
     * New customers have nothing to be folded into: to merge them ahead of their calls saves no call, and
     * costs a claim. So the merge keeps pace with the calls, but for a least speed; the others, whose newest state alone is sent, are
     * merged as soon as they come.
     *
     * @return how many rows to merge
     */
    private int awaitRoom() throws InterruptedException {
        for (int i = 0; i < ROOM_LOOKS; i++) {
            int room = deliveries.values().stream()
                    .mapToInt(AccountDelivery::roomForMerge)
                    .max()
                    .orElse(BATCH);
            if (room > 0) {
                return Math.min(room, MAX_BATCH);
            }
            TimeUnit.MILLISECONDS.sleep(ROOM_LOOK_MILLIS);
        }
        return BATCH;
    }

    public void stop() throws InterruptedException {
        stopping = true;
        loop.stop();
        helping.stop();
        wakeUp.ring();
        helpWanted.ring();
        loop.join(Duration.ofSeconds(10));
        helping.join(Duration.ofSeconds(10));
        if (listener != null) {
            listener.close();
        }
    }
}
