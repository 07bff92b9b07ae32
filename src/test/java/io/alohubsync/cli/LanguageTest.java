package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.cli.shell.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the command line in both languages. */
class LanguageTest {

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    private static final ResourceBundle ENGLISH = Words.english().bundle();
    private static final ResourceBundle VIETNAMESE = Words.vietnamese().bundle();

    @Test
    void both_languages_have_the_same_texts_with_the_same_values() {
        assertEquals(new TreeSet<>(ENGLISH.keySet()), new TreeSet<>(VIETNAMESE.keySet()));
        Map<String, List<String>> differ = new TreeMap<>();
        for (String key : ENGLISH.keySet()) {
            if (!places(ENGLISH.getString(key)).equals(places(VIETNAMESE.getString(key)))) {
                differ.put(key, places(VIETNAMESE.getString(key)));
            }
        }
        assertEquals(Map.of(), differ);
    }

    /** Of two, the last one counts: a text would stand where another one belongs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cli/messages.properties",
                "cli/messages_vi.properties",
                "console/messages_en.properties",
                "console/messages_vi.properties",
                "notify/messages_en.properties",
                "notify/messages_vi.properties"
            })
    void no_file_of_texts_has_a_key_twice(String file) throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> twice = Files.readAllLines(Path.of("src/main/resources", file)).stream()
                .filter(line -> line.matches("[^#\\s=]+=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(key -> !seen.add(key))
                .toList();
        assertEquals(List.of(), twice, file);
        assertFalse(seen.isEmpty(), file);
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void the_option_decides_then_the_locale_of_the_environment() {
        assertTrue(Words.chosen(List.of("--lang", "vi", "status"), Map.of()).isVietnamese());
        assertTrue(Words.chosen(List.of("status", "--lang=vi"), Map.of("LANG", "en_US.UTF-8"))
                .isVietnamese());
        assertFalse(Words.chosen(List.of("--lang=en"), Map.of("LANG", "vi_VN.UTF-8"))
                .isVietnamese());
        assertTrue(Words.chosen(List.of(), Map.of("LANG", "vi_VN.UTF-8")).isVietnamese());
        assertTrue(Words.chosen(List.of(), Map.of("LANG", "vi")).isVietnamese());
        assertFalse(Words.chosen(List.of(), Map.of("LANG", "C.UTF-8")).isVietnamese());
        assertFalse(Words.chosen(List.of(), Map.of("LC_ALL", "en_US.UTF-8", "LANG", "vi_VN.UTF-8"))
                .isVietnamese());
    }
}
