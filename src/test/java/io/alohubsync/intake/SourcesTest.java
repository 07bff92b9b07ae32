package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.AlohubSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

    static AlohubSettings settings(Map<String, String> own) {
        Map<String, String> all = new HashMap<>();
        own.forEach((name, value) -> all.put(name.startsWith("alohub.") ? name : "alohub.intake." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(AlohubSettings.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(AlohubSettings.class);
    }

    private static Sources sources(Map<String, String> own) {
        return new Sources(settings(own), () -> 0);
    }

    private static List<String> problems(Map<String, String> own) {
        List<String> problems = new ArrayList<>(
                new IntakeCheck(settings(own)).problems(sources(own).names()));
        problems.addAll(sources(own).problems());
        return problems;
    }

    @Test
    void without_a_token_or_a_source_it_is_off() {
        assertFalse(sources(Map.of()).isAny());
        assertTrue(sources(Map.of("tokens", "form:t1")).isAny());
        assertTrue(sources(Map.of("sources.shop.hmac-secret", "x")).isAny());
    }

    @Test
    void two_sources_with_one_token_are_a_problem_and_it_is_not_printed() {
        List<String> problems = problems(Map.of("tokens", "form:topsecret,shop:t1,chat:topsecret"));
        assertEquals(List.of("alohub.intake.tokens: two sources have the same token: give each its own."), problems);
        assertEquals(List.of(), problems(Map.of("tokens", "form:t1,form:t1")));
    }

    @Test
    void a_source_whose_account_is_not_configured_is_a_problem_with_the_known_accounts(@TempDir Path folder)
            throws IOException {
        String brandb = "alohub.accounts.brandb.base-url";
        String brandc = "alohub.accounts.brandc.base-url";
        Path file = Files.writeString(folder.resolve("tokens"), "late:t1");
        assertEquals(
                List.of(
                        "alohub.intake.sources.shop.account is brandd, which is not configured: set it to one of brandb,"
                                + " brandc, or configure the account brandd."),
                problems(Map.of(brandb, "x", brandc, "x", "tokens", "shop:t1", "sources.shop.account", "brandd")));
        String unset = "alohub.intake.sources.%s.account is not set, so its customers go to default, which is not"
                + " configured: set it to one of brandb, or configure the account default.";
        assertEquals(List.of(unset.formatted("form")), problems(Map.of(brandb, "x", "tokens", "form:t1")));
        assertEquals(
                List.of(unset.formatted("shop")), problems(Map.of(brandb, "x", "sources.shop.hmac-secret", "secret")));
        assertEquals(
                List.of("alohub.intake.tokens-file: The file " + file
                        + " has a token of late, whose account default is not"
                        + " configured: set alohub.intake.sources.late.account to one of brandb, or configure the account"
                        + " default."),
                problems(Map.of(brandb, "x", "tokens-file", file.toString())));
        assertEquals(
                List.of(),
                problems(Map.of(
                        brandb,
                        "x",
                        "alohub.base-url",
                        "x",
                        "tokens",
                        "form:t1,b:t2",
                        "sources.b.account",
                        " brandb ")));
        assertEquals(List.of(), problems(Map.of("tokens", "form:t1")), "only the unnamed account is there");
    }

    /** Each of its rows would be rejected. */
    @Test
    void a_source_that_comes_into_the_file_without_a_configured_account_is_not_taken(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), "shop:t1");
        AtomicLong nanos = new AtomicLong();
        Sources sources = new Sources(
                settings(Map.of(
                        "alohub.accounts.brandb.base-url",
                        "x",
                        "sources.shop.account",
                        "brandb",
                        "tokens-file",
                        file.toString())),
                nanos::get);
        Files.writeString(file, "shop:t1\nlanding:t2");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertNull(sources.withToken("t2"));
        assertEquals(new Source("shop", "brandb", null), sources.withToken("t1"));
        String problem = sources.problems().getFirst();
        assertTrue(problem.contains("alohub.intake.sources.landing.account"), problem);
        Files.writeString(file, "landing t2");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertNull(sources.withToken("t1"));
    }

    @Test
    void a_token_of_the_file_is_none_of_the_settings(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), "shop:topsecret");
        assertEquals(
                List.of("alohub.intake.tokens: two sources have the same token: give each its own."),
                problems(Map.of("tokens", "form:topsecret", "tokens-file", file.toString())));
    }

    @Test
    void a_token_is_its_sources_and_two_of_one_source_are_both_valid() {
        Sources sources = sources(Map.of(
                "tokens", "form:t1, form:t2,shop:t3", "sources.shop.account", "brandb", "sources.shop.priority", "-5"));
        assertEquals(new Source("form", "default", null), sources.withToken("t1"));
        assertEquals(new Source("form", "default", null), sources.withToken("t2"));
        assertEquals(new Source("shop", "brandb", (short) -5), sources.withToken("t3"));
        assertNull(sources.withToken("t"));
        assertNull(sources.withToken("form:t1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokens | form | alohub.intake.tokens: each entry must be name:token",
                "tokens | form:a b | alohub.intake.tokens: each entry must be name:token",
                "tokens-file | /nowhere/tokens | alohub.intake.tokens-file: The file /nowhere/tokens can't be read",
                "rate | fast | alohub.intake.rate must be requests per second",
                "sources.shop.account | Brand B | alohub.intake.sources.shop.account is no account's name",
                "sources.shop.priority | 2000 | alohub.intake.sources.shop.priority must be between",
            })
    void a_wrong_setting_is_named_with_its_remedy(String setting, String value, String sentence) {
        Map<String, String> own = new HashMap<>(Map.of("tokens", "good:token,shop:other"));
        own.put(setting, value);
        List<String> problems = problems(own);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith(sentence), problems::toString);
    }

    @Test
    void a_source_by_which_no_request_could_come_is_a_wrong_setting() {
        List<String> problems = problems(Map.of("tokens", "form:t1", "sources.shop.preset", "haravan"));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith("alohub.intake.sources.shop has neither a token nor a secret"));
        assertEquals(List.of(), problems(Map.of("tokens", "shop:t1", "sources.shop.preset", "haravan")));
        assertEquals(List.of(), problems(Map.of("sources.shop.hmac-secret", "s", "sources.shop.preset", "haravan")));
        assertEquals(List.of(), problems(Map.of()));
    }

    @Test
    void no_sentence_holds_a_token() {
        assertFalse(problems(Map.of("tokens", "form:geheim wort")).toString().contains("geheim"));
    }
}
