/**
 * A claimed customer is sent, the answer classified, its consequence decided and settled.
 * {@link io.alohubsync.delivery.Calls} takes an attempt through these steps,
 * {@link io.alohubsync.delivery.Delivery} has them. The files by what they are about:
 *
 * <ul>
 * <li>claim: ClaimLoop, Claims, ClaimSql, ClaimScan, ClaimPause, Pacing, LeaseTerms, Lease,
 *   ExpiredLeases, AccountReading
 * <li>leases of the merge: MergeLeasing, Allowance
 * <li>the call: Calls, Delivery, Attempt, AttemptEnd, AttemptFinished, KeyedClient, Outgoing
 * <li>how many at a time: Capacity, CallPace, FirstCall, UnsettledLeases
 * <li>what follows: RetryPolicy, Backoff
 * <li>settle: Settler, QueuedSettlement, SettlementWriter, SettleSql, Refunds, SettlementListener, Listeners
 * <li>traces: CallTraces, TraceSql
 * <li>put together: AccountDelivery
 * </ul>
 */
@NullMarked
package io.alohubsync.delivery;

import org.jspecify.annotations.NullMarked;
