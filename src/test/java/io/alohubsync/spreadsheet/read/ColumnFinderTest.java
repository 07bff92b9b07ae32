package io.alohubsync.spreadsheet.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                    Columns.of(2, 1, 3, 0, 4), find(Map.of(), heading, customer).columns(), heading.toString());
        }
        assertEquals("sodt", Heading.key(java.text.Normalizer.normalize("Số ĐT", java.text.Normalizer.Form.NFD)));
        for (String like : List.of("Số ÐT", "SỐ ƉT", "số ðt")) { // Icelandic, African
            assertEquals("sodt", Heading.key(like), like);
        }
    }

    @Test
    void of_several_phones_the_mobile_is_taken_and_the_others_are_named() throws Exception {
        Layout layout = find(
                Map.of(), List.of("Điện thoại", "Fax", "Di động"), List.of("02838223344", "02838223345", "0868793800"));
        assertEquals(List.of(2, 0), layout.columns().places().getFirst());
        assertEquals(List.of(), layout.otherPhones());
        Layout another =
                find(Map.of(), List.of("SĐT", "Tên", "SĐT người nhận"), List.of("0868793800", "A", "0868793801"));
        assertEquals(List.of(0), another.columns().places().getFirst());
        assertEquals(List.of(2), another.otherPhones());
    }

    /** With the columns of phone, name and e-mail. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Tên người mua; SĐT người mua; Tên người nhận; SĐT người nhận       | 1 0
            Tên người nhận; SĐT người nhận; Tên người mua; SĐT người mua       | 3 2
            Khách hàng; SĐT khách; SĐT người nhận                              | 1 0
            Khách hàng; ĐT; Người nhận; SĐT người nhận                         | 1 0
            Khách hàng; ĐT KH; Người nhận; SĐT người nhận                      | 1 0
            Người nhận; SĐT người nhận; Khách hàng; Số ĐT liên hệ              | 3 2
            Người nhận; SĐT người nhận; SĐT đặt hàng; Họ tên                   | 2 3
            SĐT người nhận; Cố định; Họ tên                                    | 1 2
            Recipient Phone; Recipient Name; Customer Name; Phone (Billing)    | 3 2
            Họ tên; Email giao hàng; Email đăng ký; SĐT; SĐT giao hàng         | 3 0 2
            Tên người nhận; SĐT người nhận                                     | 1 0
            Khách hàng; Mã KH; Tên người nhận; SĐT người nhận; Email; Email nhận hàng | 3 2 5
            Người gửi; SĐT người gửi; Người nhận; SĐT người nhận               | 3 2
            Cửa hàng; SĐT cửa hàng; Người nhận; SĐT người nhận                 | 3 2
            Họ tên; SĐT cửa hàng                                               | 1 0
            """)
    void the_customers_own_phone_comes_before_the_recipients_with_its_name(String heading, String expected)
            throws Exception {
        List<String> cells = List.of(heading.split("; "));
        List<String> customer = cells.stream().map(cell -> "x").toList();
        assertEquals(
                expected,
                find(Map.of(), cells, customer).columns().places().stream()
                        .limit(3)
                        .filter(places -> !places.isEmpty())
                        .map(places -> String.valueOf(places.getFirst()))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void a_person_who_names_the_recipients_phone_gets_the_recipients_name() throws Exception {
        assertEquals(
                Columns.of(3, 2, -1, -1, -1),
                find(
                                Map.of("phone", "SĐT người nhận"),
                                List.of("Khách hàng", "SĐT", "Người nhận", "SĐT người nhận"),
                                List.of("Nguyễn Thị Thủy", "0868793800", "Trần Nam", "0912345678"))
                        .columns());
    }

    /** Each with the columns of the name in their order: family name first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Họ; Tên; SĐT                           | 0 1
            Tên; Họ; SĐT                           | 1 0
            Họ đệm; Tên; SĐT                       | 0 1
            HO VA TEN DEM; TEN; SDT                | 0 1
            Last Name; First Name; Phone           | 0 1
            First Name; Middle Name; Last Name; Phone | 2 1 0
            Họ; Tên đệm; Tên; SĐT                  | 0 1 2
            Surname; Name; Phone                   | 0 1
            Given Name; Family Name; Phone         | 1 0
            Name; Given Name; Family Name; Phone   | 0
            Họ tên; Họ; Tên; SĐT                   | 0
            First Name; Phone                      | 0
            Tên; SĐT                               | 0
            Tên công ty; Tên; Họ; SĐT              | 2 1
            First Name (Billing); Last Name (Billing); Phone (Billing); Item Name | 1 0
            Billing First Name; Billing Last Name; Billing Phone; Shipping First Name; Shipping Last Name | 1 0
            First Name (Shipping); Last Name (Shipping); First Name (Billing); Last Name (Billing); Phone | 3 2
            First Name (Shipping); Last Name (Shipping); Phone (Shipping) | 1 0
            First Name (Billing); First Name (Shipping); Last Name (Shipping); Phone (Billing) | 0
            First Name; Last Name; Phone; Recipient Name | 1 0
            Customer First Name; Customer Last Name; Customer Phone | 1 0
            Họ KH; Tên đệm KH; Tên KH; SĐT KH      | 0 1 2
            Họ; Tên; SĐT người nhận                | 0 1
            Customer Name; Phone; Họ               | 0
            """)
    void a_name_in_several_columns_is_put_together_family_name_first(String heading, String expected) throws Exception {
        List<String> cells = List.of(heading.split("; "));
        List<String> customer = cells.stream()
                .map(cell -> Heading.rank(cell, 0) == Integer.MAX_VALUE ? "Ấn" : "0868793800")
                .toList();
        assertEquals(
                expected,
                find(Map.of(), cells, customer).columns().places().get(1).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")));
    }

    /** Half of a name would replace the whole one in the CRM, and a product anybody's. */
    @Test
    void what_is_ordered_or_a_part_of_a_name_is_no_name() throws Exception {
        for (String heading : List.of(
                "Order Number; Phone (Billing); Item Name; State Name (Billing)",
                "Order Number; Phone (Billing); Guest's Last Name; Product Variation")) {
            Columns columns = find(
                            Map.of(),
                            List.of(heading.split("; ")),
                            List.of("1001", "0868793800", "Áo Thun Nam", "Hà Nội"),
                            List.of("1002", "0868793801", "Nguyễn Thị", "Hà Nam"))
                    .columns();
            assertEquals(List.of(), columns.places().get(1), heading);
        }
    }

    @Test
    void a_joined_name_has_no_part_twice_and_none_that_is_empty() {
        Columns columns = new Columns(List.of(List.of(2), List.of(0, 1), List.of(), List.of(), List.of()));
        for (List<String> cells : List.of(
                List.of(" Nguyễn ", " Thị Thủy"),
                List.of("Nguyễn", "nguyễn thị thủy"),
                List.of("", "Nguyễn Thị Thủy"))) {
            assertEquals(
                    "nguyễn thị thủy",
                    columns.name(new Line(1, cells)).toLowerCase(java.util.Locale.ROOT),
                    cells.toString());
        }
        assertEquals("", columns.name(new Line(1, List.of(" ", ""))));
    }

    @Test
    void an_error_of_the_spreadsheet_is_no_part_of_a_name_and_no_key() {
        Columns columns = new Columns(List.of(List.of(3), List.of(0, 1), List.of(), List.of(2), List.of()));
        assertEquals("An", columns.name(new Line(1, List.of("#REF!", "An"))));
        assertEquals("", columns.reference(new Line(1, List.of("", "", "#N/A"))));
        assertEquals("C# 1", columns.reference(new Line(1, List.of("", "", "C# 1"))));
    }

    @Test
    void a_line_without_its_first_phone_has_the_customers_other_one() throws Exception {
        Columns columns = find(
                        Map.of(),
                        List.of("Di động", "Tên", "Điện thoại", "SĐT người giới thiệu"),
                        List.of("0868793800", "A", "02838223344", "0868793801"))
                .columns();
        assertEquals("0868793800", columns.phone(new Line(2, List.of("0868793800", "A", "02838223344"))));
        for (String none : List.of("", " ", "-", "không có")) {
            assertEquals("02838223344", columns.phone(new Line(3, List.of(none, "A", "02838223344", "0868793801"))));
            assertEquals(
                    none.strip(),
                    columns.phone(new Line(3, List.of(none, "A", "", "0868793801")))
                            .strip());
        }
    }

    @Test
    void a_person_who_names_the_phone_gets_no_other() throws Exception {
        List<String> heading = List.of("Di động", "Điện thoại");
        assertEquals(
                Columns.of(1, -1, -1, -1, -1),
                find(Map.of("phone", "B"), heading, List.of("0868793800", "02838223344"))
                        .columns());
    }

    @Test
    void contacts_of_google_have_a_value_beside_each_label() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of(
                        "First Name",
                        "Middle Name",
                        "Last Name",
                        "E-mail 1 - Label",
                        "E-mail 1 - Value",
                        "Phone 1 - Label",
                        "Phone 1 - Value",
                        "Phone 2 - Label",
                        "Phone 2 - Value"),
                List.of("Thủy", "Thị", "Nguyễn", "* Home", "a@b.vn", "Mobile", "0868793800", "Work", "0912345678"));
        assertEquals(
                List.of(List.of(6, 8), List.of(2, 1, 0), List.of(4), List.of(), List.of()),
                layout.columns().places());
        assertEquals(List.of(), layout.otherPhones());
    }

    @Test
    void content_decides_on_names_and_mails_that_no_known_heading_has() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of("Nhân viên", "Tỉnh", "Người đăng ký", "SĐT", "Thư", "Email nhân viên"),
                List.of("Trần Thị B", "Hà Nội", "Nguyễn Văn A", "0868793800", "a@b.vn", "b@x.vn"),
                List.of("Trần Thị B", "Hà Nam", "Lê Thị C", "0868793801", "c@b.vn", "b@x.vn"));
        assertEquals(Columns.of(3, 2, 4, -1, -1), layout.columns());
        assertEquals(
                Columns.of(3, -1, -1, -1, -1),
                find(
                                Map.of("name", "", "email", ""),
                                List.of("Nhân viên", "Tỉnh", "Người đăng ký", "SĐT", "Thư"),
                                List.of("Trần Thị B", "Hà Nội", "Nguyễn Văn A", "0868793800", "a@b.vn"))
                        .columns());
    }

    /** As templates show how to fill them in; the number may be a stranger's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SĐT (VD: 0868793800)                      | Mã KH (ví dụ: KH001)
            Số điện thoại (10 số, ví dụ 0912 345 678) | Mã KH
            Số điện thoại - Ví dụ: 0123456789         | Mã KH
            Mobile (e.g. +84 868 793 800)             | Customer ID
            Điện thoại, mẫu: 0868793800               | Mã khách hàng
            Liên hệ (dạng 0868793800)                 | Mã KH
            """)
    void a_heading_with_an_example_of_a_phone_is_no_customer(String phone, String reference) throws Exception {
        for (String name : List.of("Họ tên", "Tên khách")) {
            Layout layout = find(
                    Map.of(),
                    List.of(name, phone, reference),
                    List.of("Nguyễn A", "0868793801", "KH1"),
                    List.of("Nguyễn B", "SĐT 0868793802", "KH2"));
            assertEquals(1, layout.headingLine());
            assertEquals(Columns.of(1, 0, -1, 2, -1), layout.columns());
        }
    }

    @Test
    void a_line_with_a_word_before_its_phone_is_a_customer() throws Exception {
        Layout layout = find(
                Map.of(), List.of("Nguyễn A", "SĐT 0868793800", "KH1"), List.of("Nguyễn B", "Zalo 0868793801", "KH2"));
        assertEquals(0, layout.headingLine());
        assertEquals(Columns.of(1, 0, -1, -1, -1), layout.columns());
    }

    @Test
    void a_heading_in_unknown_words_may_have_an_example_too() throws Exception {
        Layout layout =
                find(Map.of(), List.of("Nombre", "Numero (VD: 0868793800)"), List.of("Nguyễn Văn A", "0868793801"));
        assertEquals(1, layout.headingLine());
        assertEquals(Columns.of(1, 0, -1, -1, -1), layout.columns());
    }

    /** Its phone would be that of all customers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Nhân viên; SĐT nhân viên; Khách hàng; Liên hệ | Trần B; 0901234567; Nguyễn Thị Thủy; 0868793800 | Trần B; 0901234567; Lê Nam; x          | 3
            Khách hàng; Liên hệ; Nhân viên; SĐT nhân viên | Nguyễn Thị Thủy; 0868793800; Trần B; 0901234567 | Lê Nam; x; Trần B; 0901234567          | 1
            Phụ trách; SĐT phụ trách; Người đặt; Số máy   | Trần B; 0901234567; Nguyễn Thị Thủy; 0868793800 | Trần B; 0901234567; Lê Nam; 0868793801 | 3
            NVKD; ĐT nhân viên; Người đặt; Số máy         | Trần B; 0901234567; Nguyễn Thị Thủy; 0868793800 | Trần B; 0901234567; Lê Nam; 0868793801 | 3
            SĐT NV; NVKD; Người đặt; Thông tin học viên   | 0901234567; Trần B; Nguyễn Thị Thủy; 0868793800 | 0901234567; Trần B; Lê Nam; 0868793801 | 3
            Khách hàng; Liên hệ; Fax                      | Nguyễn Thị Thủy; 0868793800; 02838223344        | Lê Nam; x;                             | 1
            """)
    void the_phone_of_another_person_is_not_found_by_content(String heading, String one, String other, int phone)
            throws Exception {
        Layout layout =
                find(Map.of(), List.of(heading.split("; *")), List.of(one.split("; *")), List.of(other.split("; *")));
        assertEquals(1, layout.headingLine());
        assertEquals(List.of(phone), layout.columns().places().getFirst());
    }

    @Test
    void where_others_alone_have_a_phone_a_person_names_the_column() throws Exception {
        List<String> heading = List.of("Khách hàng", "SĐT sale");
        List<String> customer = List.of("Nguyễn Thị Thủy", "0901234567");
        assertEquals(
                Kind.NO_PHONE_COLUMN,
                assertThrows(FileFault.class, () -> find(Map.of(), heading, customer))
                        .kind());
        assertEquals(
                List.of(1),
                find(Map.of("phone", "SĐT sale"), heading, customer)
                        .columns()
                        .places()
                        .getFirst());
    }

    /** What stands in its cells may be usual words above a column. */
    @Test
    void a_customer_without_a_phone_is_no_heading() throws Exception {
        List<String> one = List.of("Nguyễn A", "0868793800", "Facebook", "Mới");
        List<String> without = List.of("Lê C", "", "Zalo", "Khách hàng");
        List<String> another = List.of("Phạm D", "0868793801", "Facebook", "Mới");
        Layout layout = find(Map.of(), List.of("Họ tên", "Liên hệ", "Kênh", "Loại"), one, without, another);
        assertEquals(1, layout.headingLine());
        assertEquals(Columns.of(1, 0, -1, -1, -1), layout.columns());
        Layout unknown = find(Map.of(), List.of("Người đặt", "Liên hệ", "Kênh", "Phân"), one, without, another);
        assertEquals(1, unknown.headingLine());
        assertEquals(Columns.of(1, 0, -1, -1, -1), unknown.columns());
        assertEquals(0, find(Map.of(), one, without, another).headingLine());
    }

    @Test
    void a_company_above_the_headings_has_a_phone() throws Exception {
        List<String> heading = List.of("STT", "Tên KH", "SĐT", "Mã KH");
        List<String> customer = List.of("1", "Nguyễn A", "0868793800", "KH1");
        for (List<String> company : List.of(
                List.of("Công ty TNHH An Phát - ĐT: 02838223344"),
                List.of("Công ty TNHH An Phát", "", "", "ĐT: 02838223344"),
                List.of("Công ty TNHH An Phát", "", "ĐT: 02838223344"))) {
            Layout layout = find(Map.of(), company, heading, customer);
            assertEquals(2, layout.headingLine(), company.toString());
            assertEquals(Columns.of(2, 1, -1, 3, -1), layout.columns(), company.toString());
        }
    }

    @Test
    void titles_above_the_headings_are_no_customers() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of("DANH SÁCH KHÁCH HÀNG THÁNG 5"),
                List.of("STT", "Tên", "SĐT"),
                List.of("1", "A", "0868793800"));
        assertEquals(2, layout.headingLine());
        assertEquals(Columns.of(2, 1, -1, -1, -1), layout.columns());
    }

    @Test
    void headings_of_two_lines_are_read_as_one() throws Exception {
        List<String> title = List.of("DANH SÁCH KHÁCH HÀNG");
        List<String> customer = List.of("1", "Nguyễn Văn A", "0868793800", "a@b.vn", "KH1");
        Columns all = Columns.of(2, 1, 3, 4, -1);
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
        assertEquals(Columns.of(0, 2, -1, -1, -1), layout.columns());
    }

    @Test
    void without_headings_the_content_decides() throws Exception {
        Layout layout = find(
                Map.of(),
                List.of("1", "Nguyễn Văn A", "0868793800", "a@b.vn"),
                List.of("2", "Trần Thị B", "912345678", ""),
                List.of("3", "Lê C", "9.12E+08", "c@d.vn"));
        assertEquals(Columns.of(2, 1, 3, -1, -1), layout.columns());
        assertEquals(0, layout.headingLine());
    }

    @Test
    void headings_in_unknown_words_are_no_customer() throws Exception {
        Layout layout = find(Map.of(), List.of("Nombre", "Numero"), List.of("Nguyễn Văn A", "0868793800"));
        assertEquals(1, layout.headingLine());
        assertEquals(Columns.of(1, 0, -1, -1, -1), layout.columns());
    }

    @Test
    void a_person_names_a_column_by_heading_or_letter_or_says_that_there_is_none() throws Exception {
        List<String> heading = List.of("Tên", "Số nhà", "Zalo", "SĐT");
        List<String> customer = List.of("A", "5", "0868793800", "0868793801");
        assertEquals(
                List.of(2),
                find(Map.of("phone", "zalo"), heading, customer)
                        .columns()
                        .places()
                        .getFirst());
        assertEquals(
                List.of(2),
                find(Map.of("phone", "c"), heading, customer).columns().places().getFirst());
        assertEquals(
                List.of(1),
                find(Map.of("reference", "so nha"), heading, customer)
                        .columns()
                        .places()
                        .get(3));
        assertEquals(
                List.of(),
                find(Map.of("name", ""), heading, customer).columns().places().get(1));
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
