package io.alohubsync.alohub;

import io.alohubsync.config.ProxyAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections to Alohub are made and kept.
 *
 * @param idle   one that is idle for so long is closed
 * @param maxAge one that is open for so long is closed, so that a new address of the host is found
 * @param proxy  on the way; null: none
 */
public record ConnectionRules(
        Duration idle, Duration maxAge, @Nullable ProxyAddress proxy) {}
