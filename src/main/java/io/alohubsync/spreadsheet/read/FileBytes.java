package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds out from a file's bytes which kind of file it is, whatever its name says. One thread uses
 * it.
 */
final class FileBytes {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final int HEAD = 512;

    /** Programs of DOS end a text with it. */
    static final char OLD_END = 0x1A;

    private final Utf8Check utf8 = new Utf8Check();
    private final OldFontCheck oldFont = new OldFontCheck();
    private byte[] head = {};
    private long size;
    private int last;
    private long controls;
    private long evenNuls;
    private long oddNuls;

    void add(byte[] bytes, int length) {
        if (size == 0) {
            head = Arrays.copyOf(bytes, Math.min(length, HEAD));
        }
        for (int i = 0; i < length; i++) {
            int value = bytes[i];
            if (value >= 0 && value < ' ') {
                addControl(value, size + i);
            }
        }
        utf8.add(bytes, length);
        oldFont.add(bytes, length);
        size += length;
        last = length > 0 ? bytes[length - 1] : last;
    }

    private void addControl(int value, long at) {
        if (value == 0) {
            evenNuls += at % 2 == 0 ? 1 : 0;
            oddNuls += at % 2 == 0 ? 0 : 1;
        } else if (value != '\n' && value != '\r' && value != '\t') {
            controls++;
        }
    }

    private boolean beginsWith(byte... magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    boolean isWorkbook() {
        return beginsWith(ZIP);
    }

    /** @throws FileFault it is no text of a table */
    Encoding encoding() throws FileFault {
        if (beginsWith(OLE)) {
            throw FileFault.of(Kind.OLD_WORKBOOK);
        }
        if (beginsWith((byte) 0xFF, (byte) 0xFE) && !beginsWith((byte) 0xFF, (byte) 0xFE, (byte) 0, (byte) 0)) {
            return new Encoding(StandardCharsets.UTF_16LE, 2, size % 2);
        }
        if (beginsWith((byte) 0xFE, (byte) 0xFF)) {
            return new Encoding(StandardCharsets.UTF_16BE, 2, size % 2);
        }
        boolean marked = beginsWith((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
        if (evenNuls + oddNuls > 0) {
            return withNuls();
        }
        if ((last == OLD_END ? controls - 1 : controls) * 100 > size) {
            throw FileFault.of(Kind.BINARY);
        }
        if (isMarkup(marked ? 3 : 0)) {
            throw FileFault.of(Kind.MARKUP);
        }
        if (marked || utf8.isUtf8()) {
            return new Encoding(StandardCharsets.UTF_8, marked ? 3 : 0, utf8.damaged());
        }
        return oldFont.isTcvn3() ? Encoding.tcvn3() : new Encoding(Encoding.WINDOWS_VIETNAMESE, 0, 0);
    }

    /** UTF-16 without a mark: digits and separators have a NUL beside each, always on one side. */
    private Encoding withNuls() throws FileFault {
        long many = size / 10;
        if (oddNuls > many && evenNuls * 20 < oddNuls) {
            return new Encoding(StandardCharsets.UTF_16LE, 0, size % 2);
        }
        if (evenNuls > many && oddNuls * 20 < evenNuls) {
            return new Encoding(StandardCharsets.UTF_16BE, 0, size % 2);
        }
        throw FileFault.of(Kind.BINARY);
    }

    private boolean isMarkup(int from) {
        String text = new String(head, from, head.length - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return text.matches("(?s)<(\\?xml|!doctype|html|head|meta|table|!--).*");
    }
}
