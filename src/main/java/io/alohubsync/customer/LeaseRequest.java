package io.alohubsync.customer;

import java.time.Duration;

/**
 * How many customers of an account a claim or a merge may lease.
 *
 * @param account its name
 * @param key     fingerprint of the key that the calls will use; while it is a refused one nothing
 *                is leased
 * @param limit   customers at most
 * @param lease   how long it lasts
 */
public record LeaseRequest(String account, String key, int limit, Duration lease) {

    public LeaseRequest atMost(int customers) {
        return new LeaseRequest(account, key, customers, lease);
    }
}
