package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A merge whose customer exists in the database.
 *
 * @param customer what the merge came to, with its id
 * @param token    of its lease, if it was inserted with one; 0: it was not
 */
record IdentifiedMerge(CustomerMerge merge, CustomerState customer, long token) {

    /** Inserts the new customers. One that another replica has just inserted is left out: its rows stay new. */
    static List<IdentifiedMerge> of(Connection connection, List<CustomerMerge> merges, LeaseOffer offer)
            throws SQLException {
        List<CustomerMerge> unknown = merges.stream()
                .filter(merge -> merge.before().isNew())
                .sorted((one, other) -> CustomerKey.ORDER.compare(
                        one.before().key(), other.before().key()))
                .toList();
        Map<CustomerKey, MergeSql.Inserted> inserted =
                unknown.isEmpty() ? Map.of() : MergeSql.insertCustomers(connection, unknown, offer);
        List<IdentifiedMerge> customers = new ArrayList<>(merges.size());
        for (CustomerMerge merge : merges) {
            CustomerState after = merge.after();
            if (!after.isNew()) {
                customers.add(new IdentifiedMerge(merge, after, 0));
                continue;
            }
            MergeSql.Inserted row = inserted.get(after.key());
            if (row != null) {
                customers.add(new IdentifiedMerge(merge, after.withId(row.id()), row.token()));
            }
        }
        return customers;
    }
}
