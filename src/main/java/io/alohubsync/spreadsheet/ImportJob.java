package io.alohubsync.spreadsheet;

import io.alohubsync.config.Sha256;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.spreadsheet.read.ColumnFinder;
import io.alohubsync.spreadsheet.read.Columns;
import io.alohubsync.spreadsheet.read.FileFault;
import io.alohubsync.spreadsheet.read.FileScan;
import io.alohubsync.spreadsheet.read.Layout;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file, how to read it, and what comes of it.
 *
 * @param sheet of a workbook; empty: the first that is neither hidden nor empty
 */
public record ImportJob(FileScan file, String sheet, Layout layout, Target target) {

    private static final int SHORT = 8;

    /**
     * Looks at the file's first lines.
     *
     * @param named heading or letter of a column, by field ({@link Columns#FIELDS}); an empty text:
     *              the file has none
     */
    public static ImportJob of(
            FileScan file, String sheet, Map<String, String> named, Target target, PhoneNormalizer phones)
            throws FileFault, IOException {
        try (Lines lines = file.lines(sheet)) {
            List<Line> first = Batch.of(lines, ColumnFinder.SAMPLE).lines();
            Layout layout = new ColumnFinder(phones).find(first, named, lines.sheets());
            return new ImportJob(file, sheet.strip(), layout, target);
        }
    }

    /**
     * Equal files that are read alike, for one account and source, have one key, however the sheet
     * was named. The priority changes no value.
     */
    public String key() {
        return Sha256.hex(String.join(
                "\n",
                file.digest(),
                layout.sheets().stream().findFirst().orElse(""),
                layout.columns().key(),
                "" + layout.headingLine(),
                target.account(),
                target.source()));
    }

    /**
     * By what a person finds a line's row again that has no key of its source:
     * {@code show 5d41402a:17}.
     */
    String reference(Line line) {
        return file.digest().substring(0, SHORT) + ":" + line.number();
    }

    /** The customers, without what stands above them. */
    Lines customers() throws FileFault, IOException {
        return new Behind(file.lines(sheet), layout.headingLine());
    }

    private record Behind(Lines lines, long heading) implements Lines {

        @Override
        public @Nullable Line next() throws FileFault, IOException {
            Line line = lines.next();
            while (line != null && line.number() <= heading) {
                line = lines.next();
            }
            return line;
        }

        @Override
        public char separator() {
            return lines.separator();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
