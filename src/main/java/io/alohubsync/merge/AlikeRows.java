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
 * Where few customers that are locked have many new rows, those that follow are found thousands at a time, by their spelling, and
 * passed over too: to lock and read them all, a batch at a time, would delay the others' rows behind them.
 */
final class AlikeRows {

    private static final int MANY = 4; // rows of a customer in a batch

    private final DataSource database;
    private final PassedRows passed;
    private final AtomicReference<@Nullable Map<Long, CustomerKey>> wanted = new AtomicReference<>();

    AlikeRows(DataSource database, PassedRows passed) {
        this.database = database;
        this.passed = passed;
    }

    /** @param rows have been passed over. A customer that a settlement holds for a moment is none to search for. */
    void want(Map<CustomerKey, List<ReadRow>> rows) {
        Map<Long, CustomerKey> customers = new HashMap<>();
        rows.forEach((customer, its) -> {
            if (its.size() >= MANY && passed.wasTriedInVain(customer)) {
                its.forEach(row -> customers.put(row.id(), customer));
            }
        });
        if (!customers.isEmpty()) {
            wanted.set(customers);
        }
    }

    /** To be called before a look. */
    void pass() throws SQLException {
        Map<Long, CustomerKey> customers = wanted.getAndSet(null);
        if (customers == null) {
            return;
        }
        try {
            Transaction.run(database, connection -> AlikeRowsSql.find(connection, customers.keySet()))
                    .forEach((row, alike) -> passed.pass(customers.get(row), alike));
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutOneRow(failure)) {
                throw failure;
            }
            // The looks find that row, one batch after the other.
        }
    }
}
