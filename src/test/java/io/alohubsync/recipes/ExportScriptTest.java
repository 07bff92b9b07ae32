package io.alohubsync.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.spreadsheet.read.FileScan;
import io.alohubsync.spreadsheet.read.Line;
import io.alohubsync.spreadsheet.read.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scripts for other databases, with a stand-in for the database's client that prints what the
 * client prints.
 */
class ExportScriptTest {

    enum Shop {
        WOOCOMMERCE(
                "woocommerce-mysql.sh",
                "2026-11-27 02:50:59",
                "\"0868793800\",\"Nguyễn\nThị \"\"T\"\"\",\"\",1,1793527200000000\n",
                List.of("0868793800", "Nguyễn\nThị \"T\"", "", "1", "1793527200000000")),
        SAP_B1(
                "sap-b1-sqlserver.sh",
                "2026-11-26",
                "\"0868793800\",\"Nguyễn Thị\",\"\",\"C001\"\r\n",
                List.of("0868793800", "Nguyễn Thị", "", "C001"));

        final String script;
        final String time;
        final String printed;
        final List<String> row;

        Shop(String script, String time, String printed, List<String> row) {
            this.script = script;
            this.time = time;
            this.printed = printed;
            this.row = row;
        }
    }

    @TempDir
    Path folder;

