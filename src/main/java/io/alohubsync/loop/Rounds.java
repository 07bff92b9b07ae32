package io.alohubsync.loop;

import io.alohubsync.jdbc.DatabaseTrouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when the last round of a loop or job began, and whether it failed. The log has a line when
 * failures begin and one when they are over. A lost database or a fault ends a round, and the next
 * one follows. Faults in each round for three minutes end the process, which the orchestrator
 * restarts. One thread at a time runs rounds and owns the state; any thread may read the age.
 */
final class Rounds {

    private static final Duration LATELY = Duration.ofSeconds(30);
    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(3);

    private final Logger log;
    private final String what;
    private final String tries;
    private final LongSupplier nanoTime;
    private final Consumer<String> exit;
    private volatile long begun;
    private volatile boolean failing;
    private volatile @Nullable String cannotWrite; // in the last round
    private @Nullable Class<?> fault; // of the last round
    private long faultySince;

    /**
     * @param what  names it in the log: {@code loop merge}
     * @param tries when it is tried again
     * @param exit  ends the process, with a sentence
     */
    Rounds(Logger log, String what, String tries, LongSupplier nanoTime, Consumer<String> exit) {
        this.log = log;
        this.what = what;
        this.tries = tries;
        this.nanoTime = nanoTime;
        this.exit = exit;
        begin();
    }

    void begin() {
        begun = nanoTime.getAsLong();
    }

    long nanosSinceBegun() {
        return Math.max(0, nanoTime.getAsLong() - begun);
    }

    /** Of a job that runs seldom it is no longer known whether it still can't. */
    @Nullable
    String cannotWrite() {
        return nanosSinceBegun() < LATELY.toNanos() ? cannotWrite : null;
    }

    void passed() {
        fault = null;
        cannotWrite = null;
        if (failing) {
            failing = false;
            log.infof("The %s works again", what);
        }
    }

    void failed(SQLException failure) {
        fault = null;
        cannotWrite = DatabaseTrouble.keepsFromWriting(failure);
        failed(DatabaseTrouble.inLog(failure));
    }

    /** @return whether the process ends */
    boolean faulted(Throwable thrown) {
        Fault.endIfOutOfMemory(thrown);
        long now = nanoTime.getAsLong();
        if (fault != thrown.getClass()) { // once, not with each round
            log.errorf(Fault.withoutMessages(thrown), "The %s failed", what);
        }
        boolean endsProcess = fault != null && now - faultySince > WITHOUT_PROGRESS.toNanos();
        if (fault == null) {
            faultySince = now;
        } else if (endsProcess) {
            exit.accept("the " + what + " has failed in each round for " + WITHOUT_PROGRESS.toMinutes()
                    + " minutes, at last with a " + thrown.getClass().getName()
                    + ". The process ends, so that it is restarted.");
        }
        fault = thrown.getClass();
        cannotWrite = null;
        failed(thrown.getClass().getName());
        return endsProcess;
    }

    private void failed(String why) {
        if (!failing) {
            failing = true;
            log.warnf("The %s failed (%s). It tries again%s.", what, why, tries);
        }
    }
}
