package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What may be in the files of migrations. Those of a release are listed in
 * {@code migrations/released.txt}.
 */
class MigrationFilesTest {

    private static List<String> problems(Map<String, String> texts) {
        return new MigrationFiles(new TreeMap<>(texts), Map.of()).problems();
    }

    @Test
    void the_programs_files_keep_the_rules() throws IOException {
        assertEquals(List.of(), MigrationFiles.ofTheProgram().problems());
    }

    @Test
    void the_documents_name_the_last_file() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            String last = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("V"))
                    .max(Comparator.comparing(name -> Integer.parseInt(name.substring(1, name.indexOf('_')))))
                    .orElseThrow();
            assertTrue(Files.readString(Path.of("docs/database.md")).contains(" to `" + last + "`"), last);
        }
    }

    /**
     * Of two programs the one with the higher number has the newer files. Each line is a number and
     * the checksum of the files that have it.
     */
    @Test
    void the_number_of_the_schema_rises_with_each_change_of_a_file() throws IOException {
        List<String> numbers = Files.readAllLines(Path.of("src/test/resources/migrations/numbers.txt")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertTrue(numbers.get(i).startsWith((i + 1) + " "), numbers.get(i));
        }
        String ours = SchemaNumber.OURS + " " + MigrationFiles.ofTheProgram().checksum();
        assertEquals(
                ours,
                numbers.getLast(),
                "a file of db/migration has changed: raise the number in R__0_number.sql, and add the line \""
                        + (numbers.size() + 1) + ours.substring(ours.indexOf(' ')) + "\" to numbers.txt");
    }

    @Test
    void any_change_of_any_file_changes_the_checksum() {
        Map<String, String> files = Map.of("V1__one.sql", "a", "R__1_one.sql", "b", "R__0_number.sql", "c");
        String checksum = new MigrationFiles(files, Map.of()).checksum();
        for (String name : files.keySet()) {
            Map<String, String> changed = new TreeMap<>(files);
            changed.put(name, "other");
            boolean same = checksum.equals(new MigrationFiles(changed, Map.of()).checksum());
            assertEquals(name.equals("R__0_number.sql"), same, name);
        }
    }

    @Test
    void a_released_file_neither_changes_nor_goes() {
        Map<String, String> released = Map.of("V1__one.sql", MigrationFiles.sha256("SELECT 1;"));
        assertEquals(List.of(), new MigrationFiles(Map.of("V1__one.sql", "SELECT 1;"), released).problems());
        assertEquals(
                List.of("V1__one.sql: was released and is another now"),
                new MigrationFiles(Map.of("V1__one.sql", "SELECT 1; -- that"), released).problems());
        assertEquals(
                List.of("V1__one.sql: was released and is gone"),
                new MigrationFiles(Map.of("V1__other.sql", "SELECT 1;"), released).problems());
    }

    @Test
    void versions_have_no_gap_and_no_number_twice() {
        assertEquals(List.of("V2 is missing"), problems(Map.of("V1__one.sql", "", "V3__three.sql", "")));
        assertEquals(
                List.of("V1__two.sql: another file has its number"),
                problems(Map.of("V1__one.sql", "", "V1__two.sql", "")));
        assertEquals(List.of("R__10 would run before R__2"), problems(Map.of("R__10_ten.sql", "")));
    }

    @Test
    void a_name_says_what_a_file_is() {
        for (String name :
                List.of("V1_one.sql", "V1__One.sql", "R__views.sql", "R__1__views.sql", "U1__one.sql", "notes.md")) {
            assertEquals(
                    List.of(name + ": is named neither V<number>__<words>.sql nor R__<number>_<words>.sql"),
                    problems(Map.of(name, "")));
        }
        assertEquals(List.of(), problems(Map.of("V1__one.sql", "", "R__1_two.sql", "", "afterEachMigrate.sql", "")));
    }

    @Test
    void a_file_that_runs_again_drops_nothing_and_creates_nothing_twice() {
        for (String text : List.of(
                "DROP VIEW alohub.inner;", "CREATE FUNCTION alohub.f() RETURNS int", "CREATE\nTABLE alohub.t ();")) {
            assertEquals(
                    List.of(
                            "R__1_one.sql: does more than CREATE OR REPLACE, and runs again while the version before works"),
                    problems(Map.of("R__1_one.sql", text)));
        }
        assertEquals(
                List.of(), problems(Map.of("R__1_one.sql", "-- DROP it later\nCREATE OR REPLACE VIEW alohub.v AS")));
    }

    @Test
    void no_function_depends_on_how_a_session_reads_backslashes() {
        String before = "CREATE OR REPLACE FUNCTION alohub.f() RETURNS text LANGUAGE sql AS $$ SELECT ";
        assertEquals(
                List.of("R__1_one.sql: a backslash means something else in sessions of others"),
                problems(Map.of("R__1_one.sql", before + "regexp_replace('a', '\\s', '') $$;")));
        assertEquals(List.of(), problems(Map.of("R__1_one.sql", before + "btrim('a', E' \\t\\n') $$;")));
    }

    @Test
    void nothing_takes_away_what_others_rely_on() {
        for (String text : List.of(
                "DROP VIEW alohub.inner, alohub.sync_status;",
                "DROP FUNCTION IF EXISTS alohub.retry(text, text);",
                "ALTER TABLE alohub.customer_outbox\n  DROP COLUMN source_ref;",
                "ALTER TABLE alohub.delivery_attempt ALTER COLUMN phone TYPE varchar(20);",
                "ALTER VIEW alohub.account_status RENAME COLUMN state TO status;")) {
            assertEquals(
                    List.of("V1__one.sql: takes away what others rely on"),
                    problems(Map.of("V1__one.sql", text)),
                    text);
        }
        assertEquals(
                List.of(),
                problems(Map.of(
                        "V1__one.sql", "DROP VIEW alohub.outbox_merged; ALTER TABLE alohub.audit ADD COLUMN a int;")));
    }
}
