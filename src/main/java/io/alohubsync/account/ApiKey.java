package io.alohubsync.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A key and the fingerprint that logs and tables may show.
 *
 * @param value       secret; printed nowhere
 * @param fingerprint the first eight hex digits of its SHA-256
 */
public record ApiKey(String value, String fingerprint) {

    public static ApiKey of(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return new ApiKey(value, HexFormat.of().formatHex(digest, 0, 4));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "key " + fingerprint;
    }
}
