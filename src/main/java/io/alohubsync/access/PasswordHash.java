package io.alohubsync.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id hashes (RFC 9106), in the PHC string format that other programs read too:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Composed and decomposed letters of Unicode are
 * the same password (RFC 8265).
 */
public final class PasswordHash {

    // OWASP's password storage cheat sheet: 19 MiB, two passes
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Of a hash that is read: a check may take a second, and others wait for it. */
    public static final int MOST_PASSES = 10;

    public static final int MOST_LANES = 16;

    /** The rest of the heap is for calls and pages; one hash is checked at a time. */
    private static final int SHARE_OF_THE_HEAP = 4;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private PasswordHash() {}

    /** With a salt of its own: the same password gives another hash each time. */
    public static String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Argon2Parameters parameters = parameters(salt, MEMORY_KIB, PASSES, LANES);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + text(salt) + "$"
                + text(hash(password, parameters, HASH_BYTES));
    }

    /** Whether a text has the form of such a hash. */
    public static boolean isOne(String phc) {
        Matcher parts = PHC.matcher(phc);
        return parts.matches()
                && Integer.parseInt(parts.group(3)) >= 1
                && Integer.parseInt(parts.group(2)) >= 1
                && Integer.parseInt(parts.group(1)) >= 8 * Integer.parseInt(parts.group(3));
    }

    /** Whether a check of this hash leaves a process of this heap enough memory and time. */
    public static boolean isAffordable(String phc, long heap) {
        Matcher parts = PHC.matcher(phc);
        return parts.matches()
                && Integer.parseInt(parts.group(1)) <= mostMemoryKib(heap)
                && Integer.parseInt(parts.group(2)) <= MOST_PASSES
                && Integer.parseInt(parts.group(3)) <= MOST_LANES;
    }

    /** Never less than what {@link #of} takes. */
    public static int mostMemoryKib(long heap) {
        return Math.clamp(heap / SHARE_OF_THE_HEAP / 1024, MEMORY_KIB, 1 << 20);
    }

    /** Whether it is the hash of this password. False too where it is no hash, or takes too much. */
    public static boolean fits(String phc, char[] password) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()
                || !isOne(phc)
                || !isAffordable(phc, Runtime.getRuntime().maxMemory())) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        Argon2Parameters parameters = parameters(
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
        return MessageDigest.isEqual(expected, hash(password, parameters, expected.length));
    }

    private static Argon2Parameters parameters(byte[] salt, int memoryKib, int passes, int lanes) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
    }

    private static byte[] hash(char[] password, Argon2Parameters parameters, int length) {
        byte[] bytes =
                Normalizer.normalize(new String(password), Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[length];
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(parameters);
        argon2.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
        return hash;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
