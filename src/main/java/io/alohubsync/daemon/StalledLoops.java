package io.alohubsync.daemon;

import io.alohubsync.loop.Repeated;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Finds loops and jobs that have not begun a round lately, and ends the process where one makes no
 * progress any more. The event loop and the health checks ask it; the event loop alone ends.
 */
final class StalledLoops {

    /** So many times longer than a stalled loop one has begun no round that is watched. */
    private static final int WATCHED = 2;

    private final Duration lately;
    private final LongSupplier nanoTime;
    private final Consumer<String> exit;
    private final List<Repeated> others = new CopyOnWriteArrayList<>(); // any thread adds
    private final Map<Repeated, Long> watchedSince = new HashMap<>(); // the event loop's alone

    /**
     * @param nanoTime the monotonic clock
     * @param exit     ends the process, with a sentence
     */
    StalledLoops(Duration pollInterval, LongSupplier nanoTime, Consumer<String> exit) {
        this.lately = pollInterval.multipliedBy(3).plusSeconds(90); // rounds begin more often, whatever they wait for
        this.nanoTime = nanoTime;
        this.exit = exit;
    }

    /** Watches a loop or job of a room above the daemon as well. */
    void watch(Repeated other) {
        others.add(other);
    }

    List<String> names(List<? extends Repeated> loops) {
        return withOthers(loops)
                .filter(loop -> !loop.isAlive(lately))
                .<String>map(Repeated::name)
                .toList();
    }

    private Stream<Repeated> withOthers(List<? extends Repeated> loops) {
        return Stream.concat(loops.stream(), others.stream());
    }

    /**
     * Only a restart of the process helps a loop that hangs. It is stuck when it begins no round
     * while it is watched: in a process that was frozen for a while all seem to hang at first.
     *
     * @return whether the process ends
     */
    boolean endIfStuck(List<? extends Repeated> loops) {
        long now = nanoTime.getAsLong();
        for (Repeated loop : withOthers(loops).toList()) {
            if (loop.isAlive(lately.multipliedBy(WATCHED))) {
                watchedSince.remove(loop);
            } else if (now - watchedSince.computeIfAbsent(loop, hangs -> now) >= lately.toNanos()) {
                exit.accept("the loop or job " + loop.name() + " has not begun a round for " + (long) loop.ageSeconds()
                        + " s. The process ends, so that it is restarted.");
                return true;
            }
        }
        return false;
    }
}
