package io.alohubsync.customer;

import io.alohubsync.contact.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the merge writes on an outbox row, once.
 *
 * @param customer  its customer; null for a rejected row
 * @param reasons   repairs, or why it was rejected
 * @param carriesName  the row's name is the customer's
 * @param carriesEmail the row's e-mail is the customer's
 */
public record RowStatus(
        long row,
        MergeStatus mergeStatus,
        @Nullable CustomerState customer,
        boolean carriesName,
        boolean carriesEmail,
        Set<Reason> reasons) {

    /** MERGED leaves the rest to the customer: see the view outbox_status. */
    public enum MergeStatus {
        MERGED,
        SUPERSEDED,
        UNCHANGED,
        REJECTED
    }

    public static RowStatus rejected(long row, Set<Reason> reasons) {
        return new RowStatus(row, MergeStatus.REJECTED, null, false, false, reasons);
    }
}
