package io.alohubsync.spreadsheet.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a workbook, unpacked as far as a workbook may be, and with no longer run of bytes
 * between two elements than a cell is.
 */
final class BoundedPart extends FilterInputStream {

    private static final long MOST_UNPACKED = 3L << 30;
    private static final int LONGEST_RUN = 1 << 20;

    private final Total total;
    private int run;

    BoundedPart(InputStream part, Total total) {
        super(part);
        this.total = total;
    }

    /** Of all parts. */
    static final class Total {
        private long bytes;

        long bytes() {
            return bytes;
        }
    }

    static final class Exceeded extends IOException {}

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int length = super.read(into, from, most);
        if (length > 0) {
            total.bytes += length;
            for (int i = from; i < from + length; i++) {
                run = into[i] == '<' ? 0 : run + 1;
                if (run > LONGEST_RUN) {
                    throw new Exceeded();
                }
            }
        }
        if (total.bytes > MOST_UNPACKED) {
            throw new Exceeded();
        }
        return length;
    }
}
