package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.LeaseRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The customers of a batch, locked or inserted, with their rows folded in. One that another
 * transaction has locked or has just inserted is left out: its rows stay new.
 *
 * @param offer the existing customers that may be leased with their update
 */
record BatchCustomers(List<IdentifiedMerge> customers, LeaseOffer offer) {

    private static final Comparator<CustomerMerge> KEY_ORDER =
            Comparator.comparing(merge -> merge.before().key(), CustomerKey.ORDER);

    /** Locks those of the customers that exist and that no other transaction has. */
    @FunctionalInterface
    interface Locks {
        Map<CustomerKey, CustomerState> of(Collection<CustomerKey> customers) throws SQLException;
    }

    /**
     * @param rows          by customer, most urgent first
     * @param leaseRequests by account, how many customers may be leased
     * @param expectedNew   most of them are new: then they are inserted first, and only the others
     *                      are looked up, which spares a statement
     */
    static BatchCustomers of(
            Connection connection,
            Map<CustomerKey, List<ReadRow>> rows,
            Map<String, LeaseRequest> leaseRequests,
            boolean expectedNew,
            Locks locks)
            throws SQLException {
        return expectedNew
                ? insertFirst(connection, rows, leaseRequests, locks)
                : lockFirst(connection, rows, leaseRequests, locks);
    }

    private static BatchCustomers lockFirst(
            Connection connection,
            Map<CustomerKey, List<ReadRow>> rows,
            Map<String, LeaseRequest> leaseRequests,
            Locks locks)
            throws SQLException {
        Map<CustomerKey, CustomerState> known = locks.of(rows.keySet());
        List<CustomerMerge> merges = fold(rows, known);
        LeaseOffer offer = new LeaseOffer(merges, leaseRequests);
        List<CustomerMerge> unknown =
                merges.stream().filter(merge -> merge.before().isNew()).toList();
        return new BatchCustomers(identified(merges, insert(connection, unknown, offer)), offer);
    }

    private static BatchCustomers insertFirst(
            Connection connection,
            Map<CustomerKey, List<ReadRow>> rows,
            Map<String, LeaseRequest> leaseRequests,
            Locks locks)
            throws SQLException {
        List<CustomerMerge> unknown = fold(rows, Map.of());
        LeaseOffer offer = new LeaseOffer(unknown, leaseRequests);
        Map<CustomerKey, MergeSql.Inserted> inserted = insert(connection, unknown, offer);
        if (inserted.size() == rows.size()) {
            return new BatchCustomers(identified(unknown, inserted), offer);
        }
        Map<CustomerKey, List<ReadRow>> others = new LinkedHashMap<>(rows);
        others.keySet().removeAll(inserted.keySet());
        Map<CustomerKey, CustomerState> known = locks.of(others.keySet());
        List<CustomerMerge> merges = fold(rows, known);
        List<CustomerMerge> ofKnown =
                merges.stream().filter(merge -> !merge.before().isNew()).toList();
        return new BatchCustomers(identified(merges, inserted), new LeaseOffer(ofKnown, left(leaseRequests, inserted)));
    }

    private static List<CustomerMerge> fold(
            Map<CustomerKey, List<ReadRow>> rows, Map<CustomerKey, CustomerState> known) {
        List<CustomerMerge> merges = new ArrayList<>(rows.size());
        rows.forEach((key, its) -> {
            CustomerState before = known.get(key);
            merges.add(CustomerMerge.of(before == null ? CustomerState.unknown(key) : before, its));
        });
        return merges;
    }

    private static Map<CustomerKey, MergeSql.Inserted> insert(
            Connection connection, List<CustomerMerge> unknown, LeaseOffer offer) throws SQLException {
        return unknown.isEmpty()
                ? Map.of()
                : MergeSql.insertCustomers(
                        connection, unknown.stream().sorted(KEY_ORDER).toList(), offer);
    }

    private static List<IdentifiedMerge> identified(
            List<CustomerMerge> merges, Map<CustomerKey, MergeSql.Inserted> inserted) {
        List<IdentifiedMerge> customers = new ArrayList<>(merges.size());
        for (CustomerMerge merge : merges) {
            MergeSql.Inserted row = inserted.get(merge.before().key());
            if (row != null) {
                customers.add(IdentifiedMerge.inserted(merge, row));
            } else if (!merge.before().isNew()) {
                customers.add(IdentifiedMerge.known(merge));
            }
        }
        return customers;
    }

    /** What the inserted customers leave to the others. */
    private static Map<String, LeaseRequest> left(
            Map<String, LeaseRequest> leaseRequests, Map<CustomerKey, MergeSql.Inserted> inserted) {
        Map<String, LeaseRequest> left = new HashMap<>();
        leaseRequests.forEach((account, request) -> {
            long leased = inserted.entrySet().stream()
                    .filter(one -> one.getValue().token() != 0
                            && one.getKey().account().equals(account))
                    .count();
            left.put(account, request.atMost((int) (request.limit() - leased)));
        });
        return left;
    }
}
