package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.LeaseRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The customers of one batch that may be leased as they are merged: as many of each account as its
 * request allows, the most urgent first. The database leases them only while the account may be
 * called.
 */
final class LeaseOffer {

    private final Set<CustomerKey> customers = new HashSet<>();
    private final Set<Lot> lots = new HashSet<>();

    /** Customers that share a token. */
    record Lot(LeaseRequest request, short priority) {}

    /**
     * @param merges        most urgent first
     * @param leaseRequests by account, how many may be leased
     */
    LeaseOffer(List<CustomerMerge> merges, Map<String, LeaseRequest> leaseRequests) {
        if (leaseRequests.isEmpty()) {
            return;
        }
        Map<String, Integer> taken = new HashMap<>();
        for (CustomerMerge merge : merges) {
            CustomerKey key = merge.before().key();
            LeaseRequest request = leaseRequests.get(key.account());
            if (request != null
                    && merge.isLeasable()
                    && taken.merge(key.account(), 1, Integer::sum) <= request.limit()) {
                customers.add(key);
                lots.add(new Lot(request, merge.priority()));
            }
        }
    }

    boolean includes(CustomerMerge merge) {
        return customers.contains(merge.before().key());
    }

    /** One for each token that the leases need. */
    Set<Lot> lots() {
        return lots;
    }
}
