/** Customers and outbox rows, each as a line of a list. */
@NullMarked
package io.alohubsync.operate.lines;

import org.jspecify.annotations.NullMarked;
