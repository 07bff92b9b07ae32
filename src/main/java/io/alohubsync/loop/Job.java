package io.alohubsync.loop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Work that a schedule runs, on any of its threads. A lost database or a fault ends a run, never
 * the schedule. Runs do not overlap: a time that comes while a run lasts is skipped. The thread of
 * the run that lasts owns the job's state; any thread may stop it or ask for its age.
 */
public final class Job implements Repeated {

    private static final Logger LOG = Logger.getLogger(Job.class);

    private final String name;
    private final Loop.Round run;
    private final Rounds rounds;
    private final Semaphore free = new Semaphore(1);
    private final Object changing = new Object();
    private @Nullable Thread thread; // of the run that lasts; under the lock "changing"
    private volatile boolean stopping; // written by the thread that stops, and by a run when faults last

    public Job(String name, Loop.Round run, LongSupplier nanoTime) {
        this(name, run, nanoTime, Exit::because);
    }

    /** @param exit ends the process, with a sentence */
    public Job(String name, Loop.Round run, LongSupplier nanoTime, Consumer<String> exit) {
        this.name = name;
        this.run = run;
        this.rounds = new Rounds(LOG, "job " + name, " at its next time", nanoTime, exit);
    }

    /** Returns normally, whatever the work throws. */
    public void run() {
        if (!free.tryAcquire()) {
            return;
        }
        try {
            if (!stopping) {
                String itsName = begin();
                runOnce();
                end(itsName);
            }
        } finally {
            free.release();
        }
    }

    /** Names the thread after the job, for thread dumps and the log. */
    private String begin() {
        Thread lent = Thread.currentThread();
        String itsName = lent.getName();
        lent.setName(name);
        synchronized (changing) {
            thread = lent;
        }
        rounds.begin();
        return itsName;
    }

    /** The thread is the scheduler's: it gets its name back, and no interrupt of the job stays. */
    private void end(String itsName) {
        synchronized (changing) {
            thread = null;
            Thread.interrupted();
        }
        Thread.currentThread().setName(itsName);
    }

    private void runOnce() {
        try {
            run.run();
            rounds.passed();
        } catch (InterruptedException stopped) {
            LOG.debugf("The job %s was stopped", name);
        } catch (SQLException failure) {
            rounds.failed(failure);
        } catch (RuntimeException | Error thrown) {
            stopping |= rounds.faulted(thrown);
        }
    }

    /** No run begins after this; a run that lasts goes on to its end. */
    public void stop() {
        stopping = true;
    }

    /** Waits for the end of a run; interrupts it if it lasts longer. */
    public void join(Duration atMost) throws InterruptedException {
        if (free.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            free.release();
            return;
        }
        synchronized (changing) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isAlive(Duration lately) {
        return rounds.nanosSinceBegun() < lately.toNanos();
    }

    @Override
    public @Nullable String cannotWrite() {
        return rounds.cannotWrite();
    }

    @Override
    public double ageSeconds() {
        return rounds.nanosSinceBegun() / 1e9;
    }
}
