package io.alohubsync.delivery;

import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.loop.Moment;
import java.time.Duration;

/**
 * On which terms customers of an account are leased, by a claim or by a merge.
 *
 * @param sendBy S: the latest start of a call, counted from before the lease is taken
 * @param lease  L: how long the lease lasts
 */
record LeaseTerms(String account, Duration sendBy, Duration lease) {

    /** @param key fingerprint of the key that the calls will use */
    LeaseRequest request(String key, int limit) {
        return new LeaseRequest(account, key, limit, lease);
    }

    /** @param issued before the statement that takes the lease */
    Lease from(Moment issued) {
        return new Lease(issued, sendBy, lease);
    }
}
