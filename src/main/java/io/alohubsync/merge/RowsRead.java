package io.alohubsync.merge;

import io.alohubsync.account.RowOrder;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.RowStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a batch, as they were read.
 *
 * @param rows       all of them
 * @param byCustomer those that can be merged, most urgent first
 * @param rejected   the statuses of the others
 */
record RowsRead(List<NewRow> rows, Map<CustomerKey, List<ReadRow>> byCustomer, List<RowStatus> rejected) {

    /** @param accounts in whose order the rows of each account stand */
    static RowsRead of(RowReader reader, List<NewRow> rows, Map<String, RowOrder> accounts, Instant now) {
        Map<CustomerKey, List<ReadRow>> byCustomer = LinkedHashMap.newLinkedHashMap(rows.size());
        List<RowStatus> rejected = new ArrayList<>();
        for (NewRow row : rows) {
            switch (reader.read(row, accounts, now)) {
                case RowReader.Reading.Readable(ReadRow read) ->
                    byCustomer
                            .computeIfAbsent(read.key(), key -> new ArrayList<>(1))
                            .add(read);
                case RowReader.Reading.Rejected(Set<Reason> reasons) ->
                    rejected.add(RowStatus.rejected(row.id(), reasons));
            }
        }
        return new RowsRead(rows, byCustomer, rejected);
    }

    /** With those of the rejected rows. */
    List<RowStatus> statuses(List<RowStatus> merged) {
        if (rejected.isEmpty()) {
            return merged;
        }
        List<RowStatus> all = new ArrayList<>(rejected.size() + merged.size());
        all.addAll(rejected);
        all.addAll(merged);
        return all;
    }
}
