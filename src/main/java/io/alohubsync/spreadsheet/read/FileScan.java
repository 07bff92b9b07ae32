package io.alohubsync.spreadsheet.read;

import io.alohubsync.config.Sha256;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a file is, found by reading it once from end to end.
 *
 * @param digest   SHA-256 of its bytes
 * @param workbook XLSX; else text
 * @param stamp    by which a change is noticed
 */
public record FileScan(Path path, String digest, boolean workbook, Encoding encoding, Stamp stamp) {

    public static final long MOST_BYTES = 4L << 30;

    private static final int BUFFER = 1 << 16;

    record Stamp(long size, FileTime modified) {}

    public static FileScan of(Path path) throws FileFault, IOException {
        Stamp stamp = stamp(path);
        if (stamp.size() == 0) {
            throw FileFault.of(Kind.EMPTY);
        }
        if (stamp.size() > MOST_BYTES) {
            throw FileFault.of(Kind.TOO_LARGE);
        }
        MessageDigest digest = Sha256.begin();
        FileBytes bytes = new FileBytes();
        try (InputStream file = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int length = file.readNBytes(buffer, 0, BUFFER);
                    length > 0;
                    length = file.readNBytes(buffer, 0, BUFFER)) {
                digest.update(buffer, 0, length);
                bytes.add(buffer, length);
            }
        }
        boolean workbook = bytes.isWorkbook();
        Encoding encoding = workbook ? Encoding.NONE : bytes.encoding();
        if (workbook) {
            XlsxCheck.of(path);
        }
        return new FileScan(path, HexFormat.of().formatHex(digest.digest()), workbook, encoding, stamp);
    }

    private static Stamp stamp(Path path) throws IOException {
        return new Stamp(Files.size(path), Files.getLastModifiedTime(path));
    }

    /** @throws FileFault the file is another one by now */
    public void checkUnchanged() throws FileFault, IOException {
        if (!stamp.equals(stamp(path))) {
            throw FileFault.of(Kind.CHANGED);
        }
    }

    /**
     * @param sheet of a workbook: name or number; empty: the first that is neither hidden nor empty, or the text
     */
    public Lines lines(String sheet) throws FileFault, IOException {
        if (workbook) {
            return XlsxLines.open(path, sheet);
        }
        if (!sheet.isBlank()) {
            throw FileFault.of(Kind.SHEET_OF_TEXT);
        }
        return CsvLines.open(path, encoding);
    }
}
