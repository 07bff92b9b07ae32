package io.alohubsync.worker;

import io.alohubsync.intake.Intake;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Merges new outbox rows until there are none, then waits until a source rings. */
final class IntakeWorker {

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

    private final Intake intake;
    private final Map<String, AccountWorker> workers;
    private final Duration pollInterval;
    private final Consumer<Intake.Merged> afterMerge;
    private final @Nullable Doorbell doorbell;
    private final Bell bell = new Bell();
    private final Loop loop;
    private final Bell helpWanted = new Bell();
    private final Loop helping;
    private final LongSupplier nanoTime;
    private boolean paced;
    private Duration lockedPause = FIRST_LOCKED; // of the merging loop alone
    private long revivedAt;
    private int inVain; // helps, one after the other
    private volatile boolean deep;
    private volatile boolean stopping;

    /**
     * @param workers    by account: those that can take customers from a merge at once
     * @param doorbell   null: rows are polled for
     * @param afterMerge something may be due
     */
    IntakeWorker(
            Intake intake,
            Map<String, AccountWorker> workers,
            @Nullable Doorbell doorbell,
            Duration pollInterval,
            LongSupplier nanoTime,
            Consumer<Intake.Merged> afterMerge) {
        this.doorbell = doorbell;
        this.intake = intake;
        this.workers = workers;
        this.pollInterval = pollInterval;
        this.afterMerge = afterMerge;
        this.nanoTime = nanoTime;
        this.revivedAt = nanoTime.getAsLong() - REVIVE_NANOS;
        this.loop = new Loop("merge", this::round, nanoTime);
        this.helping = new Loop("merge-too", this::help, nanoTime);
    }

    void start() {
        loop.start();
        helping.start();
    }

    void wake() {
        bell.ring();
    }

    List<Loop> loops() {
        return List.of(loop, helping);
    }

    private void round() throws SQLException, InterruptedException {
        intake.tendNumbersNowAndThen();
        Intake.Merged merged = merge(paced ? awaitRoom() : BATCH);
        paced = merged.firsts() > 0.9 * merged.rows();
        if (doorbell != null && merged.rows() > 0) {
            doorbell.wake();
        }
        if (merged.rows() >= BATCH && !paced) {
            deep = true;
            helpWanted.ring();
        }
        if (merged.rows() > merged.stayed() || merged.passed() > 0 || revive() > 0) {
            return; // there may be more
        }
        Duration pause = intake.untilNextLook(pollInterval);
        if (merged.stayed()
                > 0) { // nobody rings when a customer is let go: a settlement holds it for a moment, a person for long
            bell.await(pause.compareTo(lockedPause) < 0 ? pause : lockedPause);
            lockedPause = lockedPause.compareTo(LONGEST_LOCKED) < 0 ? lockedPause.multipliedBy(2) : LONGEST_LOCKED;
            return;
        }
        lockedPause = FIRST_LOCKED;
        if (doorbell == null) {
            bell.await(pause);
        } else {
            doorbell.awaitRing(pause, () -> stopping);
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
        Intake.Merged merged = merge(BATCH);
        bell.ring(); // the first may wait for a customer that this one had
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

    private Intake.Merged merge(int limit) throws SQLException {
        Intake.Merged merged;
        try (LeaseOffers offers = LeaseOffers.take(workers)) {
            merged = intake.mergeBatch(limit, offers.requests());
            offers.handOver(merged.leased());
        }
        if (merged.rows() > 0) {
            afterMerge.accept(merged);
        }
        return merged;
    }

    /**
     * Customers that nobody has heard of have nothing to be folded into: to merge them ahead of their calls saves no call, and
     * costs a claim. So the merge keeps pace with the calls, but for a least speed; the others, whose newest state alone is sent, are
     * merged as soon as they come.
     *
     * @return how many rows to merge
     */
    private int awaitRoom() throws InterruptedException {
        for (int i = 0; i < ROOM_LOOKS; i++) {
            int room = workers.values().stream()
                    .mapToInt(AccountWorker::roomForMerge)
                    .max()
                    .orElse(BATCH);
            if (room > 0) {
                return Math.min(room, MAX_BATCH);
            }
            TimeUnit.MILLISECONDS.sleep(ROOM_LOOK_MILLIS);
        }
        return BATCH;
    }

    void stop() throws InterruptedException {
        stopping = true;
        loop.stop();
        helping.stop();
        bell.ring();
        helpWanted.ring();
        loop.join(Duration.ofSeconds(10));
        helping.join(Duration.ofSeconds(10));
        if (doorbell != null) {
            doorbell.close();
        }
    }
}
