package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private static final Pattern RETIRED = Pattern.compile(
            "(?i:\\b(nobody|gates?|fates?|doorbells?|bells?|sleepers?|streaks?|watermarks?|verdicts?|sweeps?|swept"
                    + "|burnt|told|taught|teach(es)?|hears?|moods?|series of (refusals|failures)|(giv(e|es|en|ing)|gave) back|give_?back|operator('s)? hands?)\\b)|\\bPROBING\\b"
                    + "|[a-z](Gate|Fate|Streak|Watermark|Verdict|Sweep|Doorbell)\\b|\\b(gate|doorbell|verdict)[A-Z]"
                    + "|\\b(gate|fate|streak)_|_(gate|fate|streak)\\b");

    /** In tests also the name of an account, a user and a key that there is none of. */
    private static final Pattern NO_ONE = Pattern.compile("(?i)nobody");

    /** Names of settings that are still read, and the place that says so. */
    private static final Set<String> OLD_NAMES = Set.of(
            "CHANGELOG.md",
            "docs/settings.md",
            "src/main/java/io/alohubsync/config/OldNames.java",
            "src/test/java/io/alohubsync/config/OldNamesTest.java");

    /** On a line that names the old setting, or says what a state was called before. */
    private static final String OLD_NAME = ".*(alohub\\.(gate|database\\.bell)| is now ).*";

    private static final String THIS = "src/test/java/io/alohubsync/WordsTest.java";

    private static final List<String> PLACES = List.of(
            "src/main",
            "src/bench",
            "src/demo",
            "src/test",
            "src/browser",
            "docs",
            "README.md",
            "CHANGELOG.md",
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
                "the gate is closed",
                "what was given back",
                "GATE_STATE PROBING",
                "int gate_since",
                "rowFate",
                "gateKeeper",
                "it sweeps",
                "the breaker is told of it",
                "refusals taught the rate",
                "a series of refusals",
                "--mood failing")) {
            assertTrue(RETIRED.matcher(line).find(), line);
        }
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*[.](png|xlsx?|gz|zip|ods)|docs/benchmarks/.*[.]json"))
                    .filter(file -> !file.toString().equals(THIS))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> retired(Path file) {
        List<String> lines = lines(file);
        boolean test = file.startsWith("src/test") || file.startsWith("src/browser");
        boolean namesOldOnes = OLD_NAMES.contains(file.toString());
        return IntStream.range(0, lines.size())
                .filter(i -> RETIRED.matcher(test ? ofTest(lines.get(i)) : lines.get(i))
                        .find())
                .filter(i -> !(namesOldOnes && lines.get(i).matches(OLD_NAME)))
                .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
    }

    /** A test's name is a sentence, whose words are joined. */
    private static String ofTest(String line) {
        return NO_ONE.matcher(line.replace('_', ' ')).replaceAll("");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
