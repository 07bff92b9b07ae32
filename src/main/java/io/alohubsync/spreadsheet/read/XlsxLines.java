package io.alohubsync.spreadsheet.read;

import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet of a workbook that {@link XlsxCheck} has found sound. */
final class XlsxLines implements Lines {

    private static final int MOST_CELLS = 16_384;

    private final WorkbookParts parts;
    private final XmlPart sheet;
    private final XlsxCell cell;
    private final List<String> sheets;
    private long last;

    private XlsxLines(WorkbookParts parts, XmlPart sheet, XlsxCell cell, List<String> sheets) {
        this.parts = parts;
        this.sheet = sheet;
        this.cell = cell;
        this.sheets = sheets;
    }

    /**
     * @param wanted name or number of a sheet; empty: the first that is not hidden and not empty
     */
    static XlsxLines open(Path path, String wanted) throws FileFault, IOException {
        WorkbookParts parts = WorkbookParts.open(path);
        try {
            WorkbookParts.Sheet sheet = wanted.isBlank() ? first(parts) : named(parts.sheets(), wanted.strip());
            XlsxCell cell = new XlsxCell(parts.texts(), parts.styles(), parts.isFrom1904());
            return new XlsxLines(parts, parts.required(sheet.part()), cell, names(sheet, parts.sheets()));
        } catch (FileFault | IOException | RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private static WorkbookParts.Sheet first(WorkbookParts parts) throws FileFault, IOException {
        List<WorkbookParts.Sheet> shown =
                parts.sheets().stream().filter(sheet -> !sheet.hidden()).toList();
        for (WorkbookParts.Sheet sheet : shown) {
            if (hasValue(parts, sheet)) {
                return sheet;
            }
        }
        return shown.stream().findFirst().orElseThrow(() -> none(parts.sheets()));
    }

    private static boolean hasValue(WorkbookParts parts, WorkbookParts.Sheet sheet) throws FileFault, IOException {
        try (XmlPart xml = parts.required(sheet.part())) {
            while (xml.next()) {
                if (xml.isBeginOf("v") || xml.isBeginOf("is") || xml.isBeginOf("f")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static WorkbookParts.Sheet named(List<WorkbookParts.Sheet> sheets, String wanted) throws FileFault {
        return sheets.stream()
                .filter(sheet -> sheet.name().strip().equalsIgnoreCase(wanted))
                .findFirst()
                .or(() -> numbered(sheets, wanted))
                .orElseThrow(() -> none(sheets));
    }

    private static FileFault none(List<WorkbookParts.Sheet> sheets) {
        return FileFault.among(
                Kind.NO_SHEET, sheets.stream().map(WorkbookParts.Sheet::name).toList());
    }

    private static List<String> names(WorkbookParts.Sheet read, List<WorkbookParts.Sheet> all) {
        Stream<WorkbookParts.Sheet> others = all.stream().filter(sheet -> !sheet.hidden() && !sheet.equals(read));
        return Stream.concat(Stream.of(read), others)
                .map(WorkbookParts.Sheet::name)
                .toList();
    }

    /** Of those that a person sees. */
    private static Optional<WorkbookParts.Sheet> numbered(List<WorkbookParts.Sheet> sheets, String wanted) {
        return wanted.matches("[1-9][0-9]{0,3}")
                ? sheets.stream()
                        .filter(sheet -> !sheet.hidden())
                        .skip(Long.parseLong(wanted) - 1)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public @Nullable Line next() throws FileFault, IOException {
        while (sheet.next()) {
            if (sheet.isBeginOf("row")) {
                last = number(sheet.attribute("r"));
                Line line = new Line(last, cells());
                if (!line.isBlank()) {
                    return line;
                }
            }
        }
        return null;
    }

    private long number(@Nullable String said) {
        long number = said != null && said.matches("[0-9]{1,7}") ? Long.parseLong(said) : 0;
        return number > last ? number : last + 1;
    }

    private List<String> cells() throws FileFault, IOException {
        List<String> cells = new ArrayList<>();
        int column = -1;
        for (int within = sheet.depth(); sheet.next() && sheet.depth() >= within; ) {
            if (sheet.isBeginOf("c")) {
                column = column(sheet.attribute("r"), column + 1);
                String text = cell.text(sheet, last);
                if (!text.isEmpty()) {
                    put(cells, column, text);
                }
            }
        }
        return cells;
    }

    private static void put(List<String> cells, int column, String text) {
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, text);
    }

    /** Programs that leave the address out write all cells. */
    private int column(@Nullable String address, int next) throws FileFault {
        int column = 0;
        for (int i = 0; address != null && i < address.length() && Character.isLetter(address.charAt(i)); i++) {
            column = column * 26 + Character.toUpperCase(address.charAt(i)) - 'A' + 1;
        }
        int found = column > 0 ? column - 1 : next;
        if (found >= MOST_CELLS) {
            throw FileFault.at(Kind.DAMAGED, last);
        }
        return found;
    }

    @Override
    public List<String> sheets() {
        return sheets;
    }

    @Override
    public char separator() {
        return Separator.USUAL;
    }

    @Override
    public void close() throws IOException {
        try (parts;
                cell) {
            sheet.close();
        }
    }
}
