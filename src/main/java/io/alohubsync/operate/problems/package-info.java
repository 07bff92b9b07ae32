/** Customers and outbox rows with a problem, in groups of one remedy. */
@NullMarked
package io.alohubsync.operate.problems;

import org.jspecify.annotations.NullMarked;
