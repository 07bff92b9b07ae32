package io.alohubsync.account;

import io.alohubsync.config.Sha256;

/**
 * A key and the fingerprint that logs and tables may show.
 *
 * @param value       secret; printed nowhere
 * @param fingerprint the first eight hex digits of its SHA-256
 */
public record ApiKey(String value, String fingerprint) {

    public static ApiKey of(String value) {
        return new ApiKey(value, Sha256.hex(value).substring(0, 8));
    }

    @Override
    public String toString() {
        return "key " + fingerprint;
    }
}
