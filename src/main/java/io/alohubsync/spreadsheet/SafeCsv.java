package io.alohubsync.spreadsheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV that a spreadsheet opens as it is: in UTF-8 by its mark, every cell quoted, none taken for a
 * formula. One thread uses it.
 */
public final class SafeCsv implements Closeable {

    private static final String MARK = "\uFEFF"; // a spreadsheet takes the text for UTF-8 by it
    private static final String COMMANDS = "=+-@\t\r\n＝＋－＠";

    private final CsvWriter csv;

    public SafeCsv(Writer text, char separator) throws IOException {
        text.write(MARK);
        this.csv = CsvWriter.builder()
                .fieldSeparator(separator)
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(text);
    }

    /** @param cells null: empty */
    public void write(List<? extends @Nullable String> cells) throws IOException {
        try {
            csv.writeRecord(
                    cells.stream().map(cell -> cell == null ? "" : safe(cell)).toList());
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** No spreadsheet takes it for a formula. */
    static String safe(String cell) {
        String text = cell.stripLeading();
        boolean command = !cell.isEmpty()
                && (COMMANDS.indexOf(cell.charAt(0)) >= 0 || !text.isEmpty() && COMMANDS.indexOf(text.charAt(0)) >= 0);
        return command ? "'" + cell : cell;
    }

    /** All of it is written then, and the text is left open. */
    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
