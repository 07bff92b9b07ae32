package io.alohubsync.delivery;

import io.alohubsync.customer.LeaseRequest;

/**
 * What one account can take from one merge: as many customers as the request's limit may be leased.
 * That much capacity is taken from the account until the allowance comes back to
 * {@link MergeLeasing#deliver}.
 *
 * @param lease of the customers that the merge leases; it counts from before the merge
 */
public record Allowance(LeaseRequest request, Lease lease) {}
