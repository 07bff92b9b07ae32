package io.alohubsync.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings under {@code alohub.delivery.}: times and attempts of a delivery. */
public interface DeliverySettings {

    /** S: from the claim to the start of the call. */
    @WithDefault("2s")
    Duration sendBy();

    /** D: from the start of the call to its end, whatever happens. */
    @WithDefault("20s")
    Duration callDeadline();

    /** Q: after an unknown outcome a phone is not called for this long. */
    @WithDefault("60s")
    Duration quarantine();

    /** L: how long a claim holds a customer; at least S + D + Q. */
    @WithDefault("90s")
    Duration lease();

    /** Attempts that may be spent on one revision before the customer is dead: 1 to 1000. */
    @WithDefault("12")
    int maxAttempts();

    /** The first backoff at most; doubles with every attempt. */
    @WithDefault("5s")
    Duration backoffMin();

    /** Any backoff at most. */
    @WithDefault("1h")
    Duration backoffMax();
}
