package io.alohubsync.merge;

import io.alohubsync.customer.CustomerState;

/**
 * A merge whose customer exists in the database.
 *
 * @param customer what the merge came to, with its id
 * @param token    of its lease, if it was inserted with one; 0: it was not
 */
record IdentifiedMerge(CustomerMerge merge, CustomerState customer, long token) {

    static IdentifiedMerge inserted(CustomerMerge merge, MergeSql.Inserted row) {
        return new IdentifiedMerge(merge, merge.after().withId(row.id()), row.token());
    }

    static IdentifiedMerge known(CustomerMerge merge) {
        return new IdentifiedMerge(merge, merge.after(), 0);
    }
}
