package io.alohubsync.merge;

import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.OutboxNumbers;
import java.util.List;
import java.util.Map;

/**
 * What a batch came to.
 *
 * @param highest the highest number that is merged
 * @param stayed  rows that are still new, since their customer is locked, and not by a merge of
 *                this replica
 */
record BatchEnd(Merged merged, OutboxNumbers.Highest highest, Map<CustomerKey, List<ReadRow>> stayed) {}
