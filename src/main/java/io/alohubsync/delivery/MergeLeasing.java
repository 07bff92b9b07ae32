package io.alohubsync.delivery;

import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.BreakerView;
import io.alohubsync.breaker.CircuitBreaker;
import io.alohubsync.customer.Claimed;
import io.alohubsync.loop.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many customers of one account a merge may lease at once, so that they go to their call
 * without a claim. Only an optimisation: where there is no capacity, its customers are due and wait
 * for a claim. The merging threads call it.
 */
public final class MergeLeasing {

    private final KeyedClient client;
    private final CircuitBreaker breaker;
    private final Claims claims;
    private final Calls calls;
    private final Capacity capacity;
    private volatile boolean stopped; // written by the thread that stops

    MergeLeasing(KeyedClient client, CircuitBreaker breaker, Claims claims, Calls calls, Capacity capacity) {
        this.client = client;
        this.breaker = breaker;
        this.claims = claims;
        this.calls = calls;
        this.capacity = capacity;
    }

    /**
     * Takes capacity for one merge; null: there is none. Customers that have waited for a claim
     * come first: only while a claim lately left none due may more be leased than calls can begin
     * at once.
     */
    public @Nullable Allowance take() {
        LeadClient current = client.current();
        if (current == null || !mayLease()) {
            return null;
        }
        if (capacity.isAwaited() && !claims.isCaughtUp()) {
            return null; // a customer waits for a claim, and the claim for capacity
        }
        if (!client.refreshAndCompare(current)) {
            return null; // the claiming loop makes a client for the new key
        }
        Moment now = claims.now();
        int taken = capacity.takeForMerge(now.monotonic(), claims.isCaughtUp());
        String key = current.key().fingerprint();
        return taken == 0
                ? null
                : new Allowance(
                        claims.terms().request(key, taken), claims.terms().from(now));
    }

    /**
     * After the merge, whether it was committed or failed.
     *
     * @param leased by it; the rest of the allowance is free again
     */
    public void deliver(Allowance allowance, List<Claimed> leased) {
        int begun = 0;
        try {
            calls.call(Attempt.atOnce(leased, allowance.lease()));
            begun = leased.size();
        } finally {
            int left = allowance.request().limit() - begun;
            if (left > 0) {
                capacity.free(left);
            }
        }
    }

    /**
     * How many customers a merge could lease now. 0: capacity is free soon, so the merge should
     * wait a moment. {@link Integer#MAX_VALUE}: the merge may not lease at all, so waiting is of no
     * use.
     */
    public int available() {
        if (client.current() == null || !mayLease()) {
            return Integer.MAX_VALUE;
        }
        if (claims.isCaughtUp()) {
            return capacity.leasable(claims.now().monotonic());
        }
        return capacity.busy() == 0 ? capacity.concurrency() : 0; // at rest, or customers that wait come first
    }

    private boolean mayLease() {
        BreakerView seen = breaker.view();
        return seen != null && !stopped && breaker.mayBegin(false) && !claims.needSlots(seen);
    }

    void stop() {
        stopped = true;
    }
}
