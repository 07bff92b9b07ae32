package io.alohubsync.intake.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.intake.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformSettingsTest {

    private static List<String> problems(Map<String, String> own) {
        List<String> problems = new ArrayList<>();
        new PlatformSettings("shop", MappingTest.settings(own), problems).platform(new Source("shop", "default", null));
        return problems;
    }

    @ParameterizedTest
    @CsvSource({"hmac-header, X-Sign", "hmac-algorithm, sha1", "hmac-encoding, hex"})
    void a_setting_of_the_signature_without_a_secret_is_named(String setting, String value) {
        List<String> problems = problems(Map.of("preset", "haravan", setting, value));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.getFirst().startsWith("alohub.intake.sources.shop." + setting + " is set without a secret"),
                problems::toString);
        Map<String, String> withSecret = new HashMap<>(Map.of("preset", "haravan", "hmac-secret", "s"));
        withSecret.put(setting, value);
        assertEquals(List.of(), problems(withSecret));
    }

    @Test
    void a_secret_needs_the_header_of_its_signature() {
        List<String> problems = problems(Map.of("hmac-secret", "s"));
        assertTrue(
                problems.getFirst().startsWith("alohub.intake.sources.shop.hmac-header is missing"),
                problems::toString);
    }
}
