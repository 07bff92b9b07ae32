package io.alohubsync.spreadsheet.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a file's bytes are letters.
 *
 * @param mark    bytes of the byte order mark at the file's beginning
 * @param damaged bytes that are none of the encoding's: letters are missing
 */
public record Encoding(Charset charset, int mark, long damaged) {

    /** Vietnamese as Windows wrote it before Unicode: a tone mark is a character of its own. */
    static final Charset WINDOWS_VIETNAMESE = Charset.forName("windows-1258");

    static final Encoding NONE = new Encoding(StandardCharsets.UTF_8, 0, 0);

    boolean isDecomposed() {
        return charset.equals(WINDOWS_VIETNAMESE);
    }
}
