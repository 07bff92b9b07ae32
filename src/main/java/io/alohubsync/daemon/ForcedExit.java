package io.alohubsync.daemon;

import io.alohubsync.loop.Exit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends a stop that a database or a network which hangs would make longer than its grace. Nothing is lost: leases end by themselves. */
final class ForcedExit {

    private static final Logger LOG = Logger.getLogger(ForcedExit.class);

    private ForcedExit() {}

    /** Unless the process has ended by then, it ends with its exit code: 0, but for {@link Exit#because}. */
    static void after(Duration grace) {
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
