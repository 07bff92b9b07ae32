/**
 * A claimed customer is sent, the answer classified, its consequence decided and settled.
 * {@link io.alohubsync.delivery.Calls} takes an attempt through these steps,
 * {@link io.alohubsync.delivery.Delivery} has them.
 */
@NullMarked
package io.alohubsync.delivery;

import org.jspecify.annotations.NullMarked;
