package io.alohubsync.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a header. HTTP reads its bytes as Latin-1, and proxies write names as UTF-8. */
final class HeaderText {

    private HeaderText() {}

    /** @return as UTF-8 where the bytes are that; else as it is */
    static String of(String latin1) {
        if (latin1.chars().allMatch(letter -> letter < 0x80) || latin1.chars().anyMatch(letter -> letter > 0xFF)) {
            return latin1;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException other) {
            return latin1;
        }
    }
}
