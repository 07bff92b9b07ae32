package io.alohubsync.delivery;

import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Settlement;

/**
 * The event that ends an attempt: metrics and the activity log listen to it.
 *
 * @param outcome NotStarted: no call was made
 */
public record AttemptFinished(Settlement settlement, Outcome outcome) {}
