package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.CustomerState;
import io.alohubsync.customer.ReplacedValue;
import io.alohubsync.customer.RowStatus;
import io.alohubsync.delivery.ClaimSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch writes about customers that exist by now: changed content, replaced values, which are due and which are leased. It belongs to one merge.
 */
final class CustomerWrites {

    private final List<CustomerState> changed = new ArrayList<>();
    private final List<CustomerState> due = new ArrayList<>();
    private final Map<Long, Short> priorities = new HashMap<>();
    private final Map<Long, Short> raised = new HashMap<>();
    private final Set<String> accounts = new HashSet<>();
    private final List<ReplacedValue> replaced = new ArrayList<>();

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
                changed.add(customer);
            }
            if (merge.isNewRevision()) {
                due.add(customer);
                priorities.put(customer.id(), merge.priority());
            } else if (merge.isUnsettled() && merge.priority() > Short.MIN_VALUE) {
                raised.put(customer.id(), merge.priority());
                accounts.add(customer.key().account());
            }
            replaced.addAll(merge.replaced());
            statuses.addAll(merge.statuses(customer));
        }
    }

    /** @param room by account, how many may be leased */
    Due write(Connection connection, Map<String, ClaimSql.Request> room) throws SQLException {
        if (!changed.isEmpty()) {
            MergeSql.updateCustomers(connection, changed);
        }
        Map<String, List<Claimed>> leased = room.isEmpty() ? Map.of() : lease(connection, room);
        if (!due.isEmpty()) {
            MergeSql.makeDue(connection, due, priorities);
            due.forEach(customer -> accounts.add(customer.key().account()));
        }
        if (!raised.isEmpty()) {
            MergeSql.raisePriority(connection, raised);
        }
        if (!replaced.isEmpty()) {
            MergeSql.recordReplaced(connection, replaced);
        }
        return new Due(accounts, leased);
    }

    /** Leases as many as there is room for; they do not become due. */
    private Map<String, List<Claimed>> lease(Connection connection, Map<String, ClaimSql.Request> room)
            throws SQLException {
        Map<String, List<CustomerState>> byAccount = new HashMap<>();
        due.forEach(customer -> byAccount
                .computeIfAbsent(customer.key().account(), account -> new ArrayList<>(due.size()))
                .add(customer));
        Map<String, List<Claimed>> leased = new HashMap<>();
        for (var account : byAccount.entrySet()) {
            ClaimSql.Request request = room.get(account.getKey());
            if (request != null) {
                leased.put(account.getKey(), MergeSql.lease(connection, request, account.getValue(), priorities));
            }
        }
        Set<Long> ids = new HashSet<>();
        leased.values().forEach(claimed -> claimed.forEach(customer -> ids.add(customer.customerId())));
        due.removeIf(customer -> ids.contains(customer.id()));
        return leased;
    }
}
