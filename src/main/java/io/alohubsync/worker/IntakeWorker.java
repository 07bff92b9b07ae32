package io.alohubsync.worker;

import io.alohubsync.customer.Claimed;
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

    private final Intake intake;
    private final Map<String, AccountWorker> workers;
    private final Duration pollInterval;
    private final Consumer<Intake.Merged> afterMerge;
    private final @Nullable Doorbell doorbell;
    private final Bell bell = new Bell();
    private final Loop loop;
    private boolean paced;
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
        this.loop = new Loop("merge", this::round, nanoTime);
    }

    void start() {
        loop.start();
    }

    void wake() {
        bell.ring();
    }

    Loop loop() {
        return loop;
    }

    private void round() throws SQLException, InterruptedException {
        Intake.Merged merged = merge();
        if (merged.rows() > 0) {
            afterMerge.accept(merged);
        }
        if (doorbell != null && merged.rows() > 0) {
            doorbell.wake();
        }
        if (merged.rows() > merged.stayed() || intake.revive(BATCH) > 0) {
            return; // there may be more
        }
        if (doorbell == null || merged.stayed() > 0) { // nobody rings when a customer is let go
            bell.await(intake.untilNextLook(pollInterval));
        } else {
            doorbell.awaitRing(intake.untilNextLook(pollInterval), () -> stopping);
        }
    }

    private Intake.Merged merge() throws SQLException, InterruptedException {
        LeaseOffers offers = new LeaseOffers(workers);
        Map<String, List<Claimed>> leased = Map.of();
        try {
            Intake.Merged merged = intake.mergeBatch(paced ? awaitRoom() : BATCH, offers);
            paced = merged.firsts() > 0.9 * merged.rows();
            leased = merged.leased();
            return merged;
        } finally {
            offers.handOver(leased);
        }
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
        bell.ring();
        loop.join(Duration.ofSeconds(10));
        if (doorbell != null) {
            doorbell.close();
        }
    }
}
