package io.alohubsync.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipePagesTest {

    /** Without it psql ends with 0 although a script has failed, and a program that installs sees no fault. */
    @Test
    void each_script_is_run_so_that_an_error_ends_it_with_a_code() {
        List<String> lines = Stream.of("docs/recipes", "docs/vi/recipes")
                .flatMap(RecipePagesTest::lines)
                .filter(line -> line.matches(".*\\bpsql .*-f .*\\.sql.*"))
                .toList();
        assertTrue(lines.size() >= 12, lines.toString());
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> !line.contains("psql -v ON_ERROR_STOP=1 "))
                        .toList());
    }

    private static Stream<String> lines(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.(md|sql)")).toList().stream()
                    .flatMap(RecipePagesTest::linesOf);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
