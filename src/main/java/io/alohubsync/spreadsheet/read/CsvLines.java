package io.alohubsync.spreadsheet.read;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of a text with separators. */
final class CsvLines implements Lines {

    private static final int MOST_IN_A_CELL = 1 << 18;
    private static final int MOST_IN_A_LINE = 1 << 20;
    private static final int MOST_CELLS = 16_384; // as a workbook has
    private static final int SAMPLE = 1 << 16;

    private final CsvReader<CsvRecord> csv;
    private final CloseableIterator<CsvRecord> records;
    private final char separator;
    private final Encoding encoding;
    private final int skipped;
    private long last;

    private CsvLines(CsvReader<CsvRecord> csv, char separator, Encoding encoding, int skipped) {
        this.csv = csv;
        this.separator = separator;
        this.records = csv.iterator();
        this.encoding = encoding;
        this.skipped = skipped;
        this.last = skipped;
    }

    static CsvLines open(Path path, Encoding encoding) throws IOException {
        Reader text = reader(path, encoding);
        try {
            text.mark(SAMPLE);
            char[] sample = new char[SAMPLE];
            int length = Math.max(0, read(text, sample));
            text.reset();
            String beginning = new String(sample, 0, length);
            boolean said = beginning.matches("(?is)sep=[^\\w\\s]\\r?\\n.*|(?is)sep=\\t\\r?\\n.*");
            if (said) {
                text.skip(beginning.indexOf('\n') + 1L);
            }
            char separator = said ? beginning.charAt(4) : Separator.of(beginning);
            return new CsvLines(csv(separator).build(handler(), text), separator, encoding, said ? 1 : 0);
        } catch (IOException | RuntimeException failure) {
            text.close();
            throw failure;
        }
    }

    private static CsvReader.CsvReaderBuilder csv(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MOST_IN_A_LINE);
    }

    private static CsvRecordHandler handler() {
        return CsvRecordHandler.builder()
                .maxFields(MOST_CELLS)
                .maxFieldSize(MOST_IN_A_CELL)
                .maxRecordSize(MOST_IN_A_LINE)
                .build();
    }

    private static Reader reader(Path path, Encoding encoding) throws IOException {
        InputStream bytes = Files.newInputStream(path);
        try {
            bytes.skipNBytes(encoding.mark());
            return new BufferedReader(
                    new InputStreamReader(
                            bytes,
                            encoding.charset()
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPLACE)
                                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                    SAMPLE);
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }

    private static int read(Reader text, char[] into) throws IOException {
        int length = 0;
        while (length < into.length) {
            int more = text.read(into, length, into.length - length);
            if (more < 0) {
                break;
            }
            length += more;
        }
        return length;
    }

    @Override
    public @Nullable Line next() throws FileFault, IOException {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                last = record.getStartingLineNumber() + skipped;
                Line line = new Line(last, cells(record.getFields()));
                if (!line.isBlank() && !isOldEnd(line)) {
                    return line;
                }
            }
            return null;
        } catch (CsvParseException | NoSuchElementException wrong) {
            throw FileFault.at(Kind.LINE, last + 1);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static boolean isOldEnd(Line line) {
        String only = line.cells().size() == 1 ? line.cell(0) : "";
        return only.length() == 1 && only.charAt(0) == FileBytes.OLD_END;
    }

    private List<String> cells(List<String> fields) {
        return fields.stream().map(encoding::letters).toList();
    }

    @Override
    public char separator() {
        return separator;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
