/** Customers: search, one customer with its timeline, and the history of calls. */
@NullMarked
package io.alohubsync.operate.customers;

import org.jspecify.annotations.NullMarked;
