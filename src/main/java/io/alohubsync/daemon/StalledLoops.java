package io.alohubsync.daemon;

import io.alohubsync.loop.Repeated;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds loops and jobs that have not begun a round lately, and ends the process where one makes no
 * progress any more. The event loop and the health checks ask it; the event loop alone ends.
 */
final class StalledLoops {

    /** So many times longer than a stalled loop a hopeless one has begun no round. */
    private static final int HOPELESS = 3;

    private final Duration lately;
    private final Consumer<String> exit;
    private final Set<Repeated> hung = new HashSet<>(); // when the event loop looked last

    /** @param exit ends the process, with a sentence */
    StalledLoops(Duration pollInterval, Consumer<String> exit) {
        this.lately = pollInterval.multipliedBy(3).plusSeconds(90); // rounds begin more often, whatever they wait for
        this.exit = exit;
    }

    List<String> names(List<? extends Repeated> loops) {
        return loops.stream()
                .filter(loop -> !loop.isAlive(lately))
                .<String>map(Repeated::name)
                .toList();
    }

    /**
     * Only a restart of the process helps a loop that hangs. It has to hang twice in succession: in
     * a process that was frozen for a while all seem to hang when it goes on.
     *
     * @return whether the process ends
     */
    boolean endIfHopeless(List<? extends Repeated> loops) {
        Duration hopeless = lately.multipliedBy(HOPELESS);
        for (Repeated loop : loops) {
            if (loop.isAlive(hopeless)) {
                hung.remove(loop);
            } else if (!hung.add(loop)) {
                exit.accept("the loop or job " + loop.name() + " has not begun a round for " + (long) loop.ageSeconds()
                        + " s. It is to be started anew.");
                return true;
            }
        }
        return false;
    }
}
