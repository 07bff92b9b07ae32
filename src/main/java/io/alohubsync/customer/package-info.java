/**
 * Customers, outbox rows and attempts as the database holds them: entities for reading, and the SQL of the hot path in the
 * order of a row's life (merge, claim, settle). Nothing here decides; it writes down what was decided.
 */
@NullMarked
package io.alohubsync.customer;

import org.jspecify.annotations.NullMarked;
