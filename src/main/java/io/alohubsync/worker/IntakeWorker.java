package io.alohubsync.worker;

import io.alohubsync.intake.Intake;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Merges new outbox rows until there are none, then waits until a source rings. */
final class IntakeWorker {

    private static final int BATCH = 500;

    private final Intake intake;
    private final Duration pollInterval;
    private final Consumer<Intake.Merged> afterMerge;
    private final @Nullable Doorbell doorbell;
    private final Bell bell = new Bell();
    private final Loop loop;
    private volatile boolean stopping;

    /**
     * @param doorbell   null: rows are polled for
     * @param afterMerge something may be due
     */
    IntakeWorker(
            Intake intake,
            @Nullable Doorbell doorbell,
            Duration pollInterval,
            LongSupplier nanoTime,
            Consumer<Intake.Merged> afterMerge) {
        this.doorbell = doorbell;
        this.intake = intake;
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
        Intake.Merged merged = intake.mergeBatch(BATCH);
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
            bell.await(pollInterval);
        } else {
            doorbell.awaitRing(() -> stopping);
        }
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
