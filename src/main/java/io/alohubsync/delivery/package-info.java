/**
 * The story: a claimed customer is sent, the answer classified, what follows from it decided, and the decision settled. Read
 * {@link io.alohubsync.delivery.Delivery} first.
 */
@NullMarked
package io.alohubsync.delivery;

import org.jspecify.annotations.NullMarked;
