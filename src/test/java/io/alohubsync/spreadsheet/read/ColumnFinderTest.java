package io.alohubsync.spreadsheet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnFinderTest {

    private final ColumnFinder finder = new ColumnFinder(new PhoneNormalizer(PhoneRules.standard()));

    @SafeVarargs
    private static List<Line> lines(List<String>... rows) {
        List<Line> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(new Line(lines.size() + 1, row));
        }
        return lines;
    }

    @SafeVarargs
    private Layout find(Map<String, String> named, List<String>... rows) throws FileFault {
        return finder.find(lines(rows), named);
    }

    @Test
    void headings_are_known_in_both_languages_with_or_without_diacritics_in_any_case() throws Exception {
        List<String> customer = List.of("KH1", "Nguyễn Văn A", "0868793800", "a@b.vn", "2026-11-26");
        for (List<String> heading : List.of(
                List.of("Mã KH", "Họ tên", "SĐT", "Email", "Ngày cập nhật"),
                List.of("MA KH", "HO VA TEN", "SO DT", "E-MAIL", "NGAY CAP NHAT"),
                List.of("mã khách hàng", "Khách hàng", "Điện thoại", "Thư điện tử", "cập nhật"),
                List.of("Customer ID", "Customer Name", "Mobile", "E-mail address", "Updated at"),
                List.of("Ref", "Tên KH", "Di động", "Mail", "Version"),
                List.of("Code", "Full name", "Phone Number", "email", "source_version"),
                List.of("Mã", "Họ và tên KH (*)", "Số điện thoại (bắt buộc)", "Địa chỉ email", "write_date"))) {
            assertEquals(
                    new Columns(2, 1, 3, 0, 4),
                    find(Map.of(), heading, customer).columns(),
                    heading.toString());
        }
        assertEquals("sodt", Heading.key(java.text.Normalizer.normalize("Số ĐT", java.text.Normalizer.Form.NFD)));
    }

    @Test
    void of_several_phones_the_mobile_is_taken_and_the_others_are_named() throws Exception {
        Layout layout = find(
                Map.of(), List.of("Điện thoại", "Fax", "Di động"), List.of("02838223344", "02838223345", "0868793800"));
        assertEquals(2, layout.columns().phone());
        assertEquals(List.of(0), layout.otherPhones());
    }

    @Test
    void titles_above_the_headings_are_no_customers() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of("DANH SÁCH KHÁCH HÀNG THÁNG 5"),
                List.of("STT", "Tên", "SĐT"),
                List.of("1", "A", "0868793800"));
        assertEquals(2, layout.headingLine());
        assertEquals(new Columns(2, 1, -1, -1, -1), layout.columns());
    }

    @Test
    void headings_of_two_lines_are_read_as_one() throws Exception {
        List<String> title = List.of("DANH SÁCH KHÁCH HÀNG");
        List<String> customer = List.of("1", "Nguyễn Văn A", "0868793800", "a@b.vn", "KH1");
        Columns all = new Columns(2, 1, 3, 4, -1);
        for (List<List<String>> headings : List.of(
                List.of(List.of("STT", "Họ tên", "Liên hệ", "", "Mã KH"), List.of("", "", "SĐT", "Email")),
                List.of(List.of("STT", "Họ tên", "Liên hệ"), List.of("", "", "SĐT", "Email", "Mã KH")),
                List.of(List.of("STT", "Họ tên", "", "Email", "Mã KH"), List.of("", "", "SĐT")))) {
            Layout layout = find(Map.of(), title, headings.get(0), headings.get(1), customer);
            assertEquals(all, layout.columns(), headings.toString());
            assertEquals(3, layout.headingLine(), headings.toString());
            assertEquals("Họ tên", layout.title(1));
            assertEquals("SĐT", layout.title(2));
        }
    }

    @Test
    void a_title_above_the_headings_or_a_customer_below_is_no_heading() throws Exception {
        Layout layout =
                find(Map.of(), List.of("", "Khách hàng"), List.of("SĐT", "", "Họ tên"), List.of("", "Khách", "Email"));
        assertEquals(new Columns(0, 2, -1, -1, -1), layout.columns());
    }

    @Test
    void without_headings_the_content_decides() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of("1", "Nguyễn Văn A", "0868793800", "a@b.vn"),
                List.of("2", "Trần Thị B", "912345678", ""),
                List.of("3", "Lê C", "9.12E+08", "c@d.vn"));
        assertEquals(new Columns(2, 1, 3, -1, -1), layout.columns());
        assertEquals(0, layout.headingLine());
    }

    @Test
    void headings_in_unknown_words_are_no_customer() throws Exception {
        Layout layout = find(Map.of(), List.of("Nombre", "Numero"), List.of("Nguyễn Văn A", "0868793800"));
        assertEquals(1, layout.headingLine());
        assertEquals(new Columns(1, 0, -1, -1, -1), layout.columns());
    }

    @Test
    void a_person_names_a_column_by_heading_or_letter_or_says_that_there_is_none() throws Exception {
        List<String> heading = List.of("Tên", "Số nhà", "Zalo", "SĐT");
        List<String> customer = List.of("A", "5", "0868793800", "0868793801");
        assertEquals(
                2, find(Map.of("phone", "zalo"), heading, customer).columns().phone());
        assertEquals(2, find(Map.of("phone", "c"), heading, customer).columns().phone());
        assertEquals(
                1,
                find(Map.of("reference", "so nha"), heading, customer).columns().reference());
        assertEquals(-1, find(Map.of("name", ""), heading, customer).columns().name());
        for (String none : List.of("Fax", "E", "ZZZ")) {
            FileFault fault = assertThrows(FileFault.class, () -> find(Map.of("phone", none), heading, customer));
            assertEquals(Kind.NO_SUCH_COLUMN, fault.kind());
            assertEquals(none, fault.detail());
        }
    }

    @Test
    void without_any_phone_it_says_so() {
        assertEquals(
                Kind.NO_PHONE_COLUMN,
                assertThrows(FileFault.class, () -> find(Map.of(), List.of("a", "b"), List.of("c", "d")))
                        .kind());
        assertEquals(
                Kind.EMPTY, assertThrows(FileFault.class, () -> find(Map.of())).kind());
    }

    @Test
    void without_any_phone_in_one_of_several_sheets_it_names_the_others() {
        List<Line> lines = List.of(new Line(1, List.of("a", "b")));
        FileFault fault =
                assertThrows(FileFault.class, () -> finder.find(lines, Map.of(), List.of("Bìa", "Khách", "Cũ")));
        assertEquals(Kind.NO_PHONE_IN_SHEET, fault.kind());
        assertEquals("Khách, Cũ", fault.detail());
        assertEquals(
                Kind.NO_PHONE_COLUMN,
                assertThrows(FileFault.class, () -> finder.find(lines, Map.of(), List.of("Bìa")))
                        .kind());
    }

    @Test
    void letters_are_those_of_a_sheet() {
        assertEquals(
                List.of("A", "Z", "AA", "AZ", "XFD"),
                List.of(0, 25, 26, 51, 16_383).stream().map(Columns::letter).toList());
    }
}
