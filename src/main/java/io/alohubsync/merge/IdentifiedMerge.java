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
 */
record IdentifiedMerge(CustomerMerge merge, CustomerState customer) {

    /** Inserts the new customers. One that another replica has just inserted is left out: its rows stay new. */
    static List<IdentifiedMerge> of(Connection connection, List<CustomerMerge> merges) throws SQLException {
        List<CustomerState> unknown = merges.stream()
                .map(CustomerMerge::after)
                .filter(CustomerState::isNew)
                .sorted((one, other) -> CustomerKey.ORDER.compare(one.key(), other.key()))
                .toList();
        Map<CustomerKey, Long> ids = unknown.isEmpty() ? Map.of() : MergeSql.insertCustomers(connection, unknown);
        List<IdentifiedMerge> customers = new ArrayList<>(merges.size());
        for (CustomerMerge merge : merges) {
            CustomerState after = merge.after();
            Long id = after.isNew() ? ids.get(after.key()) : Long.valueOf(after.id());
            if (id != null) {
                customers.add(new IdentifiedMerge(merge, after.withId(id)));
            }
        }
        return customers;
    }
}
