/**
 * Deliveries of platforms whose payload cannot be changed: where a customer's fields are, and
 * whether the platform signed it.
 */
@NullMarked
package io.alohubsync.intake.webhook;

import org.jspecify.annotations.NullMarked;
