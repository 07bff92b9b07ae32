package io.alohubsync.cli.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read from the migration files. */
class SchemaFilesTest {

    @Test
    void a_file_is_described_by_its_first_sentence() {
        assertEquals(
                "What sources write.",
                SchemaFiles.firstSentence("-- What sources write. The schema\n-- itself.\n\nCREATE TABLE x"));
        assertEquals(
                "One sentence over two lines.", SchemaFiles.firstSentence("-- One sentence\n-- over two lines.\n"));
        assertEquals("A list: one, 0.1, two.", SchemaFiles.firstSentence("-- A list: one, 0.1, two. More\n"));
        assertEquals("", SchemaFiles.firstSentence("SELECT 1; -- no comment at the top\n"));
    }

    @Test
    void every_file_of_the_program_has_one() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file :
                    files.filter(one -> !one.endsWith("afterEachMigrate.sql")).toList()) {
                String sentence = SchemaFiles.firstSentence(Files.readString(file));
                assertTrue(sentence.endsWith(".") && sentence.length() < 200, file + ": " + sentence);
            }
        }
    }

    @Test
    void objects_are_read_from_statements_and_not_from_comments_or_bodies() {
        assertEquals(
                List.of(
                        new SchemaObjects.Made("table", "a", ""),
                        new SchemaObjects.Made("index", "a_key", ""),
                        new SchemaObjects.Made("function", "f", ""),
                        new SchemaObjects.Made("view", "v", ""),
                        new SchemaObjects.Made("sequence", "s", ""),
                        new SchemaObjects.Made("trigger", "t", "a")),
                SchemaObjects.of(
                        "CREATE TABLE alohub.a (x int);\n-- CREATE TABLE alohub.b\nCREATE UNIQUE INDEX a_key ON alohub.a (x);\n"
                                + "CREATE OR REPLACE FUNCTION alohub.f() RETURNS void AS $$\n  CREATE TABLE x\n$$;\n"
                                + "CREATE OR REPLACE VIEW alohub.v AS SELECT 1;\nCREATE SEQUENCE alohub.s CACHE 1;\n"
                                + "CREATE OR REPLACE TRIGGER t AFTER INSERT ON alohub.a REFERENCING NEW TABLE AS n\n"
                                + "  FOR EACH STATEMENT EXECUTE FUNCTION alohub.f();"));
        assertFalse(SchemaObjects.of("GRANT CREATE ON SCHEMA alohub TO x")
                .contains(new SchemaObjects.Made("table", "x", "")));
    }
}
