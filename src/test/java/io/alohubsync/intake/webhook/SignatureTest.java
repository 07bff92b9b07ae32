package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.KeySource;
import io.alohubsync.config.IntakeSettings.HmacAlgorithm;
import io.alohubsync.config.IntakeSettings.HmacEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final byte[] BODY = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

    private static Signature signature(HmacAlgorithm algorithm, HmacEncoding encoding) {
        return new Signature("X-Signature", KeySource.fixed("key"), algorithm, encoding);
    }

    /** The values of Wikipedia's page on HMAC. */
    @Test
    void it_is_an_hmac_over_the_raw_body() {
        assertTrue(signature(HmacAlgorithm.SHA256, HmacEncoding.HEX)
                .fits("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8", BODY));
        assertTrue(
                signature(HmacAlgorithm.SHA1, HmacEncoding.HEX).fits("de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9", BODY));
        byte[] other = BODY.clone();
        other[0] ^= 1;
        assertFalse(signature(HmacAlgorithm.SHA1, HmacEncoding.HEX)
                .fits("de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9", other));
    }

    @Test
    void algorithm_and_encoding_go_by_the_length_where_none_is_set() {
        for (HmacAlgorithm algorithm : HmacAlgorithm.values()) {
            byte[] mac = Signature.mac(algorithm, "key", BODY);
            String hex = HexFormat.of().formatHex(mac);
            String base64 = Base64.getEncoder().encodeToString(mac);
            Signature any = signature(null, null);
            assertTrue(any.fits(algorithm.name().toLowerCase(java.util.Locale.ROOT) + "=" + hex, BODY));
            assertTrue(any.fits(algorithm.name().toLowerCase(java.util.Locale.ROOT) + "=" + base64, BODY));
            assertTrue(any.fits(hex, BODY));
            assertTrue(any.fits(base64, BODY));
            assertEquals(
                    algorithm == HmacAlgorithm.SHA256,
                    signature(HmacAlgorithm.SHA256, null).fits(base64, BODY));
        }
    }

    /** As KiotViet's library writes it: the name of one algorithm before the digest of another. */
    @Test
    void the_name_before_a_digest_decides_nothing() {
        String hex = HexFormat.of().formatHex(Signature.mac(HmacAlgorithm.SHA256, "key", BODY));
        assertTrue(signature(null, null).fits("sha1=" + hex, BODY));
        assertFalse(signature(HmacAlgorithm.SHA1, null).fits("sha1=" + hex, BODY));
    }

    @Test
    void what_is_no_signature_does_not_fit() {
        for (String sent : new String[] {null, "", " ", "=", "sha256=", "xyz", "sha256=zz", "a".repeat(8000)}) {
            assertFalse(signature(null, null).fits(sent, BODY), sent);
        }
        String hex = HexFormat.of().formatHex(Signature.mac(HmacAlgorithm.SHA256, "other", BODY));
        assertFalse(signature(null, null).fits(hex, BODY));
    }
}
