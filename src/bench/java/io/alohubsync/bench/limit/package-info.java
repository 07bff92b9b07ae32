/**
 * Parts of the daemon by themselves, without the others: what a drain would come to if the rest
 * cost nothing.
 */
package io.alohubsync.bench.limit;
