package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCheckTest {

    private static final String KEY = "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0";

    private static List<String> problems(Map<String, String> settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter());
        settings.forEach(config::withDefaultValue);
        AccessCheck check = new AccessCheck(
                config.build().getConfigMapping(AlohubSettings.class).console());
        check.found();
        return new ArrayList<>(check.problems());
    }

    private static Map<String, String> with(String... settings) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("alohub.console." + settings[i], settings[i + 1]);
        }
        return all;
    }

    @Test
    void nothing_set_is_sound_and_closed() {
        assertEquals(List.of(), problems(Map.of()));
    }

    @Test
    void each_way_in_needs_the_encryption_key() {
        for (Map<String, String> way : List.of(
                with("users-file", "/etc/users"),
                with("proxy.networks", "10.0.0.0/8"),
                with(
                        "oidc.url",
                        "https://login.example.vn",
                        "oidc.client-id",
                        "console",
                        "oidc.client-secret",
                        "s3"))) {
            List<String> problems = problems(way);
            assertEquals(1, problems.size(), problems.toString());
            assertTrue(problems.getFirst().startsWith("alohub.console.encryption-key is missing"), problems.toString());
        }
    }

    @Test
    void a_file_of_the_providers_secret_that_is_empty_or_not_there_is_a_problem(@TempDir Path folder)
            throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        for (Path file : List.of(empty, folder.resolve("none"))) {
            List<String> problems = problems(with(
                    "oidc.url",
                    "https://login.example.vn",
                    "oidc.client-id",
                    "console",
                    "oidc.client-secret-file",
                    file.toString(),
                    "encryption-key",
                    "x8Jq2Lm5Rt7Wz1Yb4Nc6Kf9Gh3Pd0SvAe"));
            assertEquals(1, problems.size(), problems.toString());
            assertTrue(problems.getFirst().contains("client-secret-file"), problems.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "0123456789012345678901234567890123456789",
                "change-me-change-me-change-me-1234567",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "demo-kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0"
            })
    void a_short_or_guessed_key_stops_the_start_and_is_not_printed(String key) {
        List<String> problems = problems(with("users-file", "/etc/users", "encryption-key", key));
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().contains("openssl rand"), problems.toString());
        assertFalse(problems.getFirst().contains(key), problems.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oidc.client-id=console",
                "oidc.url=https://login.example.vn",
                "oidc.url=login",
                "proxy.networks=0.0.0.0/0",
                "proxy.networks=10.0.0.0/8;proxy.user-header=a b",
                "zone=Saigon/Center",
                "session=1s",
                "session=30d"
            })
    void what_is_half_or_wrong_has_a_sentence_with_the_setting(String settings) {
        List<String> pairs = new ArrayList<>(List.of("users-file", "/etc/users", "encryption-key", KEY));
        for (String setting : settings.split(";")) {
            pairs.addAll(List.of(setting.split("=", 2)));
        }
        List<String> problems = problems(with(pairs.toArray(String[]::new)));
        assertFalse(problems.isEmpty());
        assertTrue(problems.stream().allMatch(problem -> problem.startsWith("alohub.console.")), problems.toString());
    }

    @Test
    void forwarders_are_networks() {
        assertEquals(List.of(), problems(with("forwarders", "10.0.0.0/8,fd12:3456::1")));
        List<String> problems = problems(with("forwarders", "ingress"));
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("alohub.console.forwarders must"), problems.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/7", "::/0", "2000::/3", "fd00::/15"})
    void a_network_that_holds_strangers_stops_the_start_with_the_setting_and_the_remedy(String network) {
        for (String setting : List.of("forwarders", "proxy.networks")) {
            List<String> problems = problems(
                    with("users-file", "/etc/users", "encryption-key", KEY, setting, "10.1.2.0/24," + network));
            assertEquals(1, problems.size(), problems.toString());
            assertTrue(
                    problems.getFirst()
                                    .startsWith("alohub.console." + setting + " has " + network + ", which is too wide")
                            && problems.getFirst().contains("at least /8 (IPv6: /16)"),
                    problems.toString());
        }
    }

    @Test
    void a_scope_has_no_space_and_no_quote() {
        for (String scopes : List.of("profile email", "profile,\"groups\"", "profile,gr\u00f6ups")) {
            List<String> found = problems(with("oidc.url", "https://login.example.vn", "oidc.scopes", scopes));
            assertTrue(
                    found.stream().anyMatch(problem -> problem.startsWith("alohub.console.oidc.scopes")),
                    () -> scopes + " " + found);
        }
    }
}
