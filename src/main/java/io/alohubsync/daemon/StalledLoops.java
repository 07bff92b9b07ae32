package io.alohubsync.daemon;

import io.alohubsync.loop.Repeated;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Which loops and jobs have not begun a round lately, and the end of the process where one of them makes no progress any more. */
final class StalledLoops {

    /** Of the time after which a loop counts as stalled: nothing in here could help it then. */
    private static final int HOPELESS = 3;

    private final Duration lately;
    private final Consumer<String> exit;

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

    /** The process is to be started anew: a loop that hangs is helped by nothing else. @return whether it ends */
    boolean endIfHopeless(List<? extends Repeated> loops) {
        Duration hopeless = lately.multipliedBy(HOPELESS);
        for (Repeated loop : loops) {
            if (!loop.isAlive(hopeless)) {
                exit.accept("the loop or job " + loop.name() + " has not begun a round for " + (long) loop.ageSeconds()
                        + " s. It is to be started anew.");
                return true;
            }
        }
        return false;
    }
}
