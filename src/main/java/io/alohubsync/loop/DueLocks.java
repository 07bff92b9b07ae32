package io.alohubsync.loop;

import io.alohubsync.jdbc.SqlFailure;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether another transaction may have rows of {@code due} locked without their customers, as only
 * a statement by hand does. Merges and settlements lock the customers first, and wait for a lock of
 * {@code due} then. Once they have waited in vain they lock both for a minute, and leave out what
 * is locked. Any thread.
 */
public final class DueLocks {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile long until;

    /** @param nanoTime the monotonic clock */
    public DueLocks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
    }

    /** Rows of {@code due} are to be locked too. */
    public boolean areLikely() {
        return until - nanoTime.getAsLong() > 0;
    }

    /** A transaction failed, perhaps since it waited for such a lock. */
    public void suspect(SQLException failure) {
        if (SqlFailure.isAboutALock(failure)) {
            until = nanoTime.getAsLong() + MINUTE;
        }
    }

    /** Some were left out: the lock may be there still. */
    public void stay() {
        if (areLikely()) {
            until = nanoTime.getAsLong() + MINUTE;
        }
    }
}
