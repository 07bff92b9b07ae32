package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.IdRanges;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.DueLocks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows of locked customers the scans skip, so that however many they are, the rows of
 * others are merged. Its state is in {@link SkippedRows}; both merging threads use it.
 */
final class LockedCustomers {

    private final DataSource database;
    private final SkippedRows skipped;
    private final AlikeRows alike;
    private final DueLocks dueLocks;

    LockedCustomers(DataSource database, LongSupplier nanoTime) {
        this.database = database;
        this.skipped = new SkippedRows(nanoTime);
        this.alike = new AlikeRows(database, skipped);
        this.dueLocks = new DueLocks(nanoTime);
    }

    DueLocks dueLocks() {
        return dueLocks;
    }

    /**
     * Before a scan.
     *
     * @return whether rows that were skipped can be taken again, so that a full scan is to find
     *         them
     */
    boolean tryAgain() throws SQLException {
        List<CustomerKey> customers = skipped.toTry();
        if (customers.isEmpty() && !skipped.isAnyOld()) {
            return false;
        }
        Set<CustomerKey> free = customers.isEmpty()
                ? Set.of()
                : Transaction.run(
                                database,
                                connection -> MergeSql.lockCustomers(connection, customers, dueLocks.areLikely()))
                        .keySet();
        return skipped.takeAgain(free);
    }

    /** Before a scan: finds further rows of customers that stay locked. */
    void findAlike() throws SQLException {
        alike.skip();
    }

    /** Rows to skip; null: none. */
    @Nullable
    IdRanges rows() {
        return skipped.ids();
    }

    /**
     * After a merge. While only few rows stayed, the next scan may as well find them again.
     *
     * @param stayed of its rows, by customer
     * @return how many are skipped from now on
     */
    int skip(Merged merged, Map<CustomerKey, List<ReadRow>> stayed) {
        if (!stayed.isEmpty()) {
            dueLocks.stay();
        }
        if (stayed.isEmpty() || 2 * merged.stayed() < merged.rows()) {
            return 0;
        }
        int count = skipped.skip(stayed);
        alike.want(stayed);
        return count;
    }

    /** A row that can't even be marked. */
    void skip(long row) {
        skipped.skip(row);
    }

    Duration untilNextTry(Duration atMost) {
        return skipped.untilNextTry(atMost);
    }
}
