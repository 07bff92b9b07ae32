package io.alohubsync.spreadsheet.read;

import io.alohubsync.contact.Tcvn3;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * How a file's bytes are letters.
 *
 * @param mark    bytes of the byte order mark at the file's beginning
 * @param damaged bytes that are none of the encoding's: letters are missing
 */
public record Encoding(Charset charset, int mark, long damaged) {

    /** Vietnamese as Windows wrote it before Unicode: a tone mark is a character of its own. */
    static final Charset WINDOWS_VIETNAMESE = Charset.forName("windows-1258");

    /**
     * Vietnamese in a font of its own: bytes, each as a character, until {@link #letters} reads
     * them.
     */
    private static final Charset TCVN3 = StandardCharsets.ISO_8859_1;

    static final Encoding NONE = new Encoding(StandardCharsets.UTF_8, 0, 0);

    static Encoding tcvn3() {
        return new Encoding(TCVN3, 0, 0);
    }

    /** As a person knows it. */
    public String name() {
        return charset.equals(TCVN3) ? "TCVN3" : charset.name();
    }

    /** @param decoded by the charset */
    String letters(String decoded) {
        if (charset.equals(TCVN3)) {
            return Tcvn3.read(decoded);
        }
        return charset.equals(WINDOWS_VIETNAMESE) ? Normalizer.normalize(decoded, Normalizer.Form.NFC) : decoded;
    }
}
