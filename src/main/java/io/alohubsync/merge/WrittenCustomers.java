package io.alohubsync.merge;

import io.alohubsync.customer.RowStatus;
import java.util.List;

/**
 * The customers of a batch that were written.
 *
 * @param toDeliver which wait for a claim, and which are leased
 * @param statuses  of their rows
 */
record WrittenCustomers(List<IdentifiedMerge> customers, CustomerWrites.ToDeliver toDeliver, List<RowStatus> statuses) {

    static final WrittenCustomers NONE = new WrittenCustomers(List.of(), CustomerWrites.ToDeliver.NONE, List.of());

    int newOnes() {
        return (int)
                customers.stream().filter(one -> one.merge().before().isNew()).count();
    }

    int outOfOrderRows() {
        return customers.stream().mapToInt(one -> one.merge().outOfOrderRows()).sum();
    }
}
