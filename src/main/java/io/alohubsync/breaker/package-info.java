/**
 * The circuit breaker of an account: which calls trip it, when it is probed, how calls return, and
 * which rate was learned. Its state stands in the account's row, where all replicas see it.
 * The files by what they are about:
 *
 * <ul>
 * <li>what calls show: BreakerRule, BreakerEvent, ConsecutiveFailures, FalseAlarms, Acceptances,
 *   LastAccepted
 * <li>what follows: TransitionTable, Transitions, ProbePacing, Moments, BreakerState, BreakerView
 * <li>the learned rate: LearnedRate, AfterPause, RefusalSql
 * <li>this replica's side: Breaker, CircuitBreaker, EventQueue
 * <li>the account's row: BreakerStore, BreakerSql
 * </ul>
 */
@NullMarked
package io.alohubsync.breaker;

import org.jspecify.annotations.NullMarked;
