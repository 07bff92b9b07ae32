package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet of a workbook that {@link XlsxCheck} has found sound. */
final class XlsxLines implements Lines {

    private static final int MOST_DIGITS = 40;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private long last;

    private XlsxLines(ReadableWorkbook workbook, Stream<Row> stream) {
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    static XlsxLines open(Path path, String sheet) throws FileFault, IOException {
        ReadableWorkbook workbook = workbook(path);
        try {
            return new XlsxLines(workbook, sheet(workbook, sheet).openStream());
        } catch (RuntimeException damaged) { // the library has an exception of its own for each fault
            workbook.close();
            throw FileFault.of(Kind.DAMAGED);
        } catch (FileFault | IOException failure) {
            workbook.close();
            throw failure;
        }
    }

    private static ReadableWorkbook workbook(Path path) throws FileFault {
        try {
            return new ReadableWorkbook(path.toFile(), new ReadingOptions(false, true));
        } catch (IOException | RuntimeException damaged) {
            throw FileFault.of(Kind.DAMAGED);
        }
    }

    private static Sheet sheet(ReadableWorkbook workbook, String wanted) throws FileFault {
        List<Sheet> sheets = workbook.getSheets().toList();
        Optional<Sheet> found = wanted.isEmpty()
                ? sheets.stream()
                        .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                        .findFirst()
                : sheets.stream()
                        .filter(sheet -> sheet.getName().strip().equalsIgnoreCase(wanted.strip()))
                        .findFirst()
                        .or(() -> numbered(sheets, wanted));
        return found.orElseThrow(() -> FileFault.about(
                Kind.NO_SHEET,
                String.join(", ", sheets.stream().map(Sheet::getName).toList())));
    }

    private static Optional<Sheet> numbered(List<Sheet> sheets, String wanted) {
        return wanted.strip().matches("[0-9]{1,4}")
                ? sheets.stream()
                        .skip(Math.max(0, Long.parseLong(wanted.strip()) - 1))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public @Nullable Line next() throws FileFault {
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                last = row.getRowNum() > last ? row.getRowNum() : last + 1;
                Line line = new Line(last, cells(row));
                if (!line.isBlank()) {
                    return line;
                }
            }
            return null;
        } catch (RuntimeException damaged) { // the library has an exception of its own for each fault
            throw FileFault.at(Kind.DAMAGED, last + 1);
        }
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(row.getCellCount());
        for (Cell cell : row) {
            cells.add(text(cell));
        }
        return cells;
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        return switch (cell.getValue()) {
            case BigDecimal number -> text(number);
            case null -> cell.getFormula() == null ? textOrNothing(cell.getRawValue()) : "=" + cell.getFormula();
            default -> cell.getValue().toString();
        };
    }

    private static String textOrNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A sheet holds its numbers exactly: {@code 9.12345678E8} is 912345678, as the sheet shows it. */
    private static String text(BigDecimal number) {
        boolean unwieldy = Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS;
        if (unwieldy) {
            return number.toString();
        }
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public char separator() {
        return Separator.USUAL;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
