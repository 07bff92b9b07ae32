package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.NewRow;
import io.alohubsync.delivery.TraceSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The trace of each new revision: that of the newest row that has one. Only where traces are on.
 *
 * @param byCustomer by the customer's id; null: its rows belong to none
 */
record MergeTraces(Map<Long, @Nullable String> byCustomer) {

    static MergeTraces of(Connection connection, List<NewRow> rows, List<IdentifiedMerge> customers)
            throws SQLException {
        Map<Long, String> ofRows = TraceSql.ofRows(connection, rows);
        Map<Long, @Nullable String> traces = new HashMap<>();
        for (IdentifiedMerge identified : customers) {
            if (identified.merge().isNewRevision()) {
                String newest = identified.merge().rows().stream()
                        .map(ReadRow::id)
                        .filter(ofRows::containsKey)
                        .max(Long::compare)
                        .map(ofRows::get)
                        .orElse(null);
                traces.put(identified.customer().id(), newest);
            }
        }
        return new MergeTraces(traces);
    }

    /** Keeps them, in {@code due}. @return the leased customers, each with its trace */
    Map<String, List<Claimed>> keep(Connection connection, Map<String, List<Claimed>> leased) throws SQLException {
        List<Long> moved = leased.values().stream()
                .flatMap(List::stream)
                .map(Claimed::customerId)
                .filter(customer -> byCustomer.get(customer) != null)
                .toList();
        if (!moved.isEmpty()) {
            MergeSql.moveLeases(connection, moved);
        }
        if (!byCustomer.isEmpty()) {
            TraceSql.keep(connection, byCustomer);
        }
        Map<String, List<Claimed>> traced = new HashMap<>();
        leased.forEach((account, customers) -> traced.put(
                account,
                TraceSql.of(customers, byCustomer).stream()
                        .map(customer -> customer.traceparent() == null ? customer : inDue(customer))
                        .toList()));
        return traced;
    }

    /** Its lease is no longer one of the merge's. */
    private static Claimed inDue(Claimed customer) {
        Objects.requireNonNull(customer.merge()).add(-1);
        return customer.moved();
    }
}
