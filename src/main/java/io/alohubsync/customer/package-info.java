/** Customers, outbox rows and settlements as values. */
@NullMarked
package io.alohubsync.customer;

import org.jspecify.annotations.NullMarked;
