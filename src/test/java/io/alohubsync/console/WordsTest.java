package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The console's texts: the same keys in both languages, with the same places for values; and every
 * one that is used is there.
 */
class WordsTest {

    private static final Path FOLDER = Path.of("src/main/resources/console");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Pattern USED = Pattern.compile("\\bt\\(['\"]([a-zA-Z0-9.-]+)['\"][,)]");

    private static final Properties ENGLISH = read("messages_en.properties");
    private static final Properties VIETNAMESE = read("messages_vi.properties");

    private static Properties read(String file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(FOLDER.resolve(file))) {
            properties.load(reader);
            return properties;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void both_languages_have_the_same_keys() {
        assertEquals(new TreeSet<>(ENGLISH.stringPropertyNames()), new TreeSet<>(VIETNAMESE.stringPropertyNames()));
    }

    @Test
    void both_have_the_same_places_for_values() {
        for (String key : ENGLISH.stringPropertyNames()) {
            assertEquals(places(ENGLISH.getProperty(key)), places(VIETNAMESE.getProperty(key)), key);
        }
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_text_that_a_page_names_is_there() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : files()) {
            Matcher used = USED.matcher(Files.readString(file));
            while (used.find()) {
                if (!ENGLISH.containsKey(used.group(1))) {
                    missing.add(file.getFileName() + ": " + used.group(1));
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"));
                Stream<Path> classes = Files.walk(Path.of("src/main/java/io/alohubsync/console"))) {
            return Stream.concat(templates, classes)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
