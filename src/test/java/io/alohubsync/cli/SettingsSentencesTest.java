package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.KeySource;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.config.DatabaseAddress;
import io.alohubsync.config.WrongKind;
import io.alohubsync.jdbc.DatabaseTrouble;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Sentences about settings in Vietnamese: every one that the checks say has its own. */
class SettingsSentencesTest {

    private static final Words VIETNAMESE = Words.vietnamese();
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    @TempDir
    Path folder;

    /** Each wrong in another way. */
    private static final List<Map<String, String>> WRONG = List.of(
            Map.of("alohub.base-url", ""),
            Map.of("alohub.base-url", "ftp://crm.example.vn"),
            Map.of("alohub.base-url", "https://crm.example.vn:70000"),
            Map.of("alohub.base-url", "https://an@crm.example.vn"),
            Map.of("alohub.base-url", "https://crm example"),
            Map.of("alohub.api-key", ""),
            Map.of("alohub.api-key-file", "/run/key"),
            Map.of("alohub.api-key", "khóa"),
            Map.of("alohub.api-key-header", "X Api"),
            Map.of("alohub.concurrency", "0"),
            Map.of("alohub.rate", "fast"),
            Map.of("alohub.rate", "50", "alohub.rate-burst", "51"),
            Map.of("alohub.poll-interval", "1ms"),
            Map.of("alohub.delivery.lease", "1s"),
            Map.of("alohub.delivery.backoff-min", "2h", "alohub.delivery.backoff-max", "1h"),
            Map.of("alohub.delivery.max-attempts", "0"),
            Map.of("alohub.phone.accept-prefixes", "x"),
            Map.of("alohub.phone.placeholders", "1 2"),
            Map.of("alohub.email.placeholders", "secret-1"),
            Map.of("alohub.retention.outbox", "1ms"),
            Map.of("alohub.accounts.default.base-url", "https://crm.example.vn"),
            Map.of("alohub.accounts.BrandB.base-url", "https://crm.example.vn", "alohub.accounts.BrandB.api-key", "k"),
            Map.of("alohub.intake.sources.Shop_1.preset", "odoo"),
            Map.of("alohub.concurency", "5"),
            Map.of("alohub.something-else", "5"),
            Map.of("quarkus.http.port", "70000"),
            Map.of("quarkus.management.port", "secret-1"),
            Map.of("alohub.console.oidc.client-id", "console"),
            Map.of("alohub.console.oidc.url", "login.example.vn"),
            Map.of("alohub.console.users-file", "/none"),
            Map.of("alohub.console.proxy.networks", "10.0.0.0/24,x", "alohub.console.proxy.user-header", "X Y"),
            Map.of("alohub.console.proxy.networks", "0.0.0.0/0", "alohub.console.forwarders", "10.0.0.0/7"),
            Map.of(
                    "alohub.console.proxy.networks", "10.0.0.0/24",
                    "alohub.console.encryption-key", "k",
                    "alohub.console.encryption-key-file", "/none"),
            Map.of("alohub.console.proxy.networks", "10.0.0.0/24", "alohub.console.encryption-key", "secret-1"),
            Map.of("alohub.console.proxy.networks", "10.0.0.0/24", "alohub.console.encryption-key", "a".repeat(40)),
            Map.of("alohub.console.proxy.networks", "10.0.0.0/24", "alohub.console.encryption-key-file", "/none"),
            Map.of("alohub.console.session", "1m", "alohub.console.zone", "Hanoi"),
            Map.of("alohub.console.language", "fr"),
            Map.of("alohub.intake.tokens", "secret-1"),
            Map.of("alohub.intake.tokens", "a:secret-1,b:secret-1"),
            Map.of("alohub.intake.tokens", "a:secret-1", "alohub.intake.sources.a.account", "brandb"),
            Map.of(
                    "alohub.base-url", "",
                    "alohub.api-key", "",
                    "alohub.accounts.brandb.base-url", "http://127.0.0.1:1",
                    "alohub.accounts.brandb.api-key", "key",
                    "alohub.intake.tokens", "a:secret-1"),
            Map.of("alohub.intake.tokens-file", "/none"),
            Map.of("alohub.intake.rate", "0"),
            Map.of("alohub.intake.sources.shop.preset", "shopify", "alohub.intake.sources.shop.account", "A B"),
            Map.of("alohub.intake.sources.shop.priority", "9999", "alohub.intake.sources.shop.answer-status", "300"),
            Map.of("alohub.intake.sources.shop.phone", "|", "alohub.intake.sources.shop.hmac-header", "X-Sign"),
            Map.of("alohub.intake.sources.shop.hmac-secret", "secret\u00e1-1"),
            Map.of(
                    "alohub.intake.sources.shop.hmac-secret", "s",
                    "alohub.intake.sources.shop.hmac-header", "X-Sign",
                    "alohub.intake.sources.shop.hmac-secret-file", "/none"),
            Map.of("alohub.proxy", "not a proxy", "alohub.base-url", "https://crm.example.vn"),
            Map.of("alohub.notify.mail.from", "sync@example.vn"),
            Map.of("alohub.notify.mail.to", "an", "quarkus.mailer.port", "70000", "quarkus.mailer.mock", "true"),
            Map.of("alohub.notify.webhook.secret", "0123456789abcdef"),
            Map.of("alohub.notify.webhook.url", "bridge"),
            Map.of("alohub.notify.webhook.url", "http://bridge.example.vn/", "alohub.notify.webhook.secret", "short"),
            Map.of(
                    "alohub.notify.webhook.url", "https://bridge.example.vn/",
                    "alohub.notify.webhook.secret", "0123456789abcdef",
                    "alohub.notify.webhook.secret-file", "/run/secret"),
            Map.of("alohub.notify.digest", "8", "alohub.notify.zone", "Saigon", "alohub.notify.rejected-share", "5"),
            Map.of("alohub.notify.after", "2h"),
            Map.of("quarkus.vertx.event-loops-pool-size", "4"),
            Map.of("quarkus.datasource.jdbc.url", ""),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:mysql://db/erp"),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://an:secret@db/erp"),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:99999/erp"),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/erp?sslmode=maybe"),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/erp?readOnly=true"),
            Map.of("quarkus.datasource.jdbc.url", "jdbc:postgresql://db,db2/erp?targetServerType=secondary"),
            Map.of("alohub.phone-format", "secret-1"),
            Map.of("alohub.phone.landlines", "secret-1"),
            Map.of("alohub.poll-interval", "secret-1"),
            Map.of("alohub.retention.outbox", "secret-1 days"),
            Map.of("alohub.concurrency", "secret-1"),
            Map.of("alohub.delivery.max-attempts", "1.5"),
            Map.of("alohub.intake.sources.shop.hmac-algorithm", "secret-1 allowed values: secret-2"));

