/**
 * From new outbox rows to customers: find and lock rows, normalise, merge, mark the rows, lease
 * what may go out at once. The files by what they are about:
 *
 * <ul>
 * <li>the threads: MergeLoop, SecondMerge, MergeStep, IdleWait, RowListener, WorkPoll
 * <li>a batch: OutboxMerge, MergeTransaction, NewRowsSql, RowNumbers, BatchMerge, BatchEnd, Merged
 * <li>rows: RowReader, RowsRead, ReadRow, Rejection, RejectedRows, RejectedPhones
 * <li>customers: BatchCustomers, CustomerMerge, IdentifiedMerge, CustomerWrites, WrittenCustomers,
 *   MergeSql, MergeTraces
 * <li>leases: Leasing, LeaseOffer
 * <li>rows that can't be merged now: LockedCustomers, SkippedRows, AlikeRows, AlikeRowsSql,
 *   FaultyRows
 * </ul>
 */
@NullMarked
package io.alohubsync.merge;

import org.jspecify.annotations.NullMarked;
