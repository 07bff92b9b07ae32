package io.alohubsync.spreadsheet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.spreadsheet.Workbooks;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people save them, and files that are none. */
class FileScanTest {

    @TempDir
    Path folder;

    private Path file(byte... bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "f", ""), bytes);
    }

    private Path text(String text, Charset charset) throws IOException {
        return file(text.getBytes(charset));
    }

    private static List<Line> lines(Path path) throws FileFault, IOException {
        List<Line> all = new ArrayList<>();
        try (Lines lines = FileScan.of(path).lines("")) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        }
        return all;
    }

    private static List<List<String>> cells(Path path) throws FileFault, IOException {
        return lines(path).stream().map(Line::cells).toList();
    }

    private static void assertFault(Kind kind, Path path) {
        assertEquals(kind, assertThrows(FileFault.class, () -> lines(path)).kind(), path.toString());
    }

    private static final List<List<String>> TABLE =
            List.of(List.of("Họ tên", "SĐT"), List.of("Nguyễn Thị Thủy", "0868793800"));

    private static String joined(String separator) {
        return String.join(
                        "\r\n",
                        TABLE.stream().map(row -> String.join(separator, row)).toList()) + "\r\n";
    }

    @Test
    void every_encoding_and_separator_is_found_by_itself() throws Exception {
        for (String separator : List.of(",", ";", "\t")) {
            String text = joined(separator);
            for (String mark : List.of("", "\uFEFF")) {
                for (Charset charset :
                        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                    assertEquals(TABLE, cells(text(mark + text, charset)), charset + separator);
                }
            }
        }
    }

    /** In the letters that the font shows: "Ô" stands for "ễ". */
    @Test
    void tcvn3_is_read_as_the_letters_that_its_fonts_show() throws Exception {
        String heading = "Hä tªn;S§T\r\n";
        for (List<String> name : List.of(
                List.of("NguyÔn ThÞ Thñy", "Nguyễn Thị Thủy"),
                List.of("Lý Vò Nam, TrÇn V¨n §øc", "Lý Vũ Nam, Trần Văn Đức"),
                List.of("Ph¹m Hoµ", "Phạm Hoà"))) {
            Path file = text(heading + name.getFirst() + ";0868793800\r\n", StandardCharsets.ISO_8859_1);
            assertEquals(List.of(List.of("Họ tên", "SĐT"), List.of(name.getLast(), "0868793800")), cells(file));
            assertEquals("TCVN3", FileScan.of(file).encoding().name());
        }
    }

    @Test
    void one_name_in_an_old_font_makes_no_old_file() throws Exception {
        String text = joined(";")
                .replace("ễ", "ê\u0303")
                .replace("ị", "i\u0323")
                .replace("ủ", "u\u0309")
                .replace("Họ", "Ho\u0323");
        byte[] both = (text + "Ho\u0300ng;0912345678\r\nHµ;0912345679\r\n").getBytes(Charset.forName("windows-1258"));
        assertEquals(List.of("Nguyễn Thị Thủy", "0868793800"), cells(file(both)).get(1));
        Path western = text("Name;Phone\r\nRenée François;0868793800\r\n", StandardCharsets.ISO_8859_1);
        assertEquals("Renée François", lines(western).get(1).cell(0));
    }

    @Test
    void windows_1258_is_read_with_its_tone_marks_and_composed() throws Exception {
        // ê + dot below and u + hook above are two characters each in this encoding
        String decomposed = joined(";")
                .replace("ễ", "ê\u0303")
                .replace("ị", "i\u0323")
                .replace("ủ", "u\u0309")
                .replace("ọ", "o\u0323");
        assertEquals(TABLE, cells(text(decomposed, Charset.forName("windows-1258"))));
    }

    @Test
    void utf_8_with_a_few_damaged_letters_stays_utf_8_and_says_so() throws Exception {
        byte[] bytes = ("Thủy,".repeat(100) + "\n").getBytes(StandardCharsets.UTF_8);
        bytes[2] = 'x'; // the second byte of a letter
        FileScan scan = FileScan.of(file(bytes));
        assertEquals(StandardCharsets.UTF_8, scan.encoding().charset());
        assertTrue(scan.encoding().damaged() > 0);
    }

    @Test
    void quotes_hold_separators_and_lines_and_a_line_has_its_number_in_the_editor() throws Exception {
        List<Line> lines = lines(text("a;b\n\n\"x;\"\"y\"\"\nz\";2\nc;3", StandardCharsets.UTF_8));
        assertEquals(List.of("x;\"y\"\nz", "2"), lines.get(1).cells());
        assertEquals(List.of(1L, 3L, 5L), lines.stream().map(Line::number).toList());
    }

    @Test
    void a_line_that_names_the_separator_is_no_data() throws Exception {
        assertEquals(
                List.of(new Line(2, List.of("a,b", "c"))), lines(text("sep=;\r\na,b;c\r\n", StandardCharsets.UTF_8)));
    }

    @Test
    void the_mark_with_which_old_programs_end_a_text_is_no_data() throws Exception {
        List<Line> lines = List.of(new Line(1, List.of("SDT", "Ten")), new Line(2, List.of("0868793800", "A")));
        assertEquals(lines, lines(text("SDT,Ten\r\n0868793800,A\r\n\u001A", StandardCharsets.US_ASCII)));
        assertFault(Kind.BINARY, text("SDT,Ten\n\u001A0868793800,A\n", StandardCharsets.US_ASCII));
    }

    @Test
    void what_is_no_table_is_refused_by_its_kind() throws Exception {
        assertFault(Kind.EMPTY, file());
        assertFault(Kind.OLD_WORKBOOK, file((byte) 0xD0, (byte) 0xCF, (byte) 0x11, (byte) 0xE0, (byte) 1, (byte) 2));
        assertFault(Kind.MARKUP, text("\n<html><table><tr><td>0868793800", StandardCharsets.UTF_8));
        assertFault(Kind.BINARY, text("phone\n0868793800\n\0\0\0\0\0\0\0\0\0", StandardCharsets.UTF_8));
        byte[] noise = new byte[4000];
        new java.util.Random(1).nextBytes(noise);
        assertFault(Kind.BINARY, file(noise));
        Path archive = Workbooks.raw(folder.resolve("a.xlsx"), "");
        byte[] bytes = Files.readAllBytes(archive);
        assertFault(Kind.DAMAGED, file(Arrays.copyOf(bytes, bytes.length / 2)));
        assertFault(Kind.DAMAGED, file((byte) 'P', (byte) 'K', (byte) 3, (byte) 4));
    }

    @Test
    void a_quotation_mark_that_is_not_closed_is_a_fault_with_its_line() throws Exception {
        Path half = text("phone,name\n0868793800,A\n0868793801,\"Thủ", StandardCharsets.UTF_8);
        FileFault fault = assertThrows(FileFault.class, () -> lines(half));
        assertEquals(Kind.LINE, fault.kind());
        assertEquals(3, fault.line());
    }

    @Test
    void a_line_without_an_end_is_refused_before_it_fills_the_memory() throws Exception {
        Path path = folder.resolve("long.csv");
        byte[] block = "0".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(path)) {
            out.write("phone\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 64; i++) {
                out.write(block);
            }
        }
        assertFault(Kind.LINE, path);
    }
}
