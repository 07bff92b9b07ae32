package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the style sheet keeps to, so that everybody can read a page: contrasts as WCAG reckons them. */
class StyleTest {

    private static final Path SHEET = Path.of("src/main/resources/META-INF/resources/assets/console.css");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{3,6});");

    /** Light, dark, paper: each as it is after those before it. */
    private static List<Map<String, String>> palettes() throws IOException {
        Matcher root = Pattern.compile(":root \\{([^}]*)}").matcher(Files.readString(SHEET));
        return root.results()
                .map(found -> {
                    Map<String, String> colours = new HashMap<>();
                    COLOUR.matcher(found.group(1)).results().forEach(one -> colours.put(one.group(1), one.group(2)));
                    return colours;
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, failed, 3",
        "accepted, card, 3",
        "failed, card, 3",
        "soft, card, 4.5",
        "soft, ground, 4.5",
        "ink, card, 4.5",
        "brand, card, 4.5",
        "brand-ink, brand, 4.5",
        "good, good-ground, 4.5",
        "warn, warn-ground, 4.5",
        "bad, bad-ground, 4.5"
    })
    void colours_that_stand_on_each_other_are_distinguished_by_their_lightness(String one, String other, double least)
            throws IOException {
        List<Map<String, String>> palettes = palettes();
        assertEquals(3, palettes.size());
        for (Map<String, String> colours : palettes) {
            double contrast = contrast(colours.get(one), colours.get(other));
            assertTrue(contrast >= least, one + " on " + other + ": " + contrast + " in " + colours);
        }
    }

    @Test
    void a_placeholder_has_the_contrast_of_soft_text() throws IOException {
        assertTrue(Files.readString(SHEET).contains("::placeholder { color: var(--soft); opacity: 1; }"));
    }

    /** Else the rest of a long answer could be read nowhere. */
    @Test
    void nothing_is_cut_by_its_height_without_a_way_to_scroll_to_the_rest() throws IOException {
        Pattern rule = Pattern.compile("[^{}]*\\{[^{}]*max-height[^{}]*}");
        rule.matcher(Files.readString(SHEET))
                .results()
                .forEach(found -> assertTrue(
                        found.group().contains("overflow: auto")
                                && found.group().contains(".scroll"),
                        found.group()));
    }

    @Test
    void each_progress_has_a_name() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher progress = Pattern.compile("<progress[^>]*>").matcher(Files.readString(file));
                while (progress.find()) {
                    assertTrue(progress.group().contains("aria-label="), file + ": " + progress.group());
                }
            }
        }
    }

    private static double contrast(String one, String other) {
        double light = Math.max(luminance(one), luminance(other));
        double dark = Math.min(luminance(one), luminance(other));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(String colour) {
        String hex = colour.length() == 4 ? colour.replaceAll("([0-9a-f])", "$1$1") : colour;
        return 0.2126 * part(hex, 1) + 0.7152 * part(hex, 3) + 0.0722 * part(hex, 5);
    }

    private static double part(String hex, int at) {
        double value = Integer.parseInt(hex, at, at + 2, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
