package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One word for one thing: words that were replaced come back nowhere. */
class WordsTest {

    private static final Pattern RETIRED =
            Pattern.compile("(?i:\\b(nobody|gates?|fates?|doorbells?|bells?|sleepers?|streaks?|watermarks?"
                    + "|burnt|(giv(e|es|en|ing)|gave) back|give_?back)\\b)|\\bPROBING\\b|[a-z](Gate|Fate|Streak|Watermark)\\b"
                    + "|\\b(gate|fate|streak)_|_(gate|fate|streak)\\b");

    /** Names of settings that are still read, and the place that says so. */
    private static final Set<String> OLD_NAMES =
            Set.of("docs/settings.md", "src/main/java/io/alohubsync/config/OldNames.java");

    private static final List<String> PLACES = List.of(
            "src/main",
            "src/bench",
            "src/demo",
            "docs",
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "VERSIONING.md",
            "docker",
            "demo",
            "bench");

    @Test
    void retired_words_are_not_used() {
        List<String> found = PLACES.stream()
                .flatMap(place -> files(Path.of(place)))
                .flatMap(WordsTest::retired)
                .toList();
        assertEquals(List.of(), found, () -> String.join("\n", found));
    }

    @Test
    void a_retired_word_is_found() {
        for (String line : List.of(
                "the gate is closed", "what was given back", "GATE_STATE PROBING", "int gate_since", "rowFate")) {
            assertTrue(RETIRED.matcher(line).find(), line);
        }
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*[.]png|docs/benchmarks/.*[.]json"))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> retired(Path file) {
        List<String> lines = lines(file);
        boolean namesOldOnes = OLD_NAMES.contains(file.toString());
        return IntStream.range(0, lines.size())
                .filter(i -> RETIRED.matcher(lines.get(i)).find())
                .filter(i -> !(namesOldOnes && lines.get(i).matches(".*alohub\\.(gate|database\\.bell).*")))
                .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
