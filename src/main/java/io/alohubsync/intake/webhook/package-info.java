/** Deliveries of platforms that cannot be told what to send: where a customer's fields are, and whether the platform signed it. */
@NullMarked
package io.alohubsync.intake.webhook;

import org.jspecify.annotations.NullMarked;
