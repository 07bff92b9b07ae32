package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings.Order;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredAccountTest {

    /** As Quarkus ranks the environment: above files, below system properties. */
    private static final int ENVIRONMENT = 300;

    private static final Map<String, String> UNNAMED =
            Map.of("alohub.base-url", "https://crm.example.vn", "alohub.api-key", "key");
    private static final Map<String, String> BRANDB =
            Map.of("alohub.accounts.brandb.base-url", "https://b.vn", "alohub.accounts.brandb.api-key", "b-key");

    private static final ConfiguredAccount WITH_EVERYTHING = new ConfiguredAccount(
            "brandb",
            "alohub.accounts.brandb.",
            Optional.of("https://b.vn"),
            Optional.empty(),
            Optional.of("/run/b-key"),
            "X-Api-Key",
            PhoneFormat.E164,
            8,
            Optional.of("300/10s"),
            30,
            Order.SOURCE_VERSION,
            VersionUnit.MILLIS);

    // Which accounts there are

    @Test
    void without_named_ones_there_is_the_unnamed_one() {
        assertEquals(
                List.of(new ConfiguredAccount(
                        "default",
                        "alohub.",
                        Optional.of("https://crm.example.vn"),
                        Optional.of("key"),
                        Optional.empty(),
                        "Authorization",
                        PhoneFormat.NATIONAL,
                        64,
                        Optional.empty(),
                        1,
                        Order.ID,
                        VersionUnit.AUTO)),
                all(UNNAMED));
    }

    @Test
    void the_unnamed_one_comes_first_and_the_others_by_name() {
        assertEquals(
                List.of("default", "brandb", "zalo", "zalo2"),
                names(and(
                        UNNAMED,
                        "alohub.accounts.zalo2.rate",
                        "1",
                        "alohub.accounts.zalo.rate",
                        "1",
                        "alohub.accounts.brandb.rate",
                        "1")));
    }

    @Test
    void the_unnamed_one_is_absent_where_only_named_ones_are_set() {
        assertEquals(List.of("brandb"), names(BRANDB));
        // what the others take from it does not make it an account
        assertEquals(List.of("brandb"), names(and(BRANDB, "alohub.concurrency", "8", "alohub.rate", "20")));
        assertEquals(List.of("brandb"), names(and(BRANDB, "alohub.base-url", "", "alohub.api-key", " ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alohub.base-url", "alohub.api-key", "alohub.api-key-file"})
    void the_unnamed_one_is_there_as_soon_as_somebody_meant_it(String setting) {
        assertEquals(List.of("default", "brandb"), names(and(BRANDB, setting, "x")));
    }

    @Test
    void there_is_always_an_account_to_say_what_is_missing_of() {
        assertEquals(List.of("default"), names(Map.of()));
        assertEquals(List.of("default"), names(Map.of("alohub.accounts.brandb.base-url", "")));
    }

    @Test
    void a_named_one_whose_every_value_is_empty_is_absent() {
        Map<String, String> template = new HashMap<>(UNNAMED);
        for (String setting : List.of(
                "base-url",
                "api-key",
                "api-key-file",
                "api-key-header",
                "phone-format",
                "concurrency",
                "rate",
                "rate-burst",
                "order",
                "source-version-unit")) {
            template.put("alohub.accounts.brandb." + setting, " ");
        }
        assertEquals(List.of("default"), names(template));
        assertEquals(List.of("default", "brandb"), names(and(template, "alohub.accounts.brandb.api-key", "b-key")));
    }

    // What they take from the unnamed one

    @Test
    void a_named_one_takes_what_it_does_not_set_from_the_unnamed_one() {
        ConfiguredAccount brandb = named(Map.of(
                "alohub.accounts.brandb.base-url", "https://b.vn",
                "alohub.accounts.brandb.api-key-file", "/run/b-key",
                "alohub.api-key-header", " X-Api-Key ",
                "alohub.phone-format", "e164",
                "alohub.concurrency", "8",
                "alohub.rate", " 300/10s ",
                "alohub.rate-burst", "30",
                "alohub.order", "source-version",
                "alohub.source-version-unit", "millis"));
        assertEquals(WITH_EVERYTHING, brandb);
    }

    @Test
    void an_address_and_a_key_are_never_taken_from_the_unnamed_one() {
        ConfiguredAccount brandb =
                named(and(UNNAMED, "alohub.api-key-file", "/run/key", "alohub.accounts.brandb.concurrency", "8"));
        assertEquals(Optional.empty(), brandb.baseUrl());
        assertEquals(Optional.empty(), brandb.apiKey());
        assertEquals(Optional.empty(), brandb.apiKeyFile());
    }

    @Test
    void its_own_values_win_over_those_of_the_unnamed_one_and_empty_ones_do_not() {
        Map<String, String> settings = and(BRANDB, "alohub.concurrency", "8", "alohub.order", "source-version");
        ConfiguredAccount own =
                named(and(settings, "alohub.accounts.brandb.concurrency", "16", "alohub.accounts.brandb.order", "id"));
        assertEquals(16, own.concurrency());
        assertEquals(Order.ID, own.order());
        ConfiguredAccount empty =
                named(and(settings, "alohub.accounts.brandb.concurrency", "", "alohub.accounts.brandb.order", " "));
        assertEquals(8, empty.concurrency());
        assertEquals(Order.SOURCE_VERSION, empty.order());
    }

    @Test
    void a_rate_of_its_own_does_not_come_with_the_burst_of_another() {
        Map<String, String> settings = and(BRANDB, "alohub.rate", "300/10s", "alohub.rate-burst", "30");
        assertEquals(30, named(settings).rateBurst());
        assertEquals(1, named(and(settings, "alohub.accounts.brandb.rate", "5")).rateBurst());
        assertEquals(30, named(and(settings, "alohub.accounts.brandb.rate", "")).rateBurst());
        assertEquals(
                4,
                named(and(settings, "alohub.accounts.brandb.rate-burst", "4")).rateBurst());
    }

    @Test
    void texts_are_trimmed_and_an_empty_one_is_unset() {
        ConfiguredAccount brandb = named(Map.of(
                "alohub.accounts.brandb.base-url", " https://b.vn\n",
                "alohub.accounts.brandb.api-key", "\n",
                "alohub.accounts.brandb.api-key-file", " /run/b-key ",
                "alohub.accounts.brandb.api-key-header", " "));
        assertEquals(Optional.of("https://b.vn"), brandb.baseUrl());
        assertEquals(Optional.empty(), brandb.apiKey());
        assertEquals(Optional.of("/run/b-key"), brandb.apiKeyFile());
        assertEquals("Authorization", brandb.apiKeyHeader());
    }

    // The environment

    @Test
    void every_setting_of_an_account_is_a_variable_too() {
        ConfiguredAccount brandb = named(
                Map.of(),
                Map.of(
                        "ALOHUB_ACCOUNTS_BRANDB_BASE_URL", "https://b.vn",
                        "ALOHUB_ACCOUNTS_BRANDB_API_KEY_FILE", "/run/b-key",
                        "ALOHUB_ACCOUNTS_BRANDB_API_KEY_HEADER", "X-Api-Key",
                        "ALOHUB_ACCOUNTS_BRANDB_PHONE_FORMAT", "e164",
                        "ALOHUB_ACCOUNTS_BRANDB_CONCURRENCY", "8",
                        "ALOHUB_ACCOUNTS_BRANDB_RATE", "300/10s",
                        "ALOHUB_ACCOUNTS_BRANDB_RATE_BURST", "30",
                        "ALOHUB_ACCOUNTS_BRANDB_ORDER", "source-version",
                        "ALOHUB_ACCOUNTS_BRANDB_SOURCE_VERSION_UNIT", "millis"));
        assertEquals(WITH_EVERYTHING, brandb);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brandb", "b2", "2b", "api", "base", "rate", "order"}) // some begin like a setting
    void any_name_of_letters_and_digits_is_found_in_the_environment(String name) {
        String variable = "ALOHUB_ACCOUNTS_" + name.toUpperCase() + "_";
        ConfiguredAccount account =
                named(Map.of(), Map.of(variable + "BASE_URL", "https://b.vn", variable + "API_KEY", "b-key"));
        assertEquals(name, account.name());
        assertEquals(Optional.of("https://b.vn"), account.baseUrl());
        assertEquals(Optional.of("b-key"), account.apiKey());
    }

    @Test
    void a_variable_wins_over_a_file_and_adds_to_it() {
        ConfiguredAccount brandb = named(
                and(BRANDB, "alohub.accounts.brandb.api-key", ""),
                Map.of(
                        "ALOHUB_ACCOUNTS_BRANDB_BASE_URL", "https://other.vn",
                        "ALOHUB_ACCOUNTS_BRANDB_API_KEY", "other-key"));
        assertEquals(Optional.of("https://other.vn"), brandb.baseUrl());
        assertEquals(Optional.of("other-key"), brandb.apiKey());
    }

    @Test
    void empty_variables_of_a_template_make_no_account() {
        Map<String, String> template = Map.of(
                "ALOHUB_ACCOUNTS_BRANDB_BASE_URL", "",
                "ALOHUB_ACCOUNTS_BRANDB_API_KEY_FILE", "",
                "ALOHUB_ACCOUNTS_BRANDB_PHONE_FORMAT", "",
                "ALOHUB_ACCOUNTS_BRANDB_RATE_BURST", "");
        assertEquals(
                List.of("default"),
                ConfiguredAccount.all(settings(UNNAMED, template)).stream()
                        .map(ConfiguredAccount::name)
                        .toList());
    }

    private static ConfiguredAccount named(Map<String, String> values) {
        return named(values, Map.of());
    }

    /** The last one: the unnamed one is the first, if there is one. */
    private static ConfiguredAccount named(Map<String, String> values, Map<String, String> environment) {
        List<ConfiguredAccount> accounts = ConfiguredAccount.all(settings(values, environment));
        assertTrue(accounts.size() <= 2, accounts::toString);
        return accounts.getLast();
    }

    private static List<ConfiguredAccount> all(Map<String, String> values) {
        return ConfiguredAccount.all(settings(values, Map.of()));
    }

    private static List<String> names(Map<String, String> values) {
        return all(values).stream().map(ConfiguredAccount::name).toList();
    }

    private static Map<String, String> and(Map<String, String> some, String... more) {
        Map<String, String> both = new HashMap<>(some);
        for (int i = 0; i < more.length; i += 2) {
            both.put(more[i], more[i + 1]);
        }
        return both;
    }

    private static AlohubSettings settings(Map<String, String> values, Map<String, String> environment) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new EnvConfigSource(environment, ENVIRONMENT));
        values.forEach(config::withDefaultValue);
        return config.build().getConfigMapping(AlohubSettings.class);
    }
}
