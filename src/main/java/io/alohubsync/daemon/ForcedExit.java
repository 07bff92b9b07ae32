package io.alohubsync.daemon;

import io.alohubsync.loop.Exit;
import io.quarkus.runtime.LaunchMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Ends the process if its stop takes longer than the grace, because the database or the network
 * hangs. Leases end by time, so nothing is lost. A thread of its own waits for that; it shares
 * nothing.
 */
final class ForcedExit {

    private static final Logger LOG = Logger.getLogger(ForcedExit.class);

    private ForcedExit() {}

    /** Ends the process with {@link Exit#code} unless it has ended by then. */
    static void after(Duration grace) {
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            return; // the process goes on with the next version of the program
        }
        Thread.ofPlatform().daemon().name("last-moment").start(() -> end(grace));
    }

    private static void end(Duration grace) {
        try {
            TimeUnit.NANOSECONDS.sleep(grace.toNanos());
        } catch (InterruptedException never) {
            return;
        }
        LOG.warnf(
                "Ended after %d s, since the database or a loop hangs; customers that are not settled are due again when their"
                        + " leases end",
                (Object) grace.toSeconds());
        Runtime.getRuntime().halt(Exit.code());
    }
}
