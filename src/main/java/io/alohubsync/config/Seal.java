package io.alohubsync.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Texts that only replicas with the same key can read or make (AES-256-GCM), and proofs that belong
 * to them (HMAC-SHA256). With several keys the first one seals and all of them open, so that a key
 * can be replaced while people are logged in. Immutable.
 */
public final class Seal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 4096; // no cookie is longer
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKeySpec> sealing;
    private final List<SecretKeySpec> proving;

    /** @param keys sound ones: see {@link EncryptionKey} */
    public Seal(List<String> keys) {
        this.sealing = keys.stream().map(key -> derived(key, "seal", "AES")).toList();
        this.proving =
                keys.stream().map(key -> derived(key, "prove", "HmacSHA256")).toList();
    }

    private static SecretKeySpec derived(String key, String purpose, String algorithm) {
        byte[] bytes =
                hmac(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "alohub-sync " + purpose);
        return new SecretKeySpec(bytes, algorithm);
    }

    /** @param purpose it opens for this one alone */
    public String seal(String purpose, String text) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return seal(purpose, text, nonce);
    }

    /** As {@link #seal}; the same text always gives the same seal, as the part of an address does. */
    public String sealAlike(String purpose, String text) {
        byte[] ofText = hmac(proving.getFirst(), "nonce " + purpose + "\n" + text);
        return seal(purpose, text, Arrays.copyOf(ofText, NONCE));
    }

    private String seal(String purpose, String text, byte[] nonce) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, sealing.getFirst(), nonce, purpose)
                    .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    /** @return null: no replica with one of these keys sealed it for this purpose */
    public @Nullable String open(String purpose, String sealed) {
        byte[] all = decoded(sealed);
        if (all == null || all.length <= NONCE) {
            return null;
        }
        for (SecretKeySpec key : sealing) {
            try {
                byte[] text = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE), purpose)
                        .doFinal(all, NONCE, all.length - NONCE);
                return new String(text, StandardCharsets.UTF_8);
            } catch (GeneralSecurityException another) {
                // of another key, or of none
            }
        }
        return null;
    }

    private static byte @Nullable [] decoded(String sealed) {
        try {
            return sealed.length() > LONGEST ? null : Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    public String proof(String text) {
        return proof(proving.getFirst(), text);
    }

    /** Takes the same time whatever is presented. */
    public boolean isProof(String text, String presented) {
        boolean fits = false;
        for (SecretKeySpec key : proving) {
            fits |= MessageDigest.isEqual(
                    proof(key, text).getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
        }
        return fits;
    }

    /** For the key of what Quarkus seals by itself. */
    public String derivedSecret(String purpose) {
        return proof("secret " + purpose);
    }

    private static String proof(SecretKeySpec key, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, text));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException never) {
            throw new IllegalStateException(never);
        }
    }
}
