package io.alohubsync.spreadsheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.contact.Reason;
import io.alohubsync.spreadsheet.read.ColumnFinder;
import io.alohubsync.spreadsheet.read.FileScan;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedReportTest {

    @TempDir
    Path folder;

    /** Of all lines of a file into account {@code default}. */
    static ImportJob job(Path file) throws Exception {
        FileScan scan = FileScan.of(file);
        List<Line> lines = new ArrayList<>();
        try (Lines all = scan.lines("")) {
            for (Line line = all.next(); line != null; line = all.next()) {
                lines.add(line);
            }
        }
        ColumnFinder finder = new ColumnFinder(new PhoneNormalizer(PhoneRules.standard()));
        return new ImportJob(scan, "", finder.find(lines, Map.of()), new Target("default", "import", (short) -1));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("khách.csv"), text);
    }

    @Test
    void a_rejected_line_keeps_its_columns_and_gets_its_line_and_reason() throws Exception {
        Path file = file("Ghi chú;SĐT\nx;0868\n");
        Path target = RejectedReport.beside(file);
        try (RejectedReport report = RejectedReport.to(target, job(file), false)) {
            report.add(new Line(2, List.of("x", "0868")), Set.of(Reason.PHONE_INVALID));
            report.complete();
        }
        assertEquals("khách.rejected.csv", target.getFileName().toString());
        assertEquals(
                "\uFEFF\"Ghi chú\";\"SĐT\";\"Line\";\"Reason code\";\"Reason\"\r\n"
                        + "\"x\";\"0868\";\"2\";\"phone.invalid\";\"" + Reason.PHONE_INVALID.english() + "\"\r\n",
                Files.readString(target));
        assertEquals(
                "khách.rejected-2.csv",
                RejectedReport.beside(file).getFileName().toString());
    }

    private String report(Path file, Line... lines) throws Exception {
        Path target = RejectedReport.beside(file);
        try (RejectedReport report = RejectedReport.to(target, job(file), false)) {
            for (Line line : lines) {
                report.add(line, Set.of(Reason.PHONE_INVALID));
            }
            report.complete();
        }
        String reason = "\"phone.invalid\",\"" + Reason.PHONE_INVALID.english() + "\"";
        return Files.readString(target).substring(1).replace(reason, "why").replace("\r\n", "\n");
    }

    @Test
    void columns_that_are_not_used_are_kept_where_the_file_has_no_headings() throws Exception {
        assertEquals(
                """
                "A","B","C","D","Line","Reason code","Reason"
                "0868","An","12 Lê Lợi","Ghi chú","1",why
                """,
                report(
                        file("0868,An,12 Lê Lợi,Ghi chú\n0868793800,Bình,1 Lê Lợi,,,\n0912345678,Lan\n"),
                        new Line(1, List.of("0868", "An", "12 Lê Lợi", "Ghi chú"))));
    }

    @Test
    void cells_behind_the_headings_are_kept_and_those_of_a_later_longer_line_stand_behind_the_reason()
            throws Exception {
        assertEquals(
                """
                "SĐT","Tên","","Line","Reason code","Reason"
                "0868","An","note","2",why
                "0868","An","","300",why,"'=1","x"
                """,
                report(
                        file("SĐT,Tên\n0868,An,note\n"),
                        new Line(2, List.of("0868", "An", "note")),
                        new Line(300, List.of("0868", "An", "", "=1", "x", ""))));
    }

    @Test
    void no_cell_is_a_formula_for_a_spreadsheet() {
        for (String cell : List.of("=1+1", "+84868793800", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1")) {
            assertEquals("'" + cell, SafeCsv.safe(cell));
        }
        for (String cell : List.of("", "0868", "a=b", "Nguyễn - Văn", "a@b.vn")) {
            assertEquals(cell, SafeCsv.safe(cell));
        }
    }

    @Test
    void no_file_is_replaced_and_nothing_half_written_stays() throws Exception {
        Path file = file("SĐT\n0868\n");
        Path target = folder.resolve("report.csv");
        try (RejectedReport report = RejectedReport.to(target, job(file), false)) {
            report.add(new Line(2, List.of("0868")), Set.of(Reason.PHONE_INVALID));
            assertFalse(Files.exists(target));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
        Files.writeString(target, "another's");
        try (RejectedReport report = RejectedReport.to(target, job(file), false)) {
            assertThrows(IOException.class, report::complete);
        }
        assertEquals("another's", Files.readString(target));
    }

    @Test
    void a_corrected_report_can_be_imported_as_it_is() throws Exception {
        Path file = file("SĐT,Họ tên\n+8486,A\n");
        Path target = folder.resolve("report.csv");
        try (RejectedReport report = RejectedReport.to(target, job(file), true)) {
            report.add(new Line(2, List.of("+8486", "A")), Set.of(Reason.PHONE_INVALID));
            report.complete();
        }
        Files.writeString(target, Files.readString(target).replace("'+8486", "'+84868793800"));
        ImportJob again = job(target);
        assertEquals(List.of(0), again.layout().columns().places().getFirst());
        try (Lines lines = again.customers()) {
            Judge judge = new Judge(
                    new Judge.Rules(
                            new PhoneNormalizer(PhoneRules.standard()),
                            new NameNormalizer(List.of()),
                            new EmailNormalizer(List.of())),
                    java.time.ZoneOffset.UTC);
            assertTrue(judge.phone(lines.next(), again.layout().columns()).value() != null);
        }
    }
}
