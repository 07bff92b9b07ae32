package io.alohubsync.intake.webhook;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.config.IntakeSettings.HmacAlgorithm;
import io.alohubsync.config.IntakeSettings.HmacEncoding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A platform's signature over the raw body: an HMAC in a header, perhaps behind the name of an
 * algorithm ({@code sha256=…}). The name is cut off and decides nothing: KiotViet writes
 * {@code sha1=} before an HMAC-SHA256.
 *
 * @param algorithm null: by the length of what was sent
 * @param encoding  null: hex or base64, by its length
 */
record Signature(
        String header,
        KeySource secret,
        @Nullable HmacAlgorithm algorithm,
        @Nullable HmacEncoding encoding) {

    private static final Pattern NAME = Pattern.compile("(?i)^sha(1|256|512)=");

    /** @param sent the header; null: there is none */
    boolean fits(@Nullable String sent, byte[] body) {
        if (sent == null || sent.isBlank()) {
            return false;
        }
        secret.refresh();
        Optional<ApiKey> key = secret.current();
        byte[] digest = decoded(NAME.matcher(sent.strip()).replaceFirst(""));
        HmacAlgorithm used = algorithm != null ? algorithm : ofLength(digest.length);
        return key.isPresent()
                && used != null
                && MessageDigest.isEqual(mac(used, key.get().value(), body), digest);
    }

    private byte[] decoded(String text) {
        try {
            boolean hex = encoding == null ? ofLength(text.length() / 2) != null : encoding == HmacEncoding.HEX;
            return hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    /** No length in base64 is twice that of another algorithm's digest. */
    private static @Nullable HmacAlgorithm ofLength(int bytes) {
        for (HmacAlgorithm one : HmacAlgorithm.values()) {
            if (length(one) == bytes) {
                return one;
            }
        }
        return null;
    }

    private static int length(HmacAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> 20;
            case SHA256 -> 32;
            case SHA512 -> 64;
        };
    }

    static byte[] mac(HmacAlgorithm algorithm, String secret, byte[] body) {
        String name = "Hmac" + algorithm.name();
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
            return mac.doFinal(body);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }
}
