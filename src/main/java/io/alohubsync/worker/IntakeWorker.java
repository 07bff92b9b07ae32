package io.alohubsync.worker;

import io.alohubsync.intake.Intake;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Merges new outbox rows until there are none, then waits for the bell. */
final class IntakeWorker {

    private static final int BATCH = 500;

    private final Intake intake;
    private final Duration pollInterval;
    private final Consumer<Intake.Merged> afterMerge;
    private final Bell bell = new Bell();
    private final Loop loop;

    /** @param afterMerge something may be due */
    IntakeWorker(Intake intake, Duration pollInterval, LongSupplier nanoTime, Consumer<Intake.Merged> afterMerge) {
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
        if (merged.rows() < BATCH && intake.revive(BATCH) == 0) {
            bell.await(pollInterval);
        }
    }

    void stop() throws InterruptedException {
        loop.stop();
        bell.ring();
        loop.join(Duration.ofSeconds(10));
    }
}