    private Path program(String name, String body) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }

    /** After half of its rows: a lost connection, a deadlock. */
    @ParameterizedTest
    @EnumSource
    void a_client_that_fails_imports_nothing_and_the_next_run_reads_the_same(Shop shop) throws Exception {
        assertEquals(0, run(shop, 0));
        Files.delete(folder.resolve("got.csv"));
        Files.writeString(folder.resolve("since"), "2026-11-01");
        clientEndsWith = 1;
        assertEquals(1, run(shop, 0));
        assertFalse(Files.exists(folder.resolve("got.csv")));
        assertEquals("2026-11-01", Files.readString(folder.resolve("since")));
    }

    @ParameterizedTest
    @EnumSource
    void of_two_runs_at_once_the_second_ends_and_changes_nothing(Shop shop) throws Exception {
        Process other = new ProcessBuilder("flock", folder.resolve("lock").toString(), "cat").start();
        while (lockIsFree()) {
            Thread.onSpinWait();
        }
        assertEquals(0, run(shop, 0));
        assertFalse(Files.exists(folder.resolve("since")) || Files.exists(folder.resolve("got.csv")));
        other.getOutputStream().close();
        other.waitFor();
        assertEquals(0, run(shop, 0));
        assertTrue(Files.exists(folder.resolve("got.csv")));
    }

    private boolean lockIsFree() throws Exception {
        return new ProcessBuilder("flock", "-n", folder.resolve("lock").toString(), "true")
                        .start()
                        .waitFor()
                == 0;
    }

    private int clientEndsWith;
    private boolean rejects;
    private @Nullable String printed; // null: as the shop has it

    private int run(Shop shop, int importEndsWith) throws Exception {
        Files.writeString(folder.resolve("rows"), printed == null ? shop.printed : printed);
        Path client = program(
                "client",
                "echo \"$*\" >> '" + folder + "/asked'\ncase \"$*\" in *order_addresses*|*OCRD*) cat '" + folder
                        + "/rows'; exit " + clientEndsWith + " ;; *) echo '" + shop.time + "' ;; esac\n");
        Path sync = program(
                "sync",
                "cp \"$2\" '" + folder + "/got.csv'\necho \"$*\" > '" + folder + "/arguments'\n"
                        + (rejects ? "while [ \"$1\" != --rejected ]; do shift; done; echo rejected > \"$2\"\n" : "")
                        + "exit " + importEndsWith + "\n");
        ProcessBuilder script = new ProcessBuilder("sh", "docs/recipes/" + shop.script, "shop", "erp");
        script.environment().put(shop == Shop.SAP_B1 ? "SQLCMD" : "MYSQL", client.toString());
        script.environment().put("ALOHUB_SYNC", sync.toString());
        script.environment().put("STATE", folder.toString());
        return script.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @EnumSource
    void what_changed_is_imported_and_the_next_run_begins_there(Shop shop) throws Exception {
        assertEquals(1, run(shop, 1));
        assertFalse(Files.exists(folder.resolve("since")), "an import that failed is tried again");
        assertEquals(0, run(shop, 0));
        List<Line> lines = new ArrayList<>();
        try (Lines all = FileScan.of(folder.resolve("got.csv")).lines("")) {
            for (Line line = all.next(); line != null; line = all.next()) {
                lines.add(line);
            }
        }
        assertEquals(2, lines.size());
        assertEquals(shop.row, lines.getLast().cells());
        assertTrue(Files.readString(folder.resolve("arguments")).contains("--ref-column reference"));
        assertEquals(shop.time, Files.readString(folder.resolve("since")).strip());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("run."))
                            .toList(),
                    "customers are left nowhere");
        }
        assertEquals(0, run(shop, 0));
        assertTrue(Files.readString(folder.resolve("asked")).contains(">= '" + shop.time + "'"));
    }

    /** A day is year, month and day, whatever the language of the login. */
    @Test
    void each_question_to_sap_sets_the_form_of_a_day() throws Exception {
        assertEquals(0, run(Shop.SAP_B1, 0));
        assertEquals(0, run(Shop.SAP_B1, 0));
        List<String> asked = Files.readAllLines(folder.resolve("asked")).stream()
                .filter(line -> line.contains(" -Q "))
                .toList();
        assertEquals(4, asked.size());
        for (String question : asked) {
            assertTrue(question.contains("SET DATEFORMAT ymd; SELECT"), question);
        }
    }

    /** A cell with a word in it would hide the other phone. */
    @Test
    void both_phones_of_sap_are_read_as_one_text() throws Exception {
        assertEquals(0, run(Shop.SAP_B1, 0));
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(asked.contains("ISNULL(NULLIF(Cellular, '') + ' | ', '') + ISNULL(Phone1, '')"), asked);
        PhoneNormalizer phones = new PhoneNormalizer(PhoneRules.standard());
        for (String written :
                List.of("x | 0868793800", "0868793800 | x", "0868793800 | ", "028 3822 1234 | 0868793800")) {
            assertEquals(new Phone("+84868793800"), phones.normalize(written).value(), written);
        }
    }

    /** Who has left the checkout has ordered nothing. */
    @Test
    void orders_that_nobody_placed_are_not_read() throws Exception {
        assertEquals(0, run(Shop.WOOCOMMERCE, 0));
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(asked.contains("NOT IN ('wc-checkout-draft', 'auto-draft', 'trash')"), asked);
    }

    /** SAP's rows have no time: a file may have the bytes of an earlier one, and say something new. */
    @Test
    void a_value_of_sap_that_is_changed_back_is_imported_and_rows_that_stay_as_they_are_are_not() throws Exception {
        for (String name : List.of("An", "Bình", "An")) {
            printed = "\"0868793800\",\"" + name + "\",\"\",\"C001\"\r\n";
            assertEquals(0, run(Shop.SAP_B1, 0));
            assertTrue(Files.readString(folder.resolve("got.csv")).contains(name));
            assertTrue(Files.readString(folder.resolve("arguments")).contains("--again"));
        }
        Files.delete(folder.resolve("got.csv"));
        assertEquals(0, run(Shop.SAP_B1, 0));
        assertFalse(Files.exists(folder.resolve("got.csv")));
    }

    /** The import ends with 3, too, where there is no such account: then nothing is read. */
    @ParameterizedTest
    @EnumSource
    void lines_without_a_usable_phone_are_passed_over_only_where_they_are_reported(Shop shop) throws Exception {
        assertEquals(3, run(shop, 3));
        assertFalse(Files.exists(folder.resolve("since")), "the next run reads the same");
        rejects = true;
        assertEquals(0, run(shop, 3), "none of them has a usable phone");
        assertEquals(shop.time, Files.readString(folder.resolve("since")).strip());
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("rejected-")));
        }
    }
}
