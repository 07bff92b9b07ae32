package io.alohubsync.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.contact.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Vietnamese documents keep step with the English ones. */
class VietnameseDocsTest {

    /** Pages of their own, which translate none. */
    private static final Set<String> OWN = Set.of("README.md", "glossary.md");

    private static final Path HOME = Translation.VIETNAMESE;

    @ParameterizedTest
    @MethodSource("translations")
    void a_page_has_the_headings_commands_and_links_of_the_english_one(Path page) {
        List<String> problems = Translation.of(page).problems();
        assertEquals(List.of(), problems, () -> String.join("\n", problems));
    }

    @Test
    void links_lead_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path path : pages()) {
            MarkdownPage page = MarkdownPage.read(path);
            page.sections()
                    .forEach(section -> section.links().stream()
                            .map(link -> Translation.target(path, link))
                            .filter(target -> !leadsSomewhere(target))
                            .forEach(target -> broken.add(path + ", \"" + section.title() + "\" links to " + target
                                    + ", which does not exist.")));
        }
        assertEquals(List.of(), broken, () -> String.join("\n", broken));
    }

    @Test
    void each_alert_has_a_vietnamese_page() throws IOException {
        assertEquals(names(Path.of("docs/runbook")), names(HOME.resolve("runbook")));
    }

    @Test
    void the_index_names_each_page() throws IOException {
        String index = Files.readString(HOME.resolve("README.md"));
        for (Path page : pages()) {
            String name = HOME.relativize(page).toString();
            if (!name.matches("README.md|runbook/A.*|recipes/[a-z].*")) {
                assertTrue(index.contains("(" + name + ")"), "docs/vi/README.md lacks a link to " + name);
            }
        }
    }

    @Test
    void the_glossary_calls_each_status_state_and_outcome_as_the_console_does() throws IOException {
        String glossary = Files.readString(HOME.resolve("glossary.md"));
        Properties labels = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/console/messages_vi.properties"))) {
            labels.load(file);
        }
        List<String> keys = labels.stringPropertyNames().stream()
                .filter(key -> key.matches("(status|state|outcome)[.][A-Z_]+"))
                .filter(key -> !key.matches(
                        "status[.](WAITING|OVERDUE)")) // choices of the list: several statuses, and none itself
                .toList();
        assertEquals(26, keys.size(), keys::toString);
        for (String key : keys) {
            String line = "| `" + key.replaceFirst(".*[.]", "") + "` | " + labels.getProperty(key);
            assertTrue(glossary.contains(line), "docs/vi/glossary.md lacks a line that begins with " + line);
        }
    }

    @Test
    void the_reasons_have_the_sentences_that_the_database_shows() throws IOException {
        String page = Files.readString(HOME.resolve("reasons.md"));
        for (Reason reason : Reason.values()) {
            String line = "| `" + reason.code() + "` | " + reason.vietnamese() + " |";
            assertTrue(page.contains(line), "docs/vi/reasons.md lacks the line " + line);
        }
    }

    @Test
    void letters_are_composed() throws IOException {
        for (Path page : pages()) {
            assertTrue(Normalizer.isNormalized(Files.readString(page), Normalizer.Form.NFC), page + " is not NFC");
        }
    }

    private static boolean leadsSomewhere(String target) {
        if (target.matches("[a-z]+:.*")) {
            return true;
        }
        String file = target.replaceFirst("#.*", "");
        if (!Files.exists(Path.of(file))) {
            return false;
        }
        return file.equals(target) || MarkdownPage.read(Path.of(file)).has(target.substring(file.length() + 1));
    }

    static List<Path> translations() throws IOException {
        return pages().stream()
                .filter(page -> !OWN.contains(HOME.relativize(page).toString()))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
