package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.TestDatabase;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.spreadsheet.Workbooks;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code import} as a person gives it, on a database, in this JVM. */
@ResourceLock("System.in") // it is the process's own
class ImportCommandIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private static final String FILE = """
            DANH SÁCH;;
            Họ tên;SĐT;Ghi chú
            Nguyễn Thị Thủy;868793800;gọi lại
            Trần Văn Bằng;0912345678;
            Hỏng;8.49123E+10;"=cmd()"
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "DELETE FROM alohub.customer_outbox; DELETE FROM alohub.file_import;"
                        + " INSERT INTO alohub.account (name, seen_at) VALUES ('default', now()) ON CONFLICT (name) DO UPDATE SET seen_at = now()");
    }

    private int run(String... arguments) {
        return run(Words.english(), arguments);
    }

    private int run(Words words, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> settings = Map.of(
                "quarkus.datasource.jdbc.url",
                DATABASE.url(),
                "quarkus.datasource.username",
                TestDatabase.Server.get().user(),
                "quarkus.datasource.password",
                TestDatabase.Server.get().password(),
                "quarkus.datasource.jdbc.new-connection-sql",
                TestDatabase.SESSION,
                "alohub.base-url",
                "http://127.0.0.1:1",
                "alohub.api-key",
                "key",
                "alohub.rate",
                "2");
        Screen screen = new Screen(new PrintWriter(out, true), new PrintWriter(err, true), words, false, false);
        Settings all = new Settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst("import");
        return new Commands(screen, all, "import").execute(command.toArray(String[]::new));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("khách.csv"), text);
    }

    private static String count() {
        return DATABASE.one("SELECT count(*) FROM alohub.customer_outbox");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void the_preview_says_what_would_be_written_and_without_a_yes_nothing_is() throws Exception {
        Path file = file(FILE);
        for (String option : List.of("--dry-run", "--sheet=")) {
            assertEquals(
                    option.equals("--dry-run") ? ExitCode.DONE : ExitCode.NOT_CONFIRMED,
                    run(file.toString(), option),
                    err.toString());
            for (String said : List.of(
                    "UTF-8; phone = SĐT (B), name = Họ tên (A)",
                    "ROWS           3",
                    "USABLE         2",
                    "REPAIRED       1",
                    "REJECTED       1",
                    "TO SEND        2",
                    "TIME TO SEND   1s",
                    "phone.leading-zero-restored   1       3 ***800",
                    "phone.number_format   1       5 ***310")) {
                assertTrue(out.toString().contains(said), said + "\n" + out);
            }
            assertFalse((out + "" + err).contains("0912345678"), "no whole phone is printed");
        }
        assertEquals("0", count());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void a_name_and_a_phone_in_several_columns_are_shown_and_written_together() throws Exception {
        Path file = file(
                "Tên,Họ,Di động,Điện thoại\nThủy,Nguyễn Thị,,02838223344\nBằng,Trần,0912345678,02838223345\n-,-,-,8.49123E+10\n");
        assertEquals(0, run(file.toString(), "--yes"), err.toString());
        String said = "UTF-8; phone = Di động (C) | Điện thoại (D), name = Họ (B) + Tên (A)";
        assertTrue(out.toString().contains(said), out.toString());
        assertTrue(out.toString().contains("phone.number_format   1       4 ***310"), out.toString());
        assertEquals(
                "Nguyễn Thị Thủy 02838223344, Trần Bằng 0912345678",
                DATABASE.one("SELECT string_agg(name || ' ' || phone, ', ' ORDER BY id) FROM alohub.customer_outbox"));
        try (var files = Files.list(folder)) {
            Path report = files.filter(one -> one.toString().endsWith(".rejected.csv"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    Files.readString(report).contains("\"8.49123E+10\",\"4\",\"phone.number_format\""),
                    Files.readString(report));
        }
        assertEquals(0, run(file.toString(), "--dry-run", "--json"), err.toString());
        assertEquals("Họ + Tên", json().get("columns").get("name").asText());
    }

    @Test
    void a_confirmed_import_writes_the_usable_rows_and_reports_the_others_beside_the_file() throws Exception {
        assertEquals(
                0, run(file(FILE).toString(), "--yes", "--json", "--by", "an", "--why", "tháng 5"), err.toString());
        JsonNode all = json();
        assertEquals("imported", all.get("result").asText());
        assertEquals(2, all.get("written").asInt());
        assertEquals("SĐT", all.get("columns").get("phone").asText());
        assertEquals(1, all.get("seconds").asInt());
        assertEquals("2", count());
        assertEquals(
                "tháng 5 (command line: an)",
                DATABASE.one("SELECT reason FROM alohub.audit WHERE act = 'IMPORT' AND reason LIKE 'tháng%'"));
        String report = Files.readString(folder.resolve("khách.rejected.csv"));
        assertTrue(report.contains("\"Hỏng\";\"8.49123E+10\";\"'=cmd()\";\"5\";\"phone.number_format\""), report);

        assertEquals(0, run(file(FILE).toString(), "--yes"), err.toString());
        assertTrue(err.toString().contains("This file was imported whole (rows: 2)."), err.toString());
        assertEquals("2", count());
        assertEquals(0, run(file(FILE).toString(), "--yes", "--again", "--priority", "7"), err.toString());
        assertEquals("4", count());
        assertEquals("7", DATABASE.one("SELECT max(priority) FROM alohub.customer_outbox"));
        assertTrue(Files.exists(folder.resolve("khách.rejected-2.csv")));
    }

    @Test
    void an_import_that_was_cut_off_goes_on_and_says_so() throws Exception {
        Path file = file(FILE);
        assertEquals(0, run(file.toString(), "--yes"), err.toString());
        DATABASE.execute("UPDATE alohub.file_import SET lines = 1, written = 1, finished_at = NULL;"
                + " DELETE FROM alohub.customer_outbox WHERE phone = '0912345678'");
        assertEquals(0, run(file.toString(), "--yes"), err.toString());
        assertTrue(err.toString().contains("was cut off. Lines done: 1, rows written: 1."), err.toString());
        assertEquals(
                "868793800,0912345678",
                DATABASE.one("SELECT string_agg(phone, ',' ORDER BY id) FROM alohub.customer_outbox"));
        assertTrue(Files.readString(folder.resolve("khách.rejected-2.csv")).contains("Hỏng"));
    }

    @Test
    void a_second_run_at_the_same_time_is_refused_with_a_sentence() throws Exception {
        Path file = file(FILE);
        String digest = io.alohubsync.spreadsheet.read.FileScan.of(file).digest();
        try (Connection first = DATABASE.dataSource().getConnection();
                Statement statement = first.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(1768843596, hashtext('" + digest + " default'))");
            assertEquals(ExitCode.FAILED, run(file.toString(), "--yes"));
            assertTrue(err.toString().contains("another run imports this file into this account"), err.toString());
            assertEquals(0, run(file.toString(), "--dry-run"), "a preview needs no lock");
        }
        assertEquals("0", count());
    }

    @Test
    void a_workbook_is_imported_with_numbers_for_phones() throws Exception {
        Path file = folder.resolve("a.xlsx");
        Workbooks.write(
                file,
                List.of(List.of("Tên KH", "Di động"), List.of("Thủy", 868793800L), List.of("Bằng", "0912345678")));
        assertEquals(0, run(Words.vietnamese(), file.toString(), "--yes"), err.toString());
        assertTrue(out.toString().contains("XLSX; điện thoại = Di động (B), họ tên = Tên KH (A)"), out.toString());
        assertEquals("868793800", DATABASE.one("SELECT min(phone) FROM alohub.customer_outbox WHERE name = 'Thủy'"));
    }

    @Test
    void of_several_sheets_the_preview_names_the_one_that_is_read() throws Exception {
        Path file = folder.resolve("a.xlsx");
        Map<String, String> sheets = new LinkedHashMap<>();
        sheets.put("Bìa", "");
        sheets.put("Khách", "<row><c><v>868793800</v></c></row>");
        Workbooks.sheets(file, sheets);
        assertEquals(0, run(Words.english(), file.toString(), "--dry-run"), err.toString());
        assertTrue(out.toString().startsWith("XLSX, sheet Khách (others that are not hidden: Bìa); "), out.toString());
        assertEquals(0, run(Words.english(), file.toString(), "--dry-run", "--json"), err.toString());
        assertTrue(out.toString().contains("\"sheet\":\"Khách\""), out.toString());
        assertEquals(0, run(file.toString(), "--yes"), err.toString());
        for (String same : List.of("Khách", "khách", "2")) {
            assertEquals(0, run(file.toString(), "--yes", "--sheet", same), err.toString());
            assertTrue(err.toString().contains("This file was imported whole (rows: 1)."), same + "\n" + err);
        }
        assertEquals("1", count());
    }

    @Test
    void standard_input_is_read_as_a_file_and_needs_a_yes() throws Exception {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(FILE.getBytes(StandardCharsets.UTF_8)));
            assertEquals(ExitCode.NOT_CONFIRMED, run("-"));
            System.setIn(new ByteArrayInputStream(FILE.getBytes(StandardCharsets.UTF_8)));
            assertEquals(
                    0, run("-", "--yes", "--rejected", folder.resolve("r.csv").toString()), err.toString());
        } finally {
            System.setIn(before);
        }
        assertEquals("2", count());
        assertTrue(Files.exists(folder.resolve("r.csv")));
    }

    @Test
    void what_can_not_be_imported_is_said_with_the_remedy() throws Exception {
        record Case(int code, String said, String... arguments) {}
        Path text = file("a;b\nc;d\n");
        Path old =
                Files.write(folder.resolve("old.xls"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
        Path none = Files.writeString(folder.resolve("none.csv"), "SĐT\n12\n");
        for (Case one : List.of(
                new Case(
                        ExitCode.NOT_FOUND,
                        "there is no file",
                        folder.resolve("missing").toString()),
                new Case(ExitCode.FAILED, "can not be read", folder.toString()),
                new Case(ExitCode.FAILED, "no column of phones was found", text.toString()),
                new Case(ExitCode.FAILED, "save it as .xlsx without a password", old.toString()),
                new Case(ExitCode.USAGE, "there is no column Fax", text.toString(), "--phone-column", "Fax"),
                new Case(ExitCode.USAGE, "which has no sheets: leave --sheet out", text.toString(), "--sheet", "Khách"),
                new Case(
                        ExitCode.USAGE,
                        "không có trang tính: hãy bỏ --sheet",
                        text.toString(),
                        "--sheet=2",
                        "--lang=vi"),
                new Case(ExitCode.USAGE, "--priority takes", text.toString(), "--priority", "1001"),
                new Case(ExitCode.USAGE, "is there already", text.toString(), "--rejected", old.toString()),
                new Case(ExitCode.NOT_FOUND, "there is no account brandz", text.toString(), "--account", "brandz"),
                new Case(ExitCode.NOT_FOUND, "No row has a usable phone", none.toString(), "--yes"))) {
            Words words = List.of(one.arguments()).contains("--lang=vi") ? Words.vietnamese() : Words.english();
            assertEquals(one.code(), run(words, one.arguments()), one.said() + "\n" + err);
            assertTrue(err.toString().contains(one.said()), one.said() + "\n" + err);
        }
        assertEquals("0", count());
    }

    /** It is there from the start, and the merge rejects its rows. */
    @Test
    void the_account_default_is_none_where_replicas_serve_others_alone() throws Exception {
        Path file = file(FILE);
        DATABASE.execute("UPDATE alohub.account SET seen_at = NULL");
        assertEquals(0, run(file.toString(), "--dry-run", "--json"), "before the first start: " + err);
        assertEquals("default", json().get("account").asText());
        DATABASE.execute("INSERT INTO alohub.account (name, seen_at) VALUES ('brandb', now())");
        try {
            assertEquals(0, run(file.toString(), "--dry-run", "--json"), err.toString());
            assertEquals("brandb", json().get("account").asText());
            assertEquals(ExitCode.NOT_FOUND, run(file.toString(), "--account", "default", "--yes"));
            assertTrue(err.toString().contains("Accounts: brandb."), err.toString());
        } finally {
            DATABASE.execute("DELETE FROM alohub.account WHERE name = 'brandb'");
        }
    }

    @Test
    void a_file_of_before_is_imported_again_where_a_value_was_changed_back() throws Exception {
        for (String name : List.of("An", "Bình", "An")) {
            assertEquals(0, run(file("SĐT,Tên\n0868793800," + name + "\n").toString(), "--yes", "--again"));
            assertEquals(name, DATABASE.one("SELECT name FROM alohub.customer_outbox ORDER BY id DESC LIMIT 1"));
        }
    }

    /** They become no rows: the report alone names them. */
    @Test
    void the_lines_of_a_file_without_a_usable_one_are_reported_when_it_is_confirmed() throws Exception {
        Path file = file("SĐT\n12\n");
        Path report = folder.resolve("khách.rejected.csv");
        for (String option : List.of("--dry-run", "--json")) {
            run(file.toString(), option);
            assertFalse(Files.exists(report), option);
        }
        assertEquals(ExitCode.NOT_FOUND, run(file.toString(), "--yes", "--json"));
        assertEquals("nothing_usable", json().get("result").asText());
        assertEquals(report.toString(), json().get("report").asText());
        assertTrue(Files.readString(report).contains("\"12\",\"2\",\"phone."), Files.readString(report));
        assertTrue(err.toString().contains("Rejected rows: 1, in "), err.toString());
        Path named = folder.resolve("r.csv");
        assertEquals(ExitCode.NOT_FOUND, run(file.toString(), "--rejected", named.toString()));
        assertTrue(Files.exists(named));
        assertEquals("0", count());
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.file_import"));
    }
}
