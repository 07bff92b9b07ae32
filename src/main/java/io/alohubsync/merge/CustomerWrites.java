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
    private final List<CustomerState> wanted = new ArrayList<>();
    private final List<Long> moved = new ArrayList<>();
    private final Map<Long, Long> tokens = new HashMap<>();
    private final Map<Long, Short> priorities = new HashMap<>();
    private final Map<Long, Short> raised = new HashMap<>();
    private final Set<String> accounts = new HashSet<>();
    private final List<ReplacedValue> replaced = new ArrayList<>();
    private final List<CustomerState> unversioned = new ArrayList<>();

    /** @param accounts whose customers wait for a claim */
    record Due(Set<String> accounts, Map<String, List<Claimed>> leased) {
        static final Due NONE = new Due(Set.of(), Map.of());
    }

    /** @param statuses of the rows, to which the merge adds its own */
    CustomerWrites(List<IdentifiedMerge> customers, List<RowStatus> statuses) {
        for (IdentifiedMerge identified : customers) {
            CustomerMerge merge = identified.merge();
            CustomerState customer = identified.customer();
            if (!merge.before().isNew() && merge.isChanged()) {
                changed.add(merge);
            }
            if (merge.isNewRevision()) {
                wanted.add(customer);
                priorities.put(customer.id(), merge.priority());
            } else if (merge.isUnsettled() && merge.priority() > Short.MIN_VALUE) {
                raised.put(customer.id(), merge.priority());
                accounts.add(customer.key().account());
            }
            if (customer.leased() && (merge.isNewRevision() || raised.containsKey(customer.id()))) {
                moved.add(customer.id());
            }
            if (identified.token() != 0) {
                tokens.put(customer.id(), identified.token());
            }
            if (merge.isUnversionedChanged()) {
                unversioned.add(customer);
            }
            replaced.addAll(merge.replaced());
            statuses.addAll(merge.statuses(customer));
        }
    }

    /** @param offer the existing customers that may be leased with their update */
    Due write(Connection connection, LeaseOffer offer) throws SQLException {
        if (!moved.isEmpty()) {
            MergeSql.moveLeases(connection, moved);
        }
        if (!changed.isEmpty()) {
            tokens.putAll(MergeSql.updateCustomers(connection, changed, offer));
        }
        Map<String, List<Claimed>> leased = new HashMap<>();
        Map<Long, MergeLease> leases = new HashMap<>();
        List<CustomerState> due = new ArrayList<>();
        for (CustomerState customer : wanted) {
            String account = customer.key().account();
            Long token = tokens.get(customer.id());
            if (token == null) {
                due.add(customer);
                accounts.add(account);
            } else {
                leased.computeIfAbsent(account, name -> new ArrayList<>(wanted.size()))
                        .add(Claimed.merged(customer, leases.computeIfAbsent(token, MergeLease::new)));
            }
        }
        if (!due.isEmpty()) {
            MergeSql.makeDue(connection, due, priorities);
        }
        if (!raised.isEmpty()) {
            MergeSql.raisePriority(connection, raised);
        }
        if (!unversioned.isEmpty()) {
            MergeSql.keepUnversioned(connection, unversioned);
        }
        if (!replaced.isEmpty()) {
            MergeSql.recordReplaced(connection, replaced);
        }
        return new Due(accounts, leased);
    }
}
