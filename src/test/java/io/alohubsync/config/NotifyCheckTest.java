package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyCheckTest {

    private static final Map<String, String> MAIL = Map.of(
            "mail.to", "an@example.vn,binh@example.vn", "mail.from", "sync@example.vn", "host", "smtp.example.vn");
    private static final Map<String, String> WEBHOOK =
            Map.of("webhook.url", "https://bridge.example.vn/t0ken?x=1", "webhook.secret", "0123456789abcdef");

    private static List<String> problems(Map<String, String> base, Map<String, String> changed) {
        Map<String, String> all = new HashMap<>();
        base.forEach((name, value) -> all.put(full(name), value));
        changed.forEach((name, value) -> all.put(full(name), value));
        all.values().removeIf(String::isEmpty);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        return NotifyCheck.problemsOf(
                config.getConfigMapping(AlohubSettings.class).notifications(), config);
    }

    private static String full(String name) {
        return name.equals("host") || name.equals("port") ? "quarkus.mailer." + name : "alohub.notify." + name;
    }

    @Test
    void nothing_set_is_off_and_sound_and_so_are_mail_webhook_and_both() {
        assertEquals(List.of(), problems(Map.of(), Map.of()));
        assertEquals(List.of(), problems(MAIL, Map.of()));
        assertEquals(List.of(), problems(WEBHOOK, Map.of()));
        assertEquals(List.of(), problems(MAIL, WEBHOOK));
        assertEquals(List.of(), problems(WEBHOOK, Map.of("webhook.url", "http://127.0.0.1:9000/x")));
        assertEquals(
                List.of(),
                problems(WEBHOOK, Map.of("webhook.url", "http://bridge.internal/x", "webhook.allow-http", "true")));
        assertEquals(List.of(), problems(MAIL, Map.of("digest", "off", "zone", "UTC", "language", "en")));
    }

    @Test
    void a_mail_server_that_is_quarkus_own_default_is_missing_and_one_that_somebody_set_is_not() {
        Map<String, String> all = new HashMap<>();
        MAIL.forEach((name, value) -> all.put(full(name), value));
        all.remove("quarkus.mailer.host");
        List<String> problems = problemsWithDefaults(all);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("quarkus.mailer.host is missing"));
        all.put("quarkus.mailer.host", "localhost");
        assertEquals(List.of(), problemsWithDefaults(all));
    }

    private static List<String> problemsWithDefaults(Map<String, String> all) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValue("quarkus.mailer.host", "localhost")
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        return NotifyCheck.problemsOf(
                config.getConfigMapping(AlohubSettings.class).notifications(), config);
    }

    @ParameterizedTest
    @CsvSource({
        "mail.to, an.example.vn, alohub.notify.mail.to",
        "mail.to, 'An <an@example.vn>', alohub.notify.mail.to",
        "mail.from, '', alohub.notify.mail.from",
        "mail.from, x, alohub.notify.mail.from",
        "mail.to, '', alohub.notify.mail.to",
        "host, '', quarkus.mailer.host",
        "port, 70000, quarkus.mailer.port",
        "digest, 8 o'clock, alohub.notify.digest",
        "digest, 24:00, alohub.notify.digest",
        "zone, Saigon, alohub.notify.zone",
        "after, 2h, alohub.notify.after",
        "interval, 10m, alohub.notify.interval",
        "overdue, 10s, alohub.notify.overdue",
        "rejected-share, 5, alohub.notify.rejected-share",
        "console-url, sync.example.vn, alohub.notify.console-url"
    })
    void what_is_wrong_about_mail_is_one_sentence_with_the_setting(String name, String value, String setting) {
        assertOne(problems(MAIL, Map.of(name, value)), setting);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook.url, bridge.example.vn, alohub.notify.webhook.url",
        "webhook.url, http://bridge.example.vn/t0ken, alohub.notify.webhook.url",
        "webhook.url, https://an:t0ken@bridge.example.vn/, alohub.notify.webhook.url",
        "webhook.url, https://bridge.example.vn:0/, alohub.notify.webhook.url",
        "webhook.url, '', alohub.notify.webhook.url",
        "webhook.secret, '', alohub.notify.webhook.secret",
        "webhook.secret, t0ken, alohub.notify.webhook.secret",
        "webhook.secret-file, /run/secret, alohub.notify.webhook.secret-file"
    })
    void what_is_wrong_about_the_webhook_is_one_sentence_without_its_secrets(
            String name, String value, String setting) {
        List<String> problems = problems(WEBHOOK, Map.of(name, value));
        assertOne(problems, setting);
        assertFalse(problems.getFirst().contains("t0ken"), problems::toString);
        assertFalse(problems.getFirst().contains("0123456789"), problems::toString);
    }

    @Test
    void a_time_out_of_its_bounds_is_printed_as_it_is() {
        assertEquals(
                List.of("alohub.notify.interval is 500ms: set it between 1s and 60s."),
                problems(MAIL, Map.of("interval", "500ms")));
    }

    private static void assertOne(List<String> problems, String setting) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(setting), problems::toString);
    }
}
