package io.alohubsync.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents as the console shows them. */
class DocumentsTest {

    private static final Path HOME = Path.of("docs");
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    /** Each English document with its name. */
    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> HOME.relativize(file).toString().replaceFirst("\\.md$", ""))
                    .filter(name -> !name.startsWith("vi/"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Document> all() throws IOException {
        List<Document> all = new ArrayList<>();
        for (String name : names()) {
            all.add(Documents.find(name, false).orElseThrow(() -> new AssertionError(name)));
            all.add(Documents.find(name, true).orElseThrow(() -> new AssertionError(name)));
        }
        return all;
    }

    @Test
    void each_is_found_in_the_readers_language_where_it_is_written_in_it() throws IOException {
        for (Document document : all()) {
            assertFalse(document.title().isBlank(), document.name());
        }
        for (String name : List.of("README", "operations", "runbook/AlohubSyncDead", "recipes/odoo")) {
            assertEquals("vi", Documents.find(name, true).orElseThrow().language(), name);
            assertEquals("en", Documents.find(name, false).orElseThrow().language(), name);
        }
        assertEquals("en", Documents.find("settings", true).orElseThrow().language());
        assertEquals(
                "Vận hành", Documents.find("operations", true).orElseThrow().title());
    }

    @Test
    void links_between_them_lead_to_a_page_and_a_place_on_it() throws IOException {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Document document : all()) {
            for (String link : LINK.matcher(document.html())
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                if (link.startsWith("http")) {
                    continue;
                }
                followed++;
                String[] parts = (link.startsWith("#") ? "/docs/" + document.name() + link : link).split("#", 2);
                String target = parts[0].replaceFirst("^/docs/", "");
                boolean inVietnamese =
                        target.startsWith("vi/") || document.language().equals("vi") && !target.startsWith("en/");
                boolean isThere = Documents.find(target.replaceFirst("^(vi|en)/", ""), inVietnamese)
                        .filter(page -> parts.length == 1 || page.html().contains("id=\"" + parts[1] + "\""))
                        .isPresent();
                if (!isThere) {
                    broken.add(document.language() + " " + document.name() + " links to " + link);
                }
            }
        }
        assertEquals(List.of(), broken, () -> String.join("\n", broken));
        assertTrue(followed > 500, followed + " links");
    }

    @Test
    void what_leads_out_of_them_is_no_link_and_nothing_in_them_needs_a_script_a_style_or_an_image() throws IOException {
        for (Document document : all()) {
            String html = document.html();
            for (String never :
                    List.of("<script", "<img", " style=", "<iframe", "href=\"../", ".md\"", "<!--", "<th></th>")) {
                assertFalse(html.contains(never), document.name() + " has " + never);
            }
        }
    }

    @Test
    void tables_and_code_that_are_too_wide_scroll_by_keyboard() {
        String html = Documents.find("operations", true).orElseThrow().html();
        assertTrue(
                html.contains("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Bảng\"><table>"), html);
        assertTrue(html.contains("<pre tabindex=\"0\">"), html);
    }

    @Test
    void names_that_are_none_find_nothing() {
        for (String name : List.of(
                "",
                ".",
                "..",
                "../application",
                "operations.md",
                "runbook/../operations",
                "runbook//AlohubSyncDead",
                "/operations",
                "vi/operations",
                "%2e%2e/x",
                "runbook/",
                "a/b/c/d",
                "x".repeat(5000),
                "vận-hành",
                "\0")) {
            assertEquals(true, Documents.find(name, true).isEmpty(), name);
        }
    }
}
