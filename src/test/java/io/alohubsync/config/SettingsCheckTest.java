package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final String KEY = "sk_live_4eC39HqLyjWD";
    /** The least that runs. */
    private static final Map<String, String> LEAST =
            Map.of("alohub.base-url", "https://crm.example.vn", "alohub.api-key", KEY);

    @Test
    void the_least_that_runs_is_sound() {
        assertSound(LEAST);
    }

    @Test
    void the_defaults_are_those_of_the_settings_reference() {
        AlohubSettings settings = settings(LEAST);
        assertEquals("Authorization", settings.apiKeyHeader());
        assertEquals(AlohubSettings.PhoneFormat.NATIONAL, settings.phoneFormat());
        assertEquals(64, settings.concurrency());
        assertTrue(settings.rate().isEmpty());
        assertEquals(Duration.ofSeconds(1), settings.pollInterval());
        assertEquals(1, settings.rateBurst());
        assertEquals(AlohubSettings.Order.ID, settings.order());
        assertEquals(AlohubSettings.VersionUnit.AUTO, settings.sourceVersionUnit());
        assertTrue(settings.accounts().isEmpty());
        assertEquals(Duration.ofSeconds(30), settings.breaker().probeInterval());
        assertEquals(Duration.ofSeconds(8), settings.breaker().ramp());
        assertEquals(Duration.ofSeconds(4), settings.connection().idle());
        assertEquals(Duration.ofMinutes(1), settings.connection().maxAge());
        assertFalse(settings.answer().requireSuccess());
        assertTrue(settings.proxy().isEmpty());
        assertEquals(Duration.ofSeconds(2), settings.delivery().sendBy());
        assertEquals(Duration.ofSeconds(20), settings.delivery().callDeadline());
        assertEquals(Duration.ofSeconds(60), settings.delivery().quarantine());
        assertEquals(Duration.ofSeconds(90), settings.delivery().lease());
        assertEquals(12, settings.delivery().maxAttempts());
        assertEquals(Duration.ofSeconds(5), settings.delivery().backoffMin());
        assertEquals(Duration.ofHours(1), settings.delivery().backoffMax());
        assertEquals(Duration.ofDays(30), settings.retention().outbox());
        assertEquals(Duration.ofDays(30), settings.retention().attempts());
    }

    // The endpoint

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "https://crm.example.vn/",
                "HTTPS://CRM.EXAMPLE.VN",
                "https://x.vn/tenant/a",
                " https://x.vn ",
                "http://10.0.0.7:9000",
                "http://[::1]:9000"
            })
    void a_web_address_is_sound(String url) {
        assertSound(least("alohub.base-url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_empty_base_url_is_a_missing_one(String url) {
        assertProblem("alohub.base-url is missing: set it", least("alohub.base-url", url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm.example.vn",
                "ftp://crm.example.vn",
                "/api",
                "mailto:a@b.vn",
                "http:///api",
                "localhost:8080",
                "file:///etc"
            })
    void a_base_url_without_web_or_host_is_a_problem(String url) {
        assertProblem("alohub.base-url must be an http or https address with a host", least("alohub.base-url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a:b@crm.example.vn", "https://crm.example.vn?x=1", "https://crm.example.vn/#top"})
    void a_base_url_with_user_query_or_fragment_is_a_problem(String url) {
        assertProblem("alohub.base-url must have no user, query or fragment", least("alohub.base-url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://crm example.vn", "https://[", "%%%", "http:", "http://"})
    void a_base_url_that_is_no_address_is_a_problem(String url) {
        assertProblem("alohub.base-url is not an address", least("alohub.base-url", url));
    }

    /**
     * TLS is chosen by clients that compare the scheme as it is written: an account, a webhook and a
     * provider with HTTPS:// must not be called in clear.
     */
    @ParameterizedTest
    @CsvSource({
        "HTTPS://CRM.Example.vn/Tenant/A, https://crm.example.vn/Tenant/A",
        "Http://CRM.example.vn:8080, http://crm.example.vn:8080",
        "' hTTps://[FE80::1]:9000/?Q=A#T ', https://[fe80::1]:9000/?Q=A#T",
        "https://crm.example.vn, https://crm.example.vn",
        "CRM.Example.vn, CRM.Example.vn",
    })
    void scheme_and_host_of_every_address_are_read_in_lower_case(String written, String read) {
        Map<String, String> addresses = new HashMap<>();
        for (String setting : List.of(
                "base-url",
                "accounts.brandb.base-url",
                "notify.webhook.url",
                "notify.console-url",
                "console.oidc.url")) {
            addresses.put("alohub." + setting, written);
        }
        AlohubSettings settings = settings(addresses);
        assertEquals(Optional.of(read), settings.baseUrl());
        assertEquals(Optional.of(read), settings.accounts().get("brandb").baseUrl());
        assertEquals(Optional.of(read), settings.notifications().webhook().url());
        assertEquals(Optional.of(read), settings.notifications().consoleUrl());
        assertEquals(Optional.of(read), settings.console().oidc().url());
    }

    // The key

    @Test
    void a_key_or_a_key_file_is_enough_and_an_empty_one_is_unset() {
        Map<String, String> file = least("alohub.api-key-file", "/run/secrets/alohub-key");
        file.put("alohub.api-key", " ");
        assertSound(file);
        assertSound(least("alohub.api-key-file", ""));
        assertSound(least("alohub.api-key-file", " "));
        assertSound(least("alohub.api-key", "  " + KEY + "\n")); // trimmed, then checked
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void an_empty_key_is_a_missing_one(String key) {
        assertProblem("alohub.api-key is missing: set it", least("alohub.api-key", key));
    }

    @Test
    void a_key_and_a_key_file_contradict_each_other() {
        assertProblem("alohub.api-key and alohub.api-key-file are both set", least("alohub.api-key-file", "/run/key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_live\nsecret",
                "sk_live\u0000secret",
                "sk_live\u007fsecret",
                "khóa-secret",
                "sk_live\u200bsecret"
            })
    void a_key_that_no_header_can_carry_is_a_problem_and_is_not_printed(String key) {
        assertProblem("alohub.api-key holds a line break", least("alohub.api-key", key));
        assertTrue(SettingsCheck.problemOfKey(key).isPresent());
    }

    @Test
    void a_key_may_have_any_printable_ascii() {
        assertEquals(Optional.empty(), SettingsCheck.problemOfKey("Bearer ab/cd+ef=~!\"#$%&'()*,-.:;<>?@[\\]^_`{|}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Api Key", "X-Api-Key:", "Khóa", "a\nb", "\"quoted\""})
    void a_header_name_that_http_forbids_is_a_problem(String header) {
        assertProblem("alohub.api-key-header is not a header's name", least("alohub.api-key-header", header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "host", "CONTENT-LENGTH", "Transfer-Encoding", "Accept", "traceparent"})
    void a_header_that_each_call_has_for_another_purpose_is_a_problem(String header) {
        assertProblem(
                "alohub.api-key-header is a header that each call has for another purpose",
                least("alohub.api-key-header", header));
    }

    @Test
    void another_header_name_is_sound() {
        assertSound(least("alohub.api-key-header", "X-Api-Key"));
        assertSound(least("alohub.api-key-header", " X-Api-Key "));
    }

    // The pace

    @ParameterizedTest
    @CsvSource({
        "alohub.concurrency,                0",
        "alohub.concurrency,               -1",
        "alohub.concurrency,             1001",
        "alohub.rate,                       0",
        "alohub.rate,                      -5",
        "alohub.rate,                   0.009",
        "alohub.rate,                  100001",
        "alohub.rate,                     NaN",
        "alohub.rate,                Infinity",
        "alohub.rate,                 50 per s",
        "alohub.rate,                    50/0s",
        "alohub.rate,                 2000/25h",
        "alohub.rate,                  50/1s/2",
        "alohub.rate-burst,                 0",
        "alohub.rate-burst,                -1",
        "alohub.rate-burst,           1000001",
        "alohub.poll-interval,              0",
        "alohub.poll-interval,            9ms",
        "alohub.poll-interval,            61s",
        "alohub.breaker.probe-interval,     99ms",
        "alohub.connection.idle,         99ms",
        "alohub.connection.idle,         61m",
        "alohub.connection.max-age,      999ms",
        "alohub.connection.max-age,      25h",
        "alohub.proxy,                   https://ops:secret@proxy.example.vn:3128",
        "alohub.breaker.probe-interval,      25h",
        "alohub.breaker.ramp,               -1ms",
        "alohub.breaker.ramp,                61m",
        "alohub.retention.outbox,       500ms",
        "alohub.retention.outbox,         -1d",
        "alohub.retention.attempts,     3651d",
        "alohub.delivery.send-by,         9ms",
        "alohub.delivery.call-deadline,     0",
        "alohub.delivery.backoff-min,       0",
        "alohub.delivery.backoff-max,     31d",
        "alohub.delivery.max-attempts,      0",
        "alohub.delivery.max-attempts,   1001"
    })
    void a_value_out_of_its_range_is_named(String setting, String value) {
        assertNamed(setting, least(setting, value));
    }

    @ParameterizedTest
    @CsvSource({
        "alohub.concurrency,                1",
        "alohub.concurrency,             1000",
        "alohub.rate,                    0.01",
        "alohub.rate,                  100000",
        "alohub.rate,                    50/s",
        "alohub.rate,                 300/10s",
        "alohub.rate,                 2000/1d",
        "alohub.rate-burst,                 1",
        "alohub.rate-burst,           1000000",
        "alohub.poll-interval,           10ms",
        "alohub.poll-interval,            60s",
        "alohub.breaker.probe-interval,    100ms",
        "alohub.connection.idle,        100ms",
        "alohub.connection.max-age,     1s",
        "alohub.proxy,                  http://ops:secret@proxy.example.vn:3128",
        "alohub.proxy,                  none",
        "alohub.breaker.probe-interval,      24h",
        "alohub.breaker.ramp,                  0",
        "alohub.breaker.ramp,                60m",
        "alohub.retention.outbox,           1s",
        "alohub.retention.outbox,            0",
        "alohub.retention.attempts,     3650d",
        "alohub.retention.attempts,          0",
        "alohub.delivery.send-by,        10ms",
        "alohub.delivery.quarantine,        0",
        "alohub.delivery.lease,           24h",
        "alohub.delivery.backoff-min,     1ms",
        "alohub.delivery.backoff-max,     30d",
        "alohub.delivery.max-attempts,      1",
        "alohub.delivery.max-attempts,   1000"
    })
    void the_ends_of_a_range_are_sound(String setting, String value) {
        assertSound(least(setting, value));
    }

    // What belongs together

    @Test
    void a_burst_is_no_more_than_the_calls_of_one_window() {
        Map<String, String> limited = least("alohub.rate", "50/1s");
        assertSound(and(limited, "alohub.rate-burst", "50"));
        assertProblem("alohub.rate-burst must be a whole number", and(limited, "alohub.rate-burst", "51"));
        assertProblem("alohub.rate-burst", and(least("alohub.rate", "0.5"), "alohub.rate-burst", "2"));
        assertSound(and(least("alohub.rate", "3000/1m"), "alohub.rate-burst", "3000"));
    }

    @Test
    void a_rate_that_is_none_is_reported_once_and_its_burst_is_not_judged() {
        assertProblem("alohub.rate must be calls per second", and(least("alohub.rate", "x"), "alohub.rate-burst", "9"));
    }

    @Test
    void a_lease_shorter_than_s_d_and_q_is_refused_with_both_sums() {
        assertProblem(
                "alohub.delivery.lease (81s) must be at least send-by + call-deadline + quarantine (82s)",
                least("alohub.delivery.lease", "81s"));
        assertSound(least("alohub.delivery.lease", "82s"));
        assertNamed("alohub.delivery.lease", least("alohub.delivery.quarantine", "69s"));
        assertNamed("alohub.delivery.lease", least("alohub.delivery.call-deadline", "29s"));
        assertNamed("alohub.delivery.lease", least("alohub.delivery.send-by", "11s"));
    }

    @Test
    void a_longest_backoff_below_the_first_is_refused() {
        assertProblem(
                "alohub.delivery.backoff-max must be at least alohub.delivery.backoff-min: raise it to 5s or more.",
                least("alohub.delivery.backoff-max", "4s"));
        assertSound(least("alohub.delivery.backoff-max", "5s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alohub.delivery.lease",
                "alohub.delivery.quarantine",
                "alohub.delivery.backoff-max",
                "alohub.poll-interval"
            })
    void an_absurd_time_is_a_sentence_too(String setting) {
        assertNamed(setting, least(setting, "999999999999d"));
    }

    // Accounts

    @Test
    void a_named_account_needs_an_address_and_a_key_of_its_own() {
        assertSound(brandb("concurrency", "8"));
        assertProblem(
                "alohub.accounts.brandb.base-url is missing: set it (or ALOHUB_ACCOUNTS_BRANDB_BASE_URL)",
                brandb("base-url", ""));
        assertProblem(
                "alohub.accounts.brandb.api-key is missing: set it (or ALOHUB_ACCOUNTS_BRANDB_API_KEY), or"
                        + " alohub.accounts.brandb.api-key-file",
                brandb("api-key", " "));
        assertSound(and(brandb("api-key", ""), "alohub.accounts.brandb.api-key-file", "/run/b-key"));
        assertProblem(
                "alohub.accounts.brandb.api-key and alohub.accounts.brandb.api-key-file are both set",
                brandb("api-key-file", "/run/b-key"));
    }

    @Test
    void the_account_default_may_be_left_out_where_there_is_another() {
        Map<String, String> onlyNamed = brandb("concurrency", "8");
        onlyNamed.keySet().removeAll(LEAST.keySet());
        assertSound(onlyNamed);
        assertProblem("alohub.base-url is missing", and(onlyNamed, "alohub.api-key", KEY));
        assertProblem("alohub.api-key is missing", and(onlyNamed, "alohub.base-url", "https://crm.example.vn"));
    }

    @ParameterizedTest
    @CsvSource({
        "base-url,        ftp://b.vn",
        "base-url,        https://b.vn?x=1",
        "base-url,        %%%",
        "api-key,         khóa-secret",
        "api-key-header,  X Api Key",
        "concurrency,     1001",
        "rate,            50 per s",
        "rate,            100001",
        "rate-burst,      0"
    })
    void a_problem_of_a_named_account_is_reported_with_its_own_setting(String setting, String value) {
        assertProblem("alohub.accounts.brandb." + setting, brandb(setting, value));
    }

    @Test
    void every_account_is_checked() {
        Map<String, String> three = and(brandb("concurrency", "0"), "alohub.concurrency", "0");
        List<String> problems = SettingsCheck.problemsOf(settings(and(three, "alohub.accounts.zalo.concurrency", "0")));
        assertEquals(5, problems.size(), problems::toString); // and zalo's address, and its key
    }

    @ParameterizedTest
    @ValueSource(strings = {"Brand-B", "brand-b", "brand_b", "BrandB", "b b", "thươnghiệu"})
    void a_name_that_no_variable_can_carry_is_refused(String name) {
        assertProblem(
                "alohub.accounts." + name + ".*: an account's name is 1 to 63 lower-case letters and digits",
                named(name));
    }

    @Test
    void a_name_has_63_characters_at_most() {
        assertSound(named("b".repeat(63)));
        assertProblem("alohub.accounts.bbb", named("b".repeat(64)));
    }

    @Test
    void the_account_default_has_no_second_name() {
        assertProblem(
                "alohub.accounts.default is not allowed, because the account default has no prefix: set alohub.base-url",
                named("default"));
    }

    // Prefixes

    @ParameterizedTest
    @ValueSource(strings = {"900000000", "+84900000000", "0900 000 000", "0900000000;0123456789", "x"})
    void placeholders_are_whole_numbers_with_their_zero(String numbers) {
        assertProblem("alohub.phone.placeholders must be whole numbers", least("alohub.phone.placeholders", numbers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest", "guest@", "@example.com", "a@b@c", "*@*.com", "no one@example.com"})
    void placeholders_of_e_mails_are_addresses_with_one_star_at_most(String address) {
        assertProblem("alohub.email.placeholders must be addresses", least("alohub.email.placeholders", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"55", "055;065", "055x", "0", "+8455", "055,65", "05512345678901"})
    void prefixes_have_their_zero_and_only_digits(String prefixes) {
        assertProblem("alohub.phone.accept-prefixes must be prefixes", least("alohub.phone.accept-prefixes", prefixes));
        assertProblem("alohub.phone.deny-prefixes must be prefixes", least("alohub.phone.deny-prefixes", prefixes));
    }

    @Test
    void prefixes_may_have_spaces_between() {
        assertSound(least("alohub.phone.accept-prefixes", "055, 065,0871"));
        assertSound(least("alohub.phone.deny-prefixes", "0559 , 052"));
    }

    @Test
    void an_empty_value_is_an_unset_one() {
        for (String setting : List.of(
                "alohub.concurrency",
                "alohub.rate",
                "alohub.poll-interval",
                "alohub.api-key-header",
                "alohub.phone-format")) {
            assertSound(least(setting, ""));
        }
    }

    @Test
    void every_problem_is_reported_at_once() {
        Map<String, String> worst = new HashMap<>(Map.of(
                "alohub.api-key-header", "no header",
                "alohub.concurrency", "0",
                "alohub.rate", "0",
                "alohub.poll-interval", "0",
                "alohub.delivery.max-attempts", "0"));
        List<String> problems = SettingsCheck.problemsOf(settings(worst));
        assertEquals(7, problems.size(), problems::toString); // and base-url, and the key
    }

    private static Map<String, String> least(String setting, String value) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.put(setting, value);
        return settings;
    }

    private static Map<String, String> and(Map<String, String> settings, String setting, String value) {
        Map<String, String> both = new HashMap<>(settings);
        both.put(setting, value);
        return both;
    }

    /** A sound account beside the account default. */
    private static Map<String, String> named(String name) {
        Map<String, String> settings = least("alohub.accounts." + name + ".base-url", "https://b.vn");
        return and(settings, "alohub.accounts." + name + ".api-key", KEY + "-b");
    }

    private static Map<String, String> brandb(String setting, String value) {
        return and(named("brandb"), "alohub.accounts.brandb." + setting, value);
    }

    private static void assertSound(Map<String, String> settings) {
        assertEquals(List.of(), SettingsCheck.problemsOf(settings(settings)));
    }

    private static void assertNamed(String setting, Map<String, String> settings) {
        List<String> problems = SettingsCheck.problemsOf(settings(settings));
        assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(setting)), problems::toString);
    }

    private static void assertProblem(String start, Map<String, String> settings) {
        List<String> problems = SettingsCheck.problemsOf(settings(settings));
        assertEquals(1, problems.size(), problems::toString);
        String problem = problems.getFirst();
        assertTrue(problem.startsWith(start), problem);
        assertTrue(problem.endsWith(".") && problem.indexOf('\n') < 0, problem);
        assertFalse(problem.contains("secret") || problem.contains(KEY), "a key is never printed");
    }

    private static AlohubSettings settings(Map<String, String> values) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter());
        values.forEach(config::withDefaultValue);
        return config.build().getConfigMapping(AlohubSettings.class);
    }
}
