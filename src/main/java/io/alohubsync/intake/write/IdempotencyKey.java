package io.alohubsync.intake.write;

import io.alohubsync.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a repeated request. Digests only: neither a client's key nor a payload is stored
 * beside the outbox.
 *
 * @param request digest of source and key
 * @param digest  the same, and which of several customers it is
 * @param payload digest of what the request said about the customer
 */
public record IdempotencyKey(String request, String digest, String payload) {

    private static final int MOST_CHARACTERS = 255;

    /** @param part which of several customers of one request; null: it has one */
    public static IdempotencyKey of(String source, String key, @Nullable Integer part, @Nullable String... said) {
        String request = digest(source, key, "");
        return new IdempotencyKey(
                request, part == null ? request : digest(source, key, String.valueOf(part)), digest(said));
    }

    /** 1 to 255 visible ASCII characters. */
    public static boolean isSound(String key) {
        return !key.isEmpty()
                && key.length() <= MOST_CHARACTERS
                && key.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    private static String digest(@Nullable String... parts) {
        MessageDigest digest = Sha256.begin();
        for (String part : parts) { // the length before each: no two lists have one text
            digest.update((part == null ? "-" : part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
