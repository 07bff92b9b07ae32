package io.alohubsync.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The statements of the program, as they stand in the source tree. */
final class SqlFiles {

    private static final Path FOLDER = Path.of("src/main/resources/sql");
    private static final Path PROGRAM = Path.of("src/main/java");

    private SqlFiles() {}

    /** Topic and statement of each, in order. */
    static List<String> names() {
        return below(FOLDER, ".sql").stream()
                .map(file ->
                        FOLDER.relativize(file).toString().replace('\\', '/').replaceFirst("\\.sql$", ""))
                .sorted()
                .toList();
    }

    static String text(String name) {
        return read(FOLDER.resolve(name + ".sql"));
    }

    static List<Path> sources() {
        return below(PROGRAM, ".java");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> below(Path folder, String end) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
