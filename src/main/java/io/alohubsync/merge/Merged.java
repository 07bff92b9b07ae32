package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a merge came to.
 *
 * @param rows     taken, rejected ones included; fewer than the limit: there are no more for now
 * @param rejected of them
 * @param stayed   of them, those that are still new: another transaction holds their customer
 *                 locked
 * @param skipped  those of them that further scans leave out until their customer is free
 * @param newCustomers that they begin
 * @param outOfOrder of them, those that came after a newer row of the same customer
 * @param accountsToClaim accounts whose customers wait for a claim now
 * @param leased   customers under a lease, by account, most urgent first
 * @param rejections the rejected ones, one by one
 */
public record Merged(
        int rows,
        int rejected,
        int stayed,
        int skipped,
        int newCustomers,
        int outOfOrder,
        Set<String> accountsToClaim,
        Map<String, List<Claimed>> leased,
        List<Rejection> rejections) {

    static final Merged NOTHING = new Merged(0, 0, 0, 0, 0, 0, Set.of(), Map.of(), List.of());

    /** One row that was rejected for itself. */
    static final Merged ONE_REJECTED = new Merged(1, 1, 0, 0, 0, 0, Set.of(), Map.of(), List.of(Rejection.UNREADABLE));

    /** One row that is no longer there to be merged, or is taken elsewhere. */
    static final Merged ONE_STAYED = new Merged(1, 0, 1, 0, 0, 0, Set.of(), Map.of(), List.of());

    /** No row, and accounts whose customers wait for a claim. */
    static Merged nothingBut(Set<String> accountsToClaim) {
        return new Merged(0, 0, 0, 0, 0, 0, accountsToClaim, Map.of(), List.of());
    }

    static Merged of(RowsRead read, WrittenCustomers written, List<Rejection> rejections) {
        int rows = read.rows().size();
        int rejected = read.rejected().size();
        int stayed = rows - rejected - written.statuses().size();
        return new Merged(
                rows,
                rejected,
                stayed,
                0,
                written.newOnes(),
                written.outOfOrderRows(),
                written.toDeliver().accountsToClaim(),
                written.toDeliver().leased(),
                rejections);
    }

    /** Both; leases are of a batch that succeeds as a whole. */
    Merged and(Merged other) {
        Set<String> both = new HashSet<>(accountsToClaim);
        both.addAll(other.accountsToClaim);
        return new Merged(
                rows + other.rows,
                rejected + other.rejected,
                stayed + other.stayed,
                skipped + other.skipped,
                newCustomers + other.newCustomers,
                outOfOrder + other.outOfOrder,
                both,
                Map.of(),
                together(rejections, other.rejections));
    }

    Merged withSkipped(int rowsSkipped) {
        return new Merged(
                rows, rejected, stayed, rowsSkipped, newCustomers, outOfOrder, accountsToClaim, leased, rejections);
    }

    private static List<Rejection> together(List<Rejection> some, List<Rejection> others) {
        if (others.isEmpty()) {
            return some;
        }
        List<Rejection> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
