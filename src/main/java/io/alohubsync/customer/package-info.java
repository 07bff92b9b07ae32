/** Customers, outbox rows and settlements as values, and the entities that the page reads. */
@NullMarked
package io.alohubsync.customer;

import org.jspecify.annotations.NullMarked;
