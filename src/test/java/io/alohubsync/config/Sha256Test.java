package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void a_text_has_the_digest_of_the_standard() {
        assertEquals(OF_ABC, Sha256.hex("abc"));
        assertEquals(OF_ABC, HexFormat.of().formatHex(Sha256.of("abc")));
        assertEquals(
                OF_ABC, HexFormat.of().formatHex(Sha256.begin().digest("abc".getBytes(StandardCharsets.US_ASCII))));
    }
}
