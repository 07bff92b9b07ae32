package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.spreadsheet.Workbooks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Files and arguments that somebody with bad intentions gives, or a program that was killed has
 * left: a sentence, a code, and no row.
 */
@ResourceLock("System.in") // it is the process's own
class HostileFilesIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "DELETE FROM alohub.customer_outbox; DELETE FROM alohub.file_import;"
                        + " INSERT INTO alohub.account (name, seen_at) VALUES ('default', now()) ON CONFLICT (name) DO NOTHING");
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] workbook(String rows, Map<String, String> others) throws IOException {
        return Files.readAllBytes(Workbooks.of(folder.resolve("made"), rows, others));
    }

    private Map<String, byte[]> corpus() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String customers = "SĐT,Tên\n0868793800,A\n";
        String lol =
                "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
        byte[] sound = workbook("<row><c t='inlineStr'><is><t>0868793800</t></is></c></row>", Map.of());
        files.put(
                "laughs.xlsx",
                workbook("<row/>", Map.of("xl/sharedStrings.xml", lol + "<sst><si><t>&c;</t></si></sst>")));
        files.put(
                "external.xlsx",
                workbook(
                        "<row/>",
                        Map.of(
                                "xl/sharedStrings.xml",
                                "<!DOCTYPE sst [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><sst><si><t>&f;</t></si></sst>")));
        files.put("bomb.xlsx", workbook("<row><c><v>" + " ".repeat(8 << 20) + "</v></c></row>", Map.of()));
        files.put("nested.xlsx", zip(Map.of("[Content_Types].xml", bytes("<Types/>"), "xl/workbook.xml", sound)));
        files.put("other.zip", zip(Map.of("a.txt", bytes("a"))));
        files.put(
                "outside.xlsx",
                workbook(
                        "<row/>",
                        Map.of(
                                "xl/_rels/workbook.xml.rels",
                                "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='../../../etc/passwd'/></Relationships>")));
        files.put("half.xlsx", Arrays.copyOf(sound, sound.length / 2));
        files.put("cut.xlsx", Arrays.copyOf(sound, sound.length - 5));
        files.put("broken.xlsx", workbook("<row><c t='s'><v>7", Map.of()));
        files.put("binary.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3, 4, 5, 6, 7, 8});
        files.put("nul.csv", bytes("SĐT,Tên\n0868793800,A\u0000B\n"));
        files.put("quote.csv", bytes("SĐT,Tên\n0868793800,\"A\n0912345678,B\n"));
        files.put("long.csv", bytes("SĐT,Tên\n" + "0".repeat(3 << 20)));
        files.put("header.csv", bytes("x".repeat(2 << 20) + "\n" + customers));
        files.put("wide.csv", bytes("SĐT" + ",".repeat(20_000) + "\n0868793800\n"));
        files.put("web.csv", bytes("<html><table><tr><td>0868793800"));
        files.put("empty.csv", new byte[0]);
        files.put("blank.csv", bytes("\n \n,,,\n"));
        return files;
    }

    @Test
    void a_file_that_can_not_be_read_is_refused_with_a_sentence_and_leaves_nothing() throws Exception {
        CommandRun command = CommandRun.on(DATABASE);
        for (Map.Entry<String, byte[]> file : corpus().entrySet()) {
            Path path = Files.write(folder.resolve(file.getKey()), file.getValue());
            int code = command.run("import", path.toString(), "--yes");
            assertEquals(ExitCode.FAILED, code, file.getKey() + ": " + command.err());
            assertTrue(
                    command.err().matches("(?s)alohub-sync: [a-z][^\n]{10,250}\\.\n"),
                    file.getKey() + ": " + command.err());
            Files.delete(path);
        }
        Files.deleteIfExists(folder.resolve("made"));
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.customer_outbox"));
        assertEquals("0", DATABASE.one("SELECT count(*) FROM alohub.file_import"));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void utf_16_without_a_mark_is_read() throws Exception {
        Path path = Files.write(
                folder.resolve("a.csv"), "phone,name\n0868793800,Binh\n".getBytes(StandardCharsets.UTF_16LE));
        CommandRun command = CommandRun.on(DATABASE);
        assertEquals(0, command.run("import", path.toString(), "--yes"), command.err());
        assertEquals("Binh", DATABASE.one("SELECT name FROM alohub.customer_outbox"));
    }

    /** A line without an end, as fast as it is read. */
    private static InputStream endless(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? '9' : -1;
            }

            @Override
            public int read(byte[] into, int from, int most) {
                int some = (int) Math.min(left, most);
                Arrays.fill(into, from, from + some, (byte) '9');
                left -= some;
                return some == 0 ? -1 : some;
            }
        };
    }

    @Test
    void standard_input_may_be_empty_or_one_line_that_does_not_end() {
        CommandRun command = CommandRun.on(DATABASE);
        InputStream before = System.in;
        try {
            for (InputStream input : List.of(new ByteArrayInputStream(new byte[0]), endless(20L << 20))) {
                System.setIn(input);
                assertEquals(ExitCode.FAILED, command.run("import", "-", "--yes"), command.err());
            }
            assertTrue(command.err().contains("line 1: it is too long"), command.err());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void arguments_beyond_all_bounds_are_refused_or_harmless() throws Exception {
        CommandRun command = CommandRun.on(DATABASE);
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        record Case(int code, String... arguments) {}
        for (Case one : List.of(
                new Case(ExitCode.FAILED, "import", pipe.toString(), "--yes"),
                new Case(ExitCode.FAILED, "import", folder.toString(), "--yes"),
                new Case(ExitCode.NOT_FOUND, "import", "x".repeat(5_000)),
                new Case(ExitCode.NOT_FOUND, "retry", "--reason", "x".repeat(100_000), "--limit", "1000000000"),
                new Case(ExitCode.USAGE, "retry", "--reason", "HTTP_500", "--limit", "1000000000000"),
                new Case(ExitCode.USAGE, "resync", "--since", "999999999999999999d"),
                new Case(ExitCode.NOT_FOUND, "backfill", "x'; DROP SCHEMA alohub; --"),
                new Case(ExitCode.NOT_FOUND, "show", ""))) {
            int code = command.run(one.arguments());
            String shown = String.join(" ", one.arguments());
            assertEquals(one.code(), code, shown.substring(0, Math.min(80, shown.length())) + "\n" + command.err());
            assertTrue(command.err().length() < 120_000 && !command.err().contains("\tat "), shown);
        }
    }
}
