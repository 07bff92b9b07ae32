package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsAsWrittenTest {

    private static final String OF_A_SECRET =
            ".*(api-key|-secret|\\.secret|encryption-key|tokens|password|alohub\\.proxy" + "|webhook\\.url)";

    /** All settings of ours that hold a secret, with the names that people choose filled in. */
    private static List<String> secrets() {
        TreeSet<String> names = new TreeSet<>(List.of("quarkus.datasource.password", "quarkus.mailer.password"));
        ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(AlohubSettings.class)).keySet().stream()
                .filter(name -> name.matches(OF_A_SECRET))
                .map(name -> name.replace("*", "brandb"))
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static SmallRyeConfigBuilder builder() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter());
    }

    @Test
    void every_secret_is_known() {
        assertTrue(secrets().size() >= 11, secrets()::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pa$$w0rd$", "a${HOME}b", "a${nope}b", "a${b", "\\${x}", "${a:b}", "$", "KEY$$a${HOME}b$c\\d"})
    void a_secret_is_taken_as_it_is_written(String written) {
        for (String secret : secrets()) {
            SmallRyeConfig config = builder()
                    .withSources(new PropertiesConfigSource(Map.of("HOME", "/root", secret, written), "test", 300))
                    .build();
            assertEquals(written, value(config, secret), secret);
            SmallRyeConfig variables = builder()
                    .withSources(new EnvConfigSource(Map.of("HOME", "/root", Variable.of(secret), written), 300))
                    .build();
            assertEquals(written, value(variables, secret), secret);
        }
    }

    /** Of a list as its one element. */
    private static String value(SmallRyeConfig config, String secret) {
        return secret.endsWith("tokens")
                ? String.join(" and ", config.getValues(secret, String.class))
                : config.getConfigValue(secret).getValue();
    }

    @Test
    void an_accounts_key_and_tokens_come_to_the_program_as_they_are_written() {
        AlohubSettings settings = builder()
                .withSources(new EnvConfigSource(
                        Map.of(
                                "HOME", "/root",
                                "ALOHUB_API_KEY", "a$$${HOME}",
                                "ALOHUB_ACCOUNTS_BRANDB_API_KEY", "b$$${HOME}",
                                "ALOHUB_INTAKE_TOKENS", "web:c$$${HOME},erp:d${nope},form:a\\b\\\\1\\,bot:x"),
                        300))
                .build()
                .getConfigMapping(AlohubSettings.class);
        assertEquals("a$$${HOME}", settings.apiKey().orElseThrow());
        assertEquals("b$$${HOME}", settings.accounts().get("brandb").apiKey().orElseThrow());
        assertEquals(
                List.of("web:c$$${HOME}", "erp:d${nope}", "form:a\\b\\\\1\\", "bot:x"),
                settings.intake().tokens().orElseThrow());
    }

    @Test
    void in_other_settings_a_name_stands_for_another_setting() {
        SmallRyeConfig config = builder()
                .withSources(new PropertiesConfigSource(
                        Map.of("crm", "crm.example.vn", "alohub.base-url", "https://${crm}"), "test", 300))
                .build();
        assertEquals(
                "https://crm.example.vn",
                config.getConfigMapping(AlohubSettings.class).baseUrl().orElseThrow());
    }
}
