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
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A platform's signature over the raw body: an HMAC in a header, perhaps behind the name of its
 * algorithm ({@code sha256=…}).
 *
 * @param algorithm null: the one that the header names, else SHA-256
 * @param encoding  null: hex or base64, by its length
 */
record Signature(
        String header,
        KeySource secret,
        @Nullable HmacAlgorithm algorithm,
        @Nullable HmacEncoding encoding) {

    /** @param sent the header; null: there is none */
    boolean fits(@Nullable String sent, byte[] body) {
        if (sent == null || sent.isBlank()) {
            return false;
        }
        secret.refresh();
        Optional<ApiKey> key = secret.current();
        Optional<HmacAlgorithm> named = named(sent.strip());
        HmacAlgorithm used = algorithm != null ? algorithm : named.orElse(HmacAlgorithm.SHA256);
        String text = named.isPresent() ? sent.strip().substring(sent.strip().indexOf('=') + 1) : sent.strip();
        return key.isPresent() && MessageDigest.isEqual(mac(used, key.get().value(), body), decoded(text, used));
    }

    private static Optional<HmacAlgorithm> named(String sent) {
        int equals = sent.indexOf('=');
        for (HmacAlgorithm one : HmacAlgorithm.values()) {
            if (equals > 0 && sent.substring(0, equals).toUpperCase(Locale.ROOT).equals(one.name())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private byte[] decoded(String text, HmacAlgorithm used) {
        try {
            boolean hex = encoding == null ? text.length() == 2 * length(used) : encoding == HmacEncoding.HEX;
            return hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
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
