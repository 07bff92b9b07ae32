/**
 * The circuit breaker of an account: which calls trip it, when it is probed, how calls return, and which rate Alohub has taught. Its
 * state stands in the account's row, where all replicas see it.
 */
@NullMarked
package io.alohubsync.breaker;

import org.jspecify.annotations.NullMarked;
