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
 * Work that a schedule runs, on whatever thread it has. A lost database or a fault ends a run, never the schedule. Runs do not
 * overlap: the schedule skips a time that comes while a run lasts, and the job's state then belongs to the next thread.
 */
public final class Job implements Repeated {

    private static final Logger LOG = Logger.getLogger(Job.class);

    private final String name;
    private final Loop.Round run;
    private final Rounds rounds;
    private final Semaphore free = new Semaphore(1);
    private final Object changing = new Object();
    private @Nullable Thread thread; // of the run that lasts; under the lock "changing"
    private volatile boolean stopping;

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

    /** Thread dumps and the log show the name. */
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

    /** The thread is lent: an interrupt goes no further than the run. */
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

    /** No run begins after this; one that lasts is let finish. */
    public void stop() {
        stopping = true;
    }

    /** Waits for a run that lasts, and interrupts it then. */
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
    public double ageSeconds() {
        return rounds.nanosSinceBegun() / 1e9;
    }
}
