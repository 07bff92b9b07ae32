package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The directory at an archive's end, which is held in memory while the archive is open. */
final class ZipDirectory {

    private static final int MOST_BYTES = 8 << 20;
    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 1 << 16;

    private ZipDirectory() {}

    /** @throws FileFault it is not there, or too large */
    static void check(Path path) throws FileFault, IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(file.length(), END_RECORD + LONGEST_COMMENT)];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            for (int at = tail.length - END_RECORD; at >= 0; at--) {
                boolean found = tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6;
                if (found) {
                    long size = 0;
                    for (int i = 3; i >= 0; i--) {
                        size = size << 8 | tail[at + 12 + i] & 0xFF;
                    }
                    if (size > MOST_BYTES) {
                        throw FileFault.of(Kind.HOSTILE);
                    }
                    return;
                }
            }
            throw FileFault.of(Kind.DAMAGED);
        }
    }
}
