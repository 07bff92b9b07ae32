package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds further rows of locked customers, thousands at a time, by their spelling, so that they are
 * skipped too: to lock and read them all, a batch at a time, would delay the rows of others behind
 * them. Both merging threads use it; a search is taken by one of them.
 */
final class AlikeRows {

    private static final int MANY = 4; // rows of a customer in a batch

    private final DataSource database;
    private final SkippedRows skipped;
    private final AtomicReference<@Nullable Map<Long, CustomerKey>> wanted = new AtomicReference<>();

    AlikeRows(DataSource database, SkippedRows skipped) {
        this.database = database;
        this.skipped = skipped;
    }

    /**
     * @param rows are skipped now. A customer that a settlement locks for a moment is not searched
     *             for.
     */
    void want(Map<CustomerKey, List<ReadRow>> rows) {
        Map<Long, CustomerKey> customers = new HashMap<>();
        rows.forEach((customer, its) -> {
            if (its.size() >= MANY && skipped.isStillLocked(customer)) {
                its.forEach(row -> customers.put(row.id(), customer));
            }
        });
        if (!customers.isEmpty()) {
            wanted.set(customers);
        }
    }

    /** To be called before a scan. */
    void skip() throws SQLException {
        Map<Long, CustomerKey> customers = wanted.getAndSet(null);
        if (customers == null) {
            return;
        }
        try {
            Transaction.run(database, connection -> AlikeRowsSql.find(connection, customers.keySet()))
                    .forEach((row, alike) -> skipped.skip(customers.get(row), alike));
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            // The scans find that row, one batch after the other.
        }
    }
}
