package io.alohubsync.loop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that repeats a round until it is stopped: for work that waits for events. What is due by
 * the clock is a {@link Job}. The loop's own thread runs the rounds and alone writes
 * {@link #rounds}; any other thread may start it, stop it or ask for its age.
 */
public final class Loop implements Repeated {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;
    private static final long AFTER_INTERRUPT_MILLIS = 200;

    @FunctionalInterface
    public interface Round {
        void run() throws SQLException, InterruptedException;
    }

    private final String name;
    private final Round round;
    private final Rounds rounds;
    private final Thread thread;
    private volatile boolean stopping; // written by the thread that stops, and by the loop when faults last

    public Loop(String name, Round round, LongSupplier nanoTime) {
        this(name, round, nanoTime, Exit::because);
    }

    /** @param exit ends the process, with a sentence */
    public Loop(String name, Round round, LongSupplier nanoTime, Consumer<String> exit) {
        this.name = name;
        this.round = round;
        this.rounds = new Rounds(LOG, "loop " + name, "", nanoTime, exit);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public Loop start() {
        rounds.begin();
        thread.start();
        return this;
    }

    /** No round begins after this; a round that runs goes on to its end. */
    public void stop() {
        stopping = true;
    }

    /**
     * Interrupts it where it has not ended by then.
     *
     * @return whether it has ended: its state is the caller's from now on
     */
    public boolean join(Duration atMost) throws InterruptedException {
        thread.join(Math.max(1, atMost.toMillis()));
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(AFTER_INTERRUPT_MILLIS);
        }
        return !thread.isAlive();
    }

    @Override
    public String name() {
        return name;
    }

    /** The thread lives and has begun a round lately. */
    @Override
    public boolean isAlive(Duration lately) {
        return thread.isAlive() && rounds.nanosSinceBegun() < lately.toNanos();
    }

    @Override
    public @Nullable String cannotWrite() {
        return rounds.cannotWrite();
    }

    @Override
    public double ageSeconds() {
        return rounds.nanosSinceBegun() / 1e9;
    }

    private void run() {
        while (!stopping) {
            rounds.begin();
            try {
                round.run();
                rounds.passed();
            } catch (InterruptedException stopped) {
                return;
            } catch (SQLException failure) {
                rounds.failed(failure);
                pause();
            } catch (RuntimeException | Error thrown) { // no other thread does the work of this loop, so it goes on
                stopping |= rounds.faulted(thrown);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException stopped) {
            stopping = true;
        }
    }
}
