package io.alohubsync.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often port 8080 answers, over all clients. The event loop that answers also makes the calls
 * to Alohub. So {@link #AT_ONCE} requests of a second are answered at once. The others wait for the
 * end of that second: a client that asks again as soon as it has an answer gets about one a second.
 * Used by any thread; this object's lock guards its state.
 */
final class Pace {

    static final int AT_ONCE = 100;
    static final int MAX_WAITING = 1000;
    static final long SECOND = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final Timer timer;
    private final int atOnce;
    private final int maxWaiting;
    private List<Runnable> waiting = new ArrayList<>();
    private boolean begun;
    private long beganAt;
    private int answered;

    @FunctionalInterface
    interface Timer {
        void after(long nanos, Runnable task);
    }

    Pace(LongSupplier nanoTime, Timer timer, int atOnce, int maxWaiting) {
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.atOnce = atOnce;
        this.maxWaiting = maxWaiting;
    }

    /** @return false: too many wait already, and {@code answer} will not run */
    boolean take(Runnable answer) {
        Boolean now = turn(answer);
        if (now == null) {
            return false;
        }
        if (now) {
            answer.run();
        }
        return true;
    }

    /** @return whether it is answered at once; null: not at all */
    private synchronized @Nullable Boolean turn(Runnable answer) {
        long now = nanoTime.getAsLong();
        if (waiting.isEmpty() && (!begun || now - beganAt >= SECOND)) {
            begun = true;
            beganAt = now;
            answered = 0;
        }
        if (answered < atOnce) {
            answered++;
            return true;
        }
        if (waiting.size() >= maxWaiting) {
            return null;
        }
        waiting.add(answer);
        if (waiting.size() == 1) {
            timer.after(Math.max(0, beganAt + SECOND - now), this::answerWaiting);
        }
        return false;
    }

    private void answerWaiting() {
        List<Runnable> released;
        synchronized (this) {
            released = waiting;
            waiting = new ArrayList<>();
        }
        released.forEach(Runnable::run);
    }
}
