package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.intake.NewLead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each preset has a page in docs/recipes that names its settings, and whose sample the preset
 * reads.
 */
class PresetPageTest {

    private static final Path RECIPES = Path.of("docs/recipes");
    private static final Pattern SETTING = Pattern.compile("ALOHUB_INTAKE_SOURCES_[A-Z]+_([A-Z_]+)");
    private static final Set<String> KNOWN = Set.of(
            "PRESET",
            "PHONE",
            "NAME",
            "EMAIL",
            "REFERENCE",
            "VERSION",
            "ITEMS",
            "HMAC_HEADER",
            "HMAC_SECRET_FILE",
            "ACCOUNT");

    private static String page(Preset preset) {
        return switch (preset) {
            case ODOO -> "odoo-webhook";
            case FACEBOOK -> "facebook-n8n";
            default -> preset.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String text(Preset preset) {
        return read(RECIPES.resolve(page(preset) + ".md"));
    }

    @ParameterizedTest
    @EnumSource
    void it_names_the_settings_and_what_the_platform_signs_with(Preset preset) {
        String text = text(preset);
        assertTrue(text.contains("_PRESET=" + preset.name().toLowerCase(Locale.ROOT) + "\n"));
        if (preset.signatureHeader() == null) {
            assertTrue(text.contains("ALOHUB_INTAKE_TOKENS="));
        } else {
            assertTrue(text.contains("_HMAC_SECRET_FILE="));
            assertTrue(text.contains("`" + preset.signatureHeader() + "`"));
        }
        Set<String> named = SETTING.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(KNOWN);
        assertEquals(Set.of(), named);
    }

    @ParameterizedTest
    @EnumSource
    void its_sample_is_the_file_beside_it_and_the_preset_reads_it(Preset preset) throws IOException {
        Path file = RECIPES.resolve("payloads/" + page(preset) + ".json");
        assertTrue(text(preset).contains("```json\n" + read(file) + "```"), "the page shows " + file);
        List<NewLead> leads = Mapping.of(MappingTest.settings(Map.of()), Optional.of(preset))
                .leads(Payload.json(Files.readAllBytes(file)));
        assertEquals(1, leads.size());
        NewLead lead = leads.getFirst();
        assertEquals("868793800", lead.phone().replaceAll("^(\\+84|0)|[ ]", ""));
        assertEquals("Nguyễn Thị Thủy", lead.name());
        assertEquals("thuy@example.vn", lead.email());
    }

    /** KiotViet tries an address by GET, which the intake answers with 405, unless its query says so. */
    @Test
    void kiotviet_is_registered_without_its_trial_of_the_address() {
        for (String page : List.of("docs/recipes/kiotviet.md", "docs/vi/recipes/kiotviet.md")) {
            assertTrue(read(Path.of(page)).contains("/api/intake/shop?noecho\", \"Secret\":"), page);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_indexes_lead_to_it(Preset preset) {
        String link = page(preset) + ".md)";
        assertTrue(read(RECIPES.resolve("README.md")).contains("(" + link));
        assertTrue(read(Path.of("docs/intake.md")).contains("(recipes/" + link));
    }

    @ParameterizedTest
    @EnumSource
    void it_answers_the_same_questions(Preset preset) {
        List<String> headings = Pattern.compile("(?m)^## (.+)$")
                .matcher(text(preset))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(
                List.of(
                        "## Set in alohub-sync",
                        "## Set in the platform",
                        "## Sample payload",
                        "## See that it works",
                        "## When the answer is an error",
                        "## Not verified",
                        "## Where the facts are from"),
                headings);
    }
}
