package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.Allowance;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One batch, from the allowances of its accounts to the delivery of what was leased. Both merging
 * threads take such steps.
 *
 * @param listener receives what each batch came to, unless it had no rows, and the accounts whose
 *     claims have work while there are none
 */
public record MergeStep(OutboxMerge merge, Leasing leasing, Consumer<Merged> listener) {

    /** Rows of a batch, unless most are of new customers. */
    static final int BATCH = 500;

    /** Customers of these accounts wait for a claim. */
    void due(Set<String> accounts) {
        if (!accounts.isEmpty()) {
            listener.accept(Merged.nothingBut(accounts));
        }
    }

    /** @param limit rows at most */
    Merged take(int limit) throws SQLException {
        Map<String, Allowance> allowances = leasing.takeAllowances();
        Map<String, List<Claimed>> leased = Map.of();
        Merged merged;
        try {
            merged = merge.mergeBatch(limit, Leasing.leaseRequests(allowances));
            leased = merged.leased();
        } finally {
            leasing.deliver(allowances, leased);
        }
        if (merged.rows() > 0) {
            listener.accept(merged);
        }
        return merged;
    }
}
