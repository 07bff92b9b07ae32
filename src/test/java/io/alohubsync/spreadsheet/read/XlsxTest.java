package io.alohubsync.spreadsheet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.spreadsheet.Workbooks;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks as programs write them, and such as no program writes. */
class XlsxTest {

    @TempDir
    Path folder;

    private static List<Line> lines(Path path, String sheet) throws FileFault, IOException {
        List<Line> all = new ArrayList<>();
        try (Lines lines = FileScan.of(path).lines(sheet)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        }
        return all;
    }

    /** They are written to a temporary file: a small workbook may hold gigabytes of them. */
    @Test
    void the_texts_of_a_workbook_are_bounded_together() throws Exception {
        String texts = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
                + "<si><t>%s</t></si>".formatted("x".repeat(400)).repeat(3) + "</sst>";
        Path path = Workbooks.raw(folder.resolve("texts.xlsx"), "<row r='1'><c r='A1' t='s'><v>0</v></c></row>", texts);
        XlsxCheck.of(path, 1200);
        assertEquals(
                Kind.TOO_MANY_TEXTS,
                assertThrows(FileFault.class, () -> XlsxCheck.of(path, 1199)).kind());
    }

    private Kind fault(String sheetData) throws IOException {
        Path path = Workbooks.raw(folder.resolve("a.xlsx"), sheetData);
        return assertThrows(FileFault.class, () -> lines(path, "")).kind();
    }

    @Test
    void texts_and_numbers_are_read_as_they_are_shown() throws Exception {
        Path path = folder.resolve("a.xlsx");
        Workbooks.write(
                path,
                List.of(
                        List.of("SĐT", "Tên"),
                        Arrays.asList("0868793800", "Thủy"),
                        List.of(),
                        Arrays.asList(868793800L, null, 1.5)));
        assertEquals(
                List.of(
                        new Line(1, List.of("SĐT", "Tên")),
                        new Line(2, List.of("0868793800", "Thủy")),
                        new Line(4, List.of("868793800", "", "1.5"))),
                lines(path, "khách hàng"));
        assertEquals(3, lines(path, "1").size());
        assertEquals(
                Kind.NO_SHEET,
                assertThrows(FileFault.class, () -> lines(path, "0")).kind());
        FileFault none = assertThrows(FileFault.class, () -> lines(path, "Nháp"));
        assertEquals(Kind.NO_SHEET, none.kind());
        assertEquals("Khách hàng", none.detail());
    }

