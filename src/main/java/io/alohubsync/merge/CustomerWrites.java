package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.MergeLease;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch writes about customers that exist by now: changed content, replaced values, which
 * are due and which are leased. It belongs to one merge.
 */
final class CustomerWrites {

    private final List<CustomerMerge> changed = new ArrayList<>();
    private final List<CustomerState> newRevisions = new ArrayList<>();
    private final Map<Long, Short> priorities = new HashMap<>(); // of the new revisions, by customer
    private final Map<Long, Short> higherPriorities = new HashMap<>(); // of those that are due already
    private final Map<Long, Long> tokensOfInserted = new HashMap<>(); // by customer
    private final List<Long> leasesToMove = new ArrayList<>();
    private final Set<String> accountsToClaim = new HashSet<>();
    private final List<ReplacedValue> replaced = new ArrayList<>();
    private final List<CustomerState> unversioned = new ArrayList<>();
    private final List<RowStatus> statuses = new ArrayList<>();

    /**
     * @param accountsToClaim whose customers wait for a claim
     * @param leased          customers under a lease, by account, most urgent first
     */
    record ToDeliver(Set<String> accountsToClaim, Map<String, List<Claimed>> leased) {
        static final ToDeliver NONE = new ToDeliver(Set.of(), Map.of());
    }

    private CustomerWrites() {}

    static CustomerWrites of(List<IdentifiedMerge> customers) {
        CustomerWrites writes = new CustomerWrites();
        customers.forEach(writes::add);
        return writes;
    }

    private void add(IdentifiedMerge identified) {
        CustomerMerge merge = identified.merge();
        CustomerState customer = identified.customer();
        boolean isRaised = merge.isUnsettled() && merge.priority() > Short.MIN_VALUE;
        if (!merge.before().isNew() && merge.isChanged()) {
            changed.add(merge);
        }
        if (merge.isNewRevision()) {
            newRevisions.add(customer);
            priorities.put(customer.id(), merge.priority());
        } else if (isRaised) {
            higherPriorities.put(customer.id(), merge.priority());
            accountsToClaim.add(customer.key().account());
        }
        if (customer.leased() && (merge.isNewRevision() || isRaised)) {
            leasesToMove.add(customer.id());
        }
        if (identified.token() != 0) {
            tokensOfInserted.put(customer.id(), identified.token());
        }
        if (merge.isUnversionedChanged()) {
            unversioned.add(customer);
        }
        replaced.addAll(merge.replaced());
        statuses.addAll(merge.statuses(customer));
    }

    /** Of the rows of all these customers. */
    List<RowStatus> statuses() {
        return statuses;
    }

    /** @param offer the existing customers that may be leased with their update */
    ToDeliver write(Connection connection, LeaseOffer offer) throws SQLException {
        if (!leasesToMove.isEmpty()) {
            MergeSql.moveLeases(connection, leasesToMove);
        }
        Map<Long, Long> tokensOfUpdated =
                changed.isEmpty() ? Map.of() : MergeSql.updateCustomers(connection, changed, offer);
        ToDeliver toDeliver = lease(connection, tokensOfUpdated);
        if (!higherPriorities.isEmpty()) {
            MergeSql.raisePriority(connection, higherPriorities);
        }
        if (!unversioned.isEmpty()) {
            MergeSql.keepUnversioned(connection, unversioned);
        }
        if (!replaced.isEmpty()) {
            MergeSql.recordReplaced(connection, replaced);
        }
        return toDeliver;
    }

    /** The customers with a token are leased; the others are made due. */
    private ToDeliver lease(Connection connection, Map<Long, Long> tokensOfUpdated) throws SQLException {
        Map<String, List<Claimed>> leased = new HashMap<>();
        Map<Long, MergeLease> leases = new HashMap<>();
        List<CustomerState> due = new ArrayList<>();
        for (CustomerState customer : newRevisions) {
            String account = customer.key().account();
            Long token = tokensOfInserted.getOrDefault(customer.id(), tokensOfUpdated.get(customer.id()));
            if (token == null) {
                due.add(customer);
                accountsToClaim.add(account);
            } else {
                leased.computeIfAbsent(account, name -> new ArrayList<>(newRevisions.size()))
                        .add(Claimed.merged(customer, leases.computeIfAbsent(token, MergeLease::new)));
            }
        }
        if (!due.isEmpty()) {
            MergeSql.makeDue(connection, due, priorities);
        }
        return new ToDeliver(accountsToClaim, leased);
    }
}
