package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.delivery.Allowance;
import io.alohubsync.delivery.MergeLeasing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Leases new customers in their merge, so that they need no claim: takes an allowance from each
 * account before a merge, and delivers what the merge leased. Only an optimisation: with
 * {@link #none} all customers wait for a claim, and the end is the same.
 *
 * @param accounts of this replica, by name
 */
public record Leasing(Map<String, MergeLeasing> accounts) {

    private static final int MAX_BATCH = 1000;
    private static final long CAPACITY_TEST_MILLIS = 2;
    private static final int CAPACITY_TESTS = 125;

    public static Leasing none() {
        return new Leasing(Map.of());
    }

    /** By account; the others have no capacity. What is taken must go to {@link #deliver}. */
    Map<String, Allowance> takeAllowances() {
        Map<String, Allowance> allowances = HashMap.newHashMap(accounts.size());
        try {
            accounts.forEach((name, account) -> {
                Allowance allowance = account.take();
                if (allowance != null) {
                    allowances.put(name, allowance);
                }
            });
            return allowances;
        } catch (RuntimeException | Error fault) {
            deliver(allowances, Map.of());
            throw fault;
        }
    }

    /** What a merge may lease, by account. */
    static Map<String, LeaseRequest> leaseRequests(Map<String, Allowance> allowances) {
        Map<String, LeaseRequest> leaseRequests = HashMap.newHashMap(allowances.size());
        allowances.forEach((account, allowance) -> leaseRequests.put(account, allowance.request()));
        return leaseRequests;
    }

    /**
     * A fault of one account keeps no other from its customers and its capacity.
     *
     * @param leased by account, in a transaction that is committed
     */
    void deliver(Map<String, Allowance> allowances, Map<String, List<Claimed>> leased) {
        Throwable first = null;
        for (Map.Entry<String, Allowance> allowance : allowances.entrySet()) {
            String account = allowance.getKey();
            try {
                accounts.get(account).deliver(allowance.getValue(), leased.getOrDefault(account, List.of()));
            } catch (RuntimeException | Error fault) {
                first = first == null ? fault : first;
            }
        }
        switch (first) {
            case null -> {}
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            default -> throw new AssertionError(first);
        }
    }

    /**
     * Waits 0.25 s at most until new customers can be leased as they are merged. To merge them
     * ahead of their calls saves no call and costs a claim.
     *
     * @param otherwise rows to merge if no capacity is free by then, or no account leases
     * @return how many rows to merge
     */
    int awaitCapacity(int otherwise) throws InterruptedException {
        for (int i = 0; i < CAPACITY_TESTS; i++) {
            int available = accounts.values().stream()
                    .mapToInt(MergeLeasing::available)
                    .max()
                    .orElse(otherwise);
            if (available > 0) {
                return Math.min(available, MAX_BATCH);
            }
            TimeUnit.MILLISECONDS.sleep(CAPACITY_TEST_MILLIS);
        }
        return otherwise;
    }
}
