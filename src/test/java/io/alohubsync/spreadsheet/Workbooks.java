package io.alohubsync.spreadsheet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Workbooks for tests: made by a library as a program would, or by hand from parts that no program
 * writes.
 */
public final class Workbooks {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private Workbooks() {}

    public static void write(Path path, Consumer<Worksheet> content) throws IOException {
        try (OutputStream out = Files.newOutputStream(path);
                Workbook workbook = new Workbook(out, "test", "1.0")) {
            content.accept(workbook.newWorksheet("Khách hàng"));
        }
    }

    /** Numbers as numbers, all else as text; null: no cell. */
    public static void write(Path path, List<List<Object>> rows) throws IOException {
        write(path, sheet -> {
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < rows.get(row).size(); column++) {
                    switch (rows.get(row).get(column)) {
                        case Number number -> sheet.value(row, column, number);
                        case null -> {}
                        case Object text -> sheet.value(row, column, text.toString());
                    }
                }
            }
        });
    }

    /** @param sheetData what stands between the sheet's elements {@code sheetData} */
    public static Path raw(Path path, String sheetData) throws IOException {
        return raw(path, sheetData, "<sst xmlns='" + MAIN + "'><si><t>a</t></si></sst>");
    }

    public static Path raw(Path path, String sheetData, String texts) throws IOException {
        return of(path, sheetData, Map.of("xl/sharedStrings.xml", texts));
    }

    /** @param inside beside its sheets */
    public static String workbook(String inside) {
        return "<workbook xmlns='" + MAIN + "' xmlns:r='" + RELATIONS + "'>" + inside
                + "<sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets></workbook>";
    }

    /**
     * Sheets in their order, by name and attributes as {@code A' state='hidden}; null: the workbook
     * has no part for it.
     */
    public static Path sheets(Path path, Map<String, @Nullable String> rows) throws IOException {
        StringBuilder sheets = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        Map<String, String> parts = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, @Nullable String> sheet : rows.entrySet()) {
            String id = "rId" + ++number;
            String data = sheet.getValue();
            sheets.append("<sheet name='%s' sheetId='%d' r:id='%s'/>"
                    .formatted(sheet.getKey(), number, data == null ? "" : id));
            if (data != null) {
                relations.append("<Relationship Id='%s' Type='%s/worksheet' Target='sheet%s.xml'/>"
                        .formatted(id, RELATIONS, id));
                parts.put(
                        "xl/sheet" + id + ".xml",
                        "<worksheet xmlns='" + MAIN + "'><sheetData>" + data + "</sheetData></worksheet>");
            }
        }
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN + "' xmlns:r='" + RELATIONS + "'><sheets>" + sheets
                        + "</sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
        return of(path, "", parts);
    }

    /** @param others parts beside the usual ones, or in their place */
    public static Path of(Path path, String sheetData, Map<String, String> others) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                        + "<Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
                        + "<Override PartName='/xl/sharedStrings.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml'/>"
                        + "</Types>");
        parts.put("xl/workbook.xml", workbook(""));
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='"
                        + RELATIONS + "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='"
                        + RELATIONS + "/styles' Target='/xl/styles.xml'/></Relationships>");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + MAIN + "'><sheetData>" + sheetData + "</sheetData></worksheet>");
        parts.putAll(others);
        return parts(path, parts);
    }

    public static Path parts(Path path, Map<String, String> parts) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return path;
    }
}
