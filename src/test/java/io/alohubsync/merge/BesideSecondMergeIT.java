package io.alohubsync.merge;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The loop of the first thread, with the listener of a real database, beside the second thread,
 * whose rounds the test lets begin.
 */
class BesideSecondMergeIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofHours(1);

    private final ScriptedOutbox firsts = new ScriptedOutbox();
    private final ScriptedOutbox seconds = new ScriptedOutbox();
    private final Semaphore mayBegin = new Semaphore(0);
    private final IdleWait wait =
            new IdleWait(new RowListener(TestDatabase.migrated().dataSource(), POLL, System::nanoTime), POLL);
    private final SecondMerge second = new SecondMerge(step(seconds), wait, this::clock);
    private final MergeLoop loop = new MergeLoop(step(firsts), wait, null, second, System::nanoTime);

    private static MergeStep step(ScriptedOutbox outbox) {
        return new MergeStep(outbox.merge(), Leasing.none(), merged -> {});
    }

    private long clock() {
        if (Thread.currentThread().getName().equals("merge-2")) {
            mayBegin.acquireUninterruptibly();
        }
        return 0;
    }

    @AfterEach
    void stop() throws InterruptedException {
        mayBegin.release(1000);
        loop.stop();
    }

    @Test
    void rows_that_the_second_thread_had_locked_are_found_when_it_gives_them_up_though_nobody_notifies() {
        firsts.batch(MergeStep.BATCH); // asks for help
        loop.start();
        Await.until("the first thread has found nothing", SOON, () -> firsts.merges() >= 3);
        firsts.batch(7); // those that the second thread releases
        mayBegin.release(1000);
        Await.until("the second thread has found nothing", SOON, () -> seconds.merges() > 0);
        Await.until("the first thread has merged them", SOON, firsts::isEmpty);
    }
}
