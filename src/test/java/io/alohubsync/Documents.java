package io.alohubsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of this checkout, and the blocks of code in them. */
public final class Documents {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```");

    private Documents() {}

    public static Stream<Path> all() {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param languages as they stand behind the fence; empty: none is named */
    public static Stream<String> blocks(Path file, String... languages) {
        return BLOCK.matcher(text(file))
                .results()
                .filter(block -> List.of(languages).contains(block.group(2)))
                .map(block -> block.group(3).stripIndent());
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