    @Test
    void a_number_of_a_sheet_is_exact_however_it_is_written() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "<row r='1'><c r='A1'><v>8.68793800E8</v></c><c r='B1'><v>868793800.0</v></c><c r='C1'><v>1E+999999999</v></c></row>");
        assertEquals(
                List.of("868793800", "868793800", "1E+999999999"),
                lines(path, "").getFirst().cells());
    }

    @Test
    void a_formula_is_its_last_value_or_its_text_and_is_never_computed() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "<row r='1'><c r='A1' t='str'><f>CONCAT(B1)</f><v>0868793800</v></c><c r='B1'><f>\"0868793800\"</f></c>"
                        + "<c r='C1' t='e'><v>#N/A</v></c><c r='D1' t='b'><v>1</v></c></row>");
        assertEquals(
                List.of("0868793800", "=\"0868793800\"", "#N/A", "true"),
                lines(path, "").getFirst().cells());
    }

    /** As a program writes it that computes nothing: what is not there is no name and no phone. */
    @Test
    void a_formula_without_a_value_is_empty_but_for_a_literal() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "<row r='1'><c r='A1'><f>CONCATENATE(B1,\" \",C1)</f><v></v></c><c r='B1'><f>C1&amp;D1</f></c>"
                        + "<c r='C1'><f>\"09\"&amp;\"12345678\"</f></c><c r='D1'><f>0868793800</f></c><c r='E1'><v>1</v></c></row>");
        assertEquals(
                List.of("", "", "", "=0868793800", "1"),
                lines(path, "").getFirst().cells());
    }

    @Test
    void a_sheet_with_two_distant_cells_is_two_lines() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>");
        assertEquals(
                List.of(1L, 1_048_576L),
                lines(path, "").stream().map(Line::number).toList());
    }

    /** Names of areas, conditional formats and lists of a workbook that has been copied for years. */
    @Test
    void what_a_workbook_holds_beside_its_cells_may_be_much_in_many_elements() throws Exception {
        String name = "<definedName name='n'>#REF!%s</definedName>";
        String names = "<definedNames>" + name.formatted("x".repeat(50)).repeat(5_000) + "</definedNames>";
        String rule = "<conditionalFormatting><cfRule><formula>%s</formula></cfRule></conditionalFormatting>";
        Path path = Workbooks.of(
                folder.resolve("a.xlsx"),
                "",
                Map.of(
                        "xl/workbook.xml",
                        Workbooks.workbook(names),
                        "xl/worksheets/sheet1.xml",
                        "<worksheet><sheetData>" + ROW + "</sheetData>"
                                + rule.formatted("x".repeat(50)).repeat(6_000) + "</worksheet>"));
        assertEquals(1, lines(path, "").size());
        Path one = Workbooks.of(
                folder.resolve("b.xlsx"),
                ROW,
                Map.of("xl/workbook.xml", Workbooks.workbook(name.formatted("x".repeat(300_000)))));
        assertEquals(
                Kind.HOSTILE,
                assertThrows(FileFault.class, () -> lines(one, "")).kind());
    }

    @Test
    void what_no_program_writes_is_refused_before_it_is_read() throws Exception {
        assertEquals(Kind.HOSTILE, fault("<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>"));
        assertEquals(Kind.HOSTILE, fault("<row r='1'>" + "<c/>".repeat(16_385) + "</row>"));
        assertEquals(
                Kind.HOSTILE,
                fault("<row r='1'><c t='inlineStr'><is><t>" + "x".repeat(300_000) + "</t></is></c></row>"));
        String piece = "<t>" + "x".repeat(150_000) + "</t>";
        assertEquals(Kind.HOSTILE, fault("<row><c t='inlineStr'><is>" + piece + "<c/>" + piece + "</is></c></row>"));
        assertEquals(Kind.HOSTILE, fault("<row r='1'><c s='" + "1".repeat(2 << 20) + "'/></row>"));
        assertEquals(
                Kind.HOSTILE,
                fault(IntStream.range(0, 6_000).mapToObj(i -> "<n" + i + "/>").collect(Collectors.joining())));
        assertEquals(Kind.HOSTILE, fault("<a>".repeat(200) + "</a>".repeat(200)));
        assertEquals(Kind.DAMAGED, fault("<row r='1'><c t='s'><v>999999999</v></c></row>"));
        assertEquals(Kind.DAMAGED, fault("<row r='1'><c t='s'><v>-1</v></c></row>"));
        assertEquals(Kind.DAMAGED, fault("<row r='1'><c"));
        assertEquals(Kind.DAMAGED, fault("<row r='1'><c t='new'><v>1</v></c></row>"));
    }

    @Test
    void the_texts_of_a_workbook_are_read_without_their_formats_and_pronunciation() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "<row><c t='s'><v>2</v></c><c t='s'><v>0</v></c><c t='inlineStr'><is><r><t>Trần </t></r><r><t>Bằng</t></r></is></c></row>"
                        + "<row><c t='s'><v>1</v></c><c/><c t='str'><v>b_x0009_c</v></c><c t='d'><v>2026-11-27T08:00:00Z</v></c></row>",
                "<sst><si><r><rPr><b/></rPr><t>Nguyễn</t></r><r><t xml:space='preserve'> Thủy</t></r><rPh sb='0' eb='1'><t>nguyen</t></rPh></si>"
                        + "<si><t>a_x000D_</t></si><si><t>0868793800</t></si></sst>");
        assertEquals(
                List.of(
                        new Line(1, List.of("0868793800", "Nguyễn Thủy", "Trần Bằng")),
                        new Line(2, List.of("a\r", "", "b\tc", "2026-11-27T08:00:00Z"))),
                lines(path, ""));
    }

    @Test
    void a_number_with_the_format_of_a_date_is_one() throws Exception {
        String row = "<row><c s='1'><v>45988.5</v></c><c s='2'><v>45988</v></c><c s='0'><v>45988</v></c>"
                + "<c s='1'><v>868793800</v></c><c s='3'><v>0.5</v></c></row>";
        String styles = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-42A]dd/mm/yyyy\\ \"ngày\"'/>"
                + "<numFmt numFmtId='165' formatCode='#,##0\\ \"day\"'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
                + "<cellXfs><xf numFmtId='165'/><xf numFmtId='22'/><xf numFmtId='164'/><xf numFmtId='20'/></cellXfs></styleSheet>";
        Path from1900 = Workbooks.of(folder.resolve("a.xlsx"), row, Map.of("xl/styles.xml", styles));
        assertEquals(
                List.of("2025-11-27T12:00", "2025-11-27", "45988", "868793800", "0.5"),
                lines(from1900, "").getFirst().cells());
        Path from1904 = Workbooks.of(
                folder.resolve("b.xlsx"),
                row,
                Map.of("xl/styles.xml", styles, "xl/workbook.xml", Workbooks.workbook("<workbookPr date1904='1'/>")));
        assertEquals("2029-11-28T12:00", lines(from1904, "").getFirst().cell(0));
    }

    @Test
    void a_hidden_sheet_is_read_only_by_its_name_and_a_part_that_is_not_read_need_not_be_sound() throws Exception {
        Path path = Workbooks.of(
                folder.resolve("a.xlsx"),
                "<row><c><v>1</v></c></row>",
                Map.of(
                        "xl/workbook.xml",
                        Workbooks.workbook("").replace("name='A'", "name='A' state='veryHidden'"),
                        "xl/drawings/vmlDrawing1.vml",
                        "<xml><br></xml>"));
        assertEquals(
                Kind.NO_SHEET,
                assertThrows(FileFault.class, () -> lines(path, "")).kind());
        assertEquals(1, lines(path, "a").size());
    }

    private static Map<String, String> sheets(String... namesAndRows) {
        Map<String, String> sheets = new LinkedHashMap<>();
        for (int i = 0; i < namesAndRows.length; i += 2) {
            sheets.put(namesAndRows[i], namesAndRows[i + 1]);
        }
        return sheets;
    }

    private static final String ROW = "<row><c><v>868793800</v></c></row>";

    @Test
    void an_empty_sheet_in_front_is_passed_over() throws Exception {
        Path path = Workbooks.sheets(
                folder.resolve("a.xlsx"),
                sheets("Trống", "<row><c s='1'/></row>", "Ẩn' state='hidden", ROW + ROW, "Khách", ROW));
        assertEquals(1, lines(path, "").size());
        assertEquals(0, lines(path, "Trống").size());
        assertEquals(lines(path, "Khách"), lines(path, "2"), "a number counts the tabs that a person sees");
        assertEquals(2, lines(path, "Ẩn").size());
        assertEquals(
                Kind.NO_SHEET,
                assertThrows(FileFault.class, () -> lines(path, "3")).kind());
        try (Lines lines = FileScan.of(path).lines("")) {
            assertEquals(List.of("Khách", "Trống"), lines.sheets());
        }
        Path blank = Workbooks.sheets(folder.resolve("b.xlsx"), sheets("A", "", "B", "<row/>"));
        assertEquals(0, lines(blank, "").size());
    }

    @Test
    void a_sheet_without_a_part_is_none_and_a_state_in_other_words_is_not_hidden() throws Exception {
        Path path = Workbooks.sheets(
                folder.resolve("a.xlsx"), sheets("Module", null, "Khách' state='show", ROW, "Old", null));
        assertEquals(1, lines(path, "").size());
        FileFault none = assertThrows(FileFault.class, () -> lines(path, "Module"));
        assertEquals(Kind.NO_SHEET, none.kind());
        assertEquals("Khách", none.detail());
        Path nothing = Workbooks.sheets(folder.resolve("b.xlsx"), sheets("Module", null));
        assertEquals(
                Kind.DAMAGED,
                assertThrows(FileFault.class, () -> lines(nothing, "")).kind());
    }

    @Test
    void a_workbook_in_another_form_is_named_as_one() throws Exception {
        Map<Map<String, String>, Kind> kinds = Map.of(
                Map.of("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"),
                Kind.OTHER_WORKBOOK,
                Map.of("Index/Document.iwa", "x"),
                Kind.OTHER_WORKBOOK,
                Map.of("[Content_Types].xml", "<Types/>", "xl/workbook.bin", "x"),
                Kind.OTHER_WORKBOOK,
                Map.of(
                        "[Content_Types].xml",
                        "<Types/>",
                        "_rels/.rels",
                        "<a><Relationship Type='x/officeDocument' Target='word/document.xml'/></a>"),
                Kind.BINARY,
                Map.of("a.txt", "a"),
                Kind.BINARY);
        for (Map.Entry<Map<String, String>, Kind> other : kinds.entrySet()) {
            Path path = Workbooks.parts(folder.resolve("a.xlsx"), other.getKey());
            assertEquals(
                    other.getValue(),
                    assertThrows(FileFault.class, () -> FileScan.of(path)).kind(),
                    other.getKey().toString());
        }
    }

    @Test
    void a_document_type_is_refused() throws Exception {
        Path path = Workbooks.raw(
                folder.resolve("a.xlsx"),
                "",
                "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><sst><si><t>&b;</t></si></sst>");
        assertThrows(FileFault.class, () -> lines(path, ""));
    }

    @Test
    void a_zip_bomb_is_refused_in_bounded_time() throws Exception {
        Path path = folder.resolve("a.xlsx");
        try (var zip = new java.util.zip.ZipOutputStream(java.nio.file.Files.newOutputStream(path))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("[Content_Types].xml"));
            zip.write("<a b='".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        assertThrows(FileFault.class, () -> lines(path, ""));
    }
}