    private static List<String> problems(Map<String, String> wrong) {
        Map<String, String> all = new HashMap<>(Map.of(
                "alohub.base-url",
                "http://127.0.0.1:1",
                "alohub.api-key",
                "key",
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://db/erp"));
        all.putAll(wrong);
        Settings settings = new Settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build());
        try {
            return DoctorCommand.problemsOf(settings.alohub(), settings);
        } catch (RuntimeException wrongKind) {
            return WrongKind.sentences(wrongKind);
        }
    }

    @Test
    void a_value_of_the_wrong_kind_is_not_repeated_and_what_fits_is_named() {
        assertEquals(
                List.of("alohub.phone-format must be one of e164, national."),
                problems(Map.of("alohub.phone-format", "secret-1")));
        assertEquals(
                List.of("alohub.delivery.lease must be a time, for example 500ms, 20s, 5m, 12h or 30d."),
                problems(Map.of("alohub.delivery.lease", "secret-1")));
        assertEquals(
                List.of("alohub.concurrency must be a whole number."),
                problems(Map.of("alohub.concurrency", "secret-1")));
        assertEquals(
                List.of("alohub.intake.sources.shop.hmac-algorithm must be one of sha1, sha256, sha512."),
                problems(Map.of("alohub.intake.sources.shop.hmac-algorithm", "x allowed values: secret-2")));
    }

    /** What it says before its check of the database is what the start would end with. */
    @Test
    void doctor_refuses_what_the_start_refuses_and_repeats_no_value() {
        for (Map<String, String> wrong : WRONG) {
            List<String> problems = problems(wrong);
            assertFalse(problems.isEmpty(), wrong.toString());
            assertFalse(problems.toString().contains("secret-1"), problems.toString());
        }
    }

    @Test
    void every_sentence_of_the_checks_is_translated_with_its_values() throws Exception {
        List<String> said = new ArrayList<>(List.of(DatabaseAddress.MISSING));
        for (Map<String, String> wrong : WRONG) {
            List<String> problems = problems(wrong);
            assertFalse(problems.isEmpty(), wrong.toString());
            said.addAll(problems);
        }
        for (String content : new String[] {"", "two\nlines", "k".repeat(70_000)}) {
            said.add(KeySource.problemOf(Files.writeString(folder.resolve("key"), content))
                    .orElseThrow());
        }
        said.add(KeySource.problemOf(folder.resolve("none")).orElseThrow());
        for (String tokens : new String[] {"", "two words", "a:x\nb:x", "x".repeat(2 << 20)}) {
            said.addAll(problemsOfTokens(tokens, "alohub.base-url"));
        }
        said.addAll(problemsOfTokens("a:x", "alohub.accounts.brandb.base-url"));
        said.addAll(troublesOfTheDatabase());
        for (String sentence : said) {
            String vietnamese = SettingsSentences.in(VIETNAMESE, sentence);
            assertTrue(
                    vietnamese.matches(".*[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ].*"),
                    sentence + "\n" + vietnamese);
            assertFalse(PLACE.matcher(vietnamese).find(), vietnamese);
            assertFalse(vietnamese.contains(" set it"), vietnamese);
            assertEquals(sentence, SettingsSentences.in(Words.english(), sentence));
        }
    }

    private List<String> problemsOfTokens(String tokens, String address) throws Exception {
        Path file = Files.writeString(folder.resolve("tokens"), tokens);
        Map<String, String> wrong = new HashMap<>(Map.of("alohub.intake.tokens-file", file.toString()));
        if (!address.equals("alohub.base-url")) {
            wrong.putAll(Map.of("alohub.base-url", "", "alohub.api-key", ""));
            wrong.putAll(Map.of(address, "http://127.0.0.1:1", address.replace("base-url", "api-key"), "key"));
        }
        List<String> problems = problems(wrong).stream()
                .filter(problem -> !problem.startsWith("ALOHUB_POSTGRES ")) // of the tests' own environment
                .toList();
        assertEquals(1, problems.size(), problems::toString);
        return problems;
    }

    private static List<String> troublesOfTheDatabase() {
        return Stream.of(
                        new SQLException("x", "08001", new UnknownHostException("db")),
                        new SQLException("x", "08001", new NoRouteToHostException()),
                        new SQLException("x", "08001", new SocketTimeoutException()),
                        new SQLException("x", "08001", new ConnectException()),
                        new SQLException("x", "08001", new SSLException("x")),
                        new SQLException("x", "08006"),
                        new SQLException("x", "28P01"),
                        new SQLException("x", "28000"),
                        new SQLException("x", "3D000"),
                        new SQLException("x", "25006"),
                        new SQLException("x", "53300"),
                        new SQLException("x", "53100"),
                        new SQLException("x", "53200"),
                        new SQLException("x", "42501"),
                        new SQLException("x", "58030"),
                        new SQLException("x", "XX000"),
                        new PSQLException(new ServerErrorMessage("SFATAL\0C08P01\0Mno more connections\0")))
                .map(DatabaseTrouble::describe)
                .toList();
    }

    @Test
    void both_languages_hold_the_same_values() {
        for (SettingsSentences.Pair pair : SettingsSentences.pairs()) {
            assertEquals(places(pair.english()), places(pair.vietnamese()), pair.english());
        }
    }

    /**
     * Servers of each wrong kind are not at hand: a sentence that changes in the code must change
     * here too.
     */
    @Test
    void sentences_about_the_server_and_the_migration_stand_in_the_code_as_they_are_translated() throws Exception {
        String code = "";
        for (String file : List.of("ServerCheck", "Migration")) {
            code += Files.readString(Path.of("src/main/java/io/alohubsync/schema/" + file + ".java"))
                    .replaceAll("\"\\s*\\+\\s*\"", "")
                    .replace("\\\"", "\"");
        }
        List<SettingsSentences.Pair> pairs = SettingsSentences.pairs().stream()
                .filter(
                        pair -> pair.english()
                                .matches(
                                        ".*(schema alohub|alohub-sync needs|the migration|refuses a parameter|a pooler that|the sources rest).*"))
                .toList();
        assertEquals(12, pairs.size());
        for (SettingsSentences.Pair pair : pairs) {
            for (String part : PLACE.split(pair.english())) {
                assertTrue(code.contains(part.strip()), pair.english());
            }
        }
    }

    private static Set<String> places(String text) {
        return new TreeSet<>(
                PLACE.matcher(text).results().map(MatchResult::group).toList());
    }

    @Test
    void values_stand_where_they_belong_and_what_is_not_known_stays() {
        assertEquals(
                "alohub.concurency không phải là cài đặt; có phải ý bạn là alohub.concurrency (ALOHUB_CONCURRENCY)?"
                        + " Hãy sửa hoặc xóa nó.",
                SettingsSentences.in(
                        VIETNAMESE, problems(Map.of("alohub.concurency", "5")).getFirst()));
        assertEquals("Something new.", SettingsSentences.in(VIETNAMESE, "Something new."));
    }
}
