package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {

    private static final SettingNames NAMES = new SettingNames();

    @ParameterizedTest
    @CsvSource({
        "alohub.base-ulr,                 alohub.base-url (ALOHUB_BASE_URL)",
        "alohub.base_url,                 alohub.base-url (ALOHUB_BASE_URL)",
        "alohub.baseUrl,                  alohub.base-url (ALOHUB_BASE_URL)",
        "alohub.apikey,                   alohub.api-key (ALOHUB_API_KEY)",
        "alohub.concurency,               alohub.concurrency (ALOHUB_CONCURRENCY)",
        "alohub.delivery.max-attemps,     alohub.delivery.max-attempts (ALOHUB_DELIVERY_MAX_ATTEMPTS)",
        "alohub.delivery.backofmin,       alohub.delivery.backoff-min (ALOHUB_DELIVERY_BACKOFF_MIN)",
        "alohub.phone.placeholder,        alohub.phone.placeholders (ALOHUB_PHONE_PLACEHOLDERS)",
        "alohub.phone.placeholderz[0],    alohub.phone.placeholders (ALOHUB_PHONE_PLACEHOLDERS)"
    })
    void a_misspelt_property_gets_the_setting_that_was_meant(String property, String meant) {
        assertSuggested(property, meant, problemsOf(property, null));
    }

    @ParameterizedTest
    @CsvSource({
        "ALOHUB_BASE_ULR,                 alohub.base-url (ALOHUB_BASE_URL)",
        "ALOHUB_APIKEY,                   alohub.api-key (ALOHUB_API_KEY)",
        "ALOHUB_API_KEYFILE,              alohub.api-key-file (ALOHUB_API_KEY_FILE)",
        "ALOHUB_PHONE_FORMATT,            alohub.phone-format (ALOHUB_PHONE_FORMAT)",
        "ALOHUB_DELIVERY_QUARANTAINE,     alohub.delivery.quarantine (ALOHUB_DELIVERY_QUARANTINE)",
        "ALOHUB_PHONE_PLACEHOLDER,        alohub.phone.placeholders (ALOHUB_PHONE_PLACEHOLDERS)",
        "ALOHUB_PHONE_PLACEHOLDER_0_,     alohub.phone.placeholders (ALOHUB_PHONE_PLACEHOLDERS)"
    })
    void a_misspelt_variable_gets_the_setting_that_was_meant(String variable, String meant) {
        assertSuggested(variable, meant, problemsOf(null, variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alohub.something-else-entirely", "alohub.x", "alohub.", "alohub.telephone"})
    void what_is_far_from_every_setting_gets_the_list_instead(String property) {
        List<String> problems = problemsOf(property, null);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains("docs/settings.md"), problems::toString);
        assertFalse(problems.getFirst().contains("did you mean"), problems::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alohub.base-url",
                "alohub.api-key",
                "alohub.api-key-file",
                "alohub.api-key-header",
                "alohub.phone-format",
                "alohub.concurrency",
                "alohub.rate",
                "alohub.poll-interval",
                "alohub.rate-burst",
                "alohub.order",
                "alohub.source-version-unit",
                "alohub.breaker.probe-interval",
                "alohub.breaker.ramp",
                "alohub.delivery.send-by",
                "alohub.delivery.call-deadline",
                "alohub.delivery.quarantine",
                "alohub.delivery.lease",
                "alohub.delivery.max-attempts",
                "alohub.delivery.backoff-min",
                "alohub.delivery.backoff-max",
                "alohub.phone.several",
                "alohub.phone.placeholders",
                "alohub.retention.outbox",
                "alohub.retention.attempts",
                "alohub.database.migrate"
            })
    void a_setting_is_known_as_a_property_and_as_a_variable(String setting) {
        String variable = setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        assertEquals(List.of(), problemsOf(setting, variable));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alohub.phone.placeholders[0]",
                "alohub.phone.accept-prefixes[12]",
                "alohub.phone.deny-prefixes[0]"
            })
    void one_element_of_a_list_is_known(String property) {
        assertEquals(List.of(), problemsOf(property, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALOHUB_PHONE_PLACEHOLDERS_0_",
                "ALOHUB_PHONE_ACCEPT_PREFIXES_12_",
                "ALOHUB_PHONE_DENY_PREFIXES_0_"
            })
    void one_element_of_a_list_is_known_as_a_variable(String variable) {
        assertEquals(List.of(), problemsOf(null, variable));
    }

    // Accounts

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-url",
                "api-key",
                "api-key-file",
                "api-key-header",
                "phone-format",
                "concurrency",
                "rate",
                "rate-burst",
                "order",
                "source-version-unit"
            })
    void a_setting_of_an_account_is_known_as_a_property_and_as_a_variable(String setting) {
        for (String name : List.of("brandb", "b2", "api", "rate")) {
            String property = "alohub.accounts." + name + "." + setting;
            String variable =
                    property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            assertEquals(List.of(), problemsOf(property, variable));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alohub.accounts.brandb.base-ulr",
                "alohub.accounts.brandb.poll-interval",
                "alohub.accounts.brandb.delivery.lease",
                "alohub.accounts.brandb.base-url[0]",
                "alohub.accounts.base-url",
                "alohub.accounts.brandb",
                "alohub.acounts.brandb.base-url"
            })
    void what_no_account_can_set_is_refused(String property) {
        assertRefused(property + " is not a setting", problemsOf(property, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALOHUB_ACCOUNTS_BRANDB_BASE_ULR",
                "ALOHUB_ACCOUNTS_BRAND_B_API_KEY", // a name has no line in it
                "ALOHUB_ACCOUNTS_brandb_API_KEY",
                "ALOHUB_ACCOUNTS_BRANDB_POLL_INTERVAL",
                "ALOHUB_ACCOUNTS_BASE_URL",
                "ALOHUB_ACCOUNTS_BRANDB",
                "ALOHUB_ACOUNTS_BRANDB_BASE_URL"
            })
    void what_no_account_can_set_is_refused_as_a_variable(String variable) {
        assertRefused(variable + " is not a setting", problemsOf(null, variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BrandB", "brand-b", "brand_b", "thươnghiệu", "\"brandb\"", "*"})
    void an_account_has_a_name_that_a_variable_can_carry(String name) {
        String property = "alohub.accounts." + name + ".base-url";
        List<String> problems = problemsOf(property, null);
        assertRefused(property + ": an account's name is lower-case letters and digits", problems);
        assertFalse(problems.getFirst().contains("is not a setting"), problems::toString);
    }

    // Sources of the intake

    @ParameterizedTest
    @ValueSource(strings = {"account", "priority", "preset", "phone", "hmac-secret-file", "answer-status"})
    void a_setting_of_a_source_is_known_as_a_property_and_as_a_variable(String setting) {
        for (String name : List.of("shop", "s2", "accounts")) {
            String property = "alohub.intake.sources." + name + "." + setting;
            String variable =
                    property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            assertEquals(List.of(), problemsOf(property, variable));
        }
        assertEquals(List.of(), problemsOf("alohub.intake.sources.landing-page." + setting, null));
    }

    @Test
    void a_misspelt_setting_of_a_source_gets_the_one_that_was_meant() {
        assertSuggested(
                "alohub.intake.sources.shop.presett",
                "alohub.intake.sources.shop.preset (ALOHUB_INTAKE_SOURCES_SHOP_PRESET)",
                problemsOf("alohub.intake.sources.shop.presett", null));
        assertRefused(
                "alohub.intake.sources.Shop.preset: a source's name is lower-case letters, digits and dashes",
                problemsOf("alohub.intake.sources.Shop.preset", null));
        assertRefused(
                "ALOHUB_INTAKE_SOURCES_SHOP_PRESETT is not a setting",
                problemsOf(null, "ALOHUB_INTAKE_SOURCES_SHOP_PRESETT"));
    }

    // Names that are none of ours

    /** Kubernetes sets these in every pod for each Service of the namespace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALOHUB_SYNC_SERVICE_HOST",
                "ALOHUB_SYNC_SERVICE_PORT",
                "ALOHUB_SYNC_SERVICE_PORT_HTTP",
                "ALOHUB_SYNC_SERVICE_PORT_HTTP_METRICS",
                "ALOHUB_SYNC_PORT",
                "ALOHUB_SYNC_PORT_8080_TCP",
                "ALOHUB_SYNC_PORT_8080_TCP_PROTO",
                "ALOHUB_SYNC_PORT_8080_TCP_PORT",
                "ALOHUB_SYNC_PORT_8080_TCP_ADDR",
                "ALOHUB_SYNC_PORT_53_UDP_ADDR",
                "ALOHUB_SYNC_CONSOLE_SERVICE_HOST",
                "ALOHUB_SERVICE_HOST",
                "ALOHUB_PORT",
                "ALOHUB_PORT_80_TCP_ADDR"
            })
    void a_service_link_of_kubernetes_is_no_setting(String variable) {
        assertEquals(List.of(), problemsOf(null, variable));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarkus.http.port", "alohubx.base-url", "user.home", "%prod.quarkus.http.port"})
    void other_names_are_not_ours(String property) {
        assertEquals(List.of(), problemsOf(property, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "QUARKUS_HTTP_PORT", "ALOHUBX_BASE_URL", "ALOHUB", "MY_ALOHUB_KEY"})
    void other_variables_are_not_ours(String variable) {
        assertEquals(List.of(), problemsOf(null, variable));
    }

    @Test
    void every_misspelt_name_has_its_sentence() {
        List<String> problems =
                NAMES.problemsOf(List.of("alohub.base-ulr", "alohub.rat", "alohub.rate"), List.of("ALOHUB_RATTE"));
        assertEquals(3, problems.size(), problems::toString);
    }

    private static List<String> problemsOf(String property, String variable) {
        return NAMES.problemsOf(
                property == null ? List.of() : List.of(property), variable == null ? List.of() : List.of(variable));
    }

    private static void assertRefused(String start, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        String problem = problems.getFirst();
        assertTrue(problem.startsWith(start), problem);
        assertTrue(problem.endsWith(".") && problem.indexOf('\n') < 0, problem);
    }

    private static void assertSuggested(String name, String meant, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        String problem = problems.getFirst();
        assertTrue(problem.startsWith(name + " is not a setting"), problem);
        assertTrue(problem.contains("did you mean " + meant + "?"), problem);
    }
}
