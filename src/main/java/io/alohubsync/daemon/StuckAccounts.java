package io.alohubsync.daemon;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the process where customers of an account are unsettled long after the end of their leases,
 * and remain so. On the event loop.
 */
final class StuckAccounts {

    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);

    private final LongSupplier nanoTime;
    private final Consumer<String> exit;
    private List<String> stuck = List.of();
    private long since;

    /** @param exit ends the process, with a sentence */
    StuckAccounts(LongSupplier nanoTime, Consumer<String> exit) {
        this.nanoTime = nanoTime;
        this.exit = exit;
    }

    /**
     * @param now names of the accounts with such customers
     * @return whether the process ends
     */
    boolean endIfStuck(List<String> now) {
        boolean remains = now.stream().anyMatch(stuck::contains);
        if (!remains) {
            since = nanoTime.getAsLong();
        }
        stuck = now;
        boolean isOver = remains && nanoTime.getAsLong() - since >= STUCK_AFTER.toNanos();
        if (isOver) {
            exit.accept(
                    "customers of the account " + String.join(", ", now)
                            + " are unsettled a minute after the end of their leases. The process ends, so that it is restarted.");
        }
        return isOver;
    }
}
