package io.alohubsync.loop;

import io.alohubsync.config.Fault;
import io.alohubsync.jdbc.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that repeats a round until it is stopped. A lost database or a fault ends a round, never the loop; faults that go on
 * for minutes end the process, which is started anew.
 */
public final class Loop {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;
    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(3);

    @FunctionalInterface
    public interface Round {
        void run() throws SQLException, InterruptedException;
    }

    private final String name;
    private final Round round;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile long lastRound;
    private volatile boolean failing;
    private final Consumer<String> exit;
    private @Nullable Class<?> fault; // of the last round; of the loop's own thread alone, as the next
    private long faultySince;

    public Loop(String name, Round round, LongSupplier nanoTime) {
        this(name, round, nanoTime, Exit::because);
    }

    /** @param exit ends the process, with a sentence */
    public Loop(String name, Round round, LongSupplier nanoTime, Consumer<String> exit) {
        this.exit = exit;
        this.name = name;
        this.round = round;
        this.nanoTime = nanoTime;
        this.lastRound = nanoTime.getAsLong();
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public Loop start() {
        lastRound = nanoTime.getAsLong();
        thread.start();
        return this;
    }

    /** No round begins after this; one that runs is let finish. */
    public void stop() {
        stopping = true;
    }

    public void join(Duration atMost) throws InterruptedException {
        thread.join(Math.max(1, atMost.toMillis()));
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }

    public String name() {
        return name;
    }

    /** The thread lives and has begun a round lately. */
    public boolean isAlive(Duration lately) {
        return thread.isAlive() && nanoTime.getAsLong() - lastRound < lately.toNanos();
    }

    /** @return seconds since it last began a round; at least 0, and it grows if the thread has ended */
    public double ageSeconds() {
        return Math.max(0, nanoTime.getAsLong() - lastRound) / 1e9;
    }

    private void run() {
        while (!stopping) {
            lastRound = nanoTime.getAsLong();
            try {
                round.run();
                recovered();
            } catch (InterruptedException stopped) {
                return;
            } catch (SQLException failure) {
                fault = null;
                failed(SqlFailure.describe(failure));
            } catch (RuntimeException | Error thrown) { // the loop is all there is: it outlives even these
                Fault.endIfOutOfMemory(thrown);
                faulted(thrown);
                failed(thrown.getClass().getName());
            }
        }
    }

    private void faulted(Throwable thrown) {
        long now = nanoTime.getAsLong();
        if (fault != thrown.getClass()) { // once, not twice a second
            LOG.errorf(Fault.withoutMessages(thrown), "The loop %s met a fault", name);
        }
        if (fault == null) {
            faultySince = now;
        } else if (now - faultySince > WITHOUT_PROGRESS.toNanos()) {
            stopping = true;
            exit.accept("the loop " + name + " has met nothing but faults for " + WITHOUT_PROGRESS.toMinutes()
                    + " minutes, the last a " + thrown.getClass().getName() + ". It is to be started anew.");
        }
        fault = thrown.getClass();
    }

    private void recovered() {
        fault = null;
        if (failing) {
            failing = false;
            LOG.infof("The loop %s goes on", name);
        }
    }

    private void failed(String why) {
        if (!failing) {
            failing = true;
            LOG.warnf("The loop %s can't work now and tries again (%s)", name, why);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException stopped) {
            stopping = true;
        }
    }
}
