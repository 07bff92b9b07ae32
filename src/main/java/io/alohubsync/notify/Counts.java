package io.alohubsync.notify;

import io.alohubsync.jdbc.Transaction;
import io.alohubsync.notify.NotifySql.Count;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was done, for the digest and the rules, and deletes what is old. The job's thread uses
 * it.
 */
final class Counts {

    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final DataSource database;
    private final Tally tally;
    private final LongSupplier nanoTime;
    private @Nullable Long purged; // null: not yet

    Counts(DataSource database, Tally tally, LongSupplier nanoTime) {
        this.database = database;
        this.tally = tally;
        this.nanoTime = nanoTime;
    }

    void keep() throws SQLException {
        Tally.Since since = tally.since();
        List<Count> counts = since.counts();
        if (!counts.isEmpty()) {
            Transaction.run(database, connection -> NotifySql.add(connection, counts));
            since.kept();
        }
    }

    /** Counts and messages; once an hour. */
    void purge() throws SQLException {
        long now = nanoTime.getAsLong();
        if (purged == null || now - purged >= PURGE_EVERY.toNanos()) {
            Transaction.run(database, NotifySql::purge);
            purged = now;
        }
    }
}
