package io.alohubsync.config;

import io.alohubsync.config.NotifySettings.WebhookSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * What is wrong with the settings of notifications: one sentence each, which names the setting and
 * the remedy. No secret in it.
 */
public final class NotifyCheck {

    private static final String BEFORE = "alohub.notify.";
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\\p{Cntrl}]+@[^\\s@<>,;\\p{Cntrl}]+");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");
    private static final int SHORTEST_SECRET = 16;
    private static final String HOST = "quarkus.mailer.host";
    private static final String MOCK = "quarkus.mailer.mock";

    /**
     * Sources of defaults stand at the very end (-2³¹ and a little more); those that people write
     * into are far above.
     */
    private static final int DEFAULTS = -1_000_000;

    private final NotifySettings settings;
    private final Config config;
    private final List<String> problems = new ArrayList<>();

    private NotifyCheck(NotifySettings settings, Config config) {
        this.settings = settings;
        this.config = config;
    }

    public static List<String> problemsOf(NotifySettings settings, Config config) {
        NotifyCheck check = new NotifyCheck(settings, config);
        check.mail();
        check.webhook();
        check.times();
        settings.consoleUrl().ifPresent(url -> check.address(BEFORE + "console-url", url));
        return check.problems;
    }

    private void mail() {
        Optional<String> from = settings.mail().from();
        from.ifPresent(address -> mailAddress("mail.from", address));
        if (settings.mail().to().isEmpty()) {
            if (from.isPresent()) {
                problems.add(BEFORE + "mail.to is missing: set it to who gets the mails, or remove " + BEFORE
                        + "mail.from.");
            }
            return;
        }
        settings.mail().to().get().forEach(address -> mailAddress("mail.to", address));
        if (setting(HOST).isEmpty()) {
            problems.add(HOST + " is missing: set it to the mail server that takes the mails of " + BEFORE
                    + "mail.to, for example smtp.example.vn.");
        }
        if (from.isEmpty() && setting("quarkus.mailer.from").isEmpty()) {
            problems.add(BEFORE + "mail.from is missing: set it to the address that mails come from, for example"
                    + " alohub-sync@example.vn.");
        }
        if (config.getOptionalValue(MOCK, Boolean.class).orElse(false)) {
            problems.add(MOCK + " is true, so that no mail goes out: remove it.");
        }
        int port = config.getOptionalValue("quarkus.mailer.port", Integer.class).orElse(25);
        if (port < 1 || port > 65_535) {
            problems.add("quarkus.mailer.port is no port: set it to a number between 1 and 65535.");
        }
    }

    /**
     * As somebody set it: Quarkus' own default, localhost, is no mail server that a person chose.
     */
    private Optional<String> setting(String name) {
        ConfigValue value = config.getConfigValue(name);
        return Optional.ofNullable(value.getValue())
                .filter(text -> !text.isBlank() && value.getSourceOrdinal() > DEFAULTS);
    }

    private void mailAddress(String setting, String address) {
        if (!ADDRESS.matcher(address.strip()).matches()) {
            problems.add(BEFORE + setting + " holds what is no mail address: set it to one like an@example.vn.");
        }
    }

    private void webhook() {
        WebhookSettings webhook = settings.webhook();
        boolean hasSecret = webhook.secret().isPresent() || webhook.secretFile().isPresent();
        if (webhook.url().isEmpty()) {
            if (hasSecret) {
                problems.add(BEFORE + "webhook.url is missing: set it to where messages are posted, or remove the"
                        + " secret.");
            }
            return;
        }
        if (!hasSecret) {
            problems.add(BEFORE + "webhook.secret is missing: set it, or " + BEFORE
                    + "webhook.secret-file, to at least 16 characters that the receiver knows too.");
        } else if (webhook.secret().isPresent() && webhook.secretFile().isPresent()) {
            problems.add(
                    BEFORE + "webhook.secret and " + BEFORE + "webhook.secret-file are both set: keep one of them.");
        } else if (webhook.secret().isPresent()
                && webhook.secret().get().strip().length() < SHORTEST_SECRET) {
            problems.add(BEFORE + "webhook.secret is shorter than 16 characters: set a longer one.");
        }
        address(BEFORE + "webhook.url", webhook.url().get()).ifPresent(this::transport);
    }

    private Optional<URI> address(String setting, String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (List.of("http", "https").contains(scheme)
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException notAnAddress) {
            // as any other that is none; the address may hold a token, so it is not printed
        }
        problems.add(
                setting + " must be an http or https address with a host, without a user or a fragment, for example"
                        + " https://bridge.example.vn/alohub.");
        return Optional.empty();
    }

    private void transport(URI url) {
        if ("http".equalsIgnoreCase(url.getScheme())
                && !LOOPBACK.matcher(url.getHost()).matches()
                && !settings.webhook().allowHttp()) {
            problems.add(BEFORE + "webhook.url is http, which anybody on the way can read: set an https address, or "
                    + BEFORE + "webhook.allow-http to true.");
        }
    }

    private void times() {
        if (!settings.digest().strip().equals("off")
                && !TIME.matcher(settings.digest().strip()).matches()) {
            problems.add(BEFORE + "digest is no time: set it to hours and minutes, for example 08:00, or to off.");
        }
        try {
            ZoneId.of(settings.zone().strip());
        } catch (DateTimeException unknown) {
            problems.add(BEFORE + "zone is no time zone: set it to one like Asia/Ho_Chi_Minh.");
        }
        SettingsCheck.within(
                problems, BEFORE + "interval", settings.interval(), Duration.ofSeconds(1), Duration.ofMinutes(1));
        SettingsCheck.within(problems, BEFORE + "after", settings.after(), Duration.ZERO, Duration.ofHours(1));
        SettingsCheck.within(
                problems, BEFORE + "overdue", settings.overdue(), Duration.ofMinutes(1), Duration.ofDays(7));
        if (!(settings.rejectedShare() >= 0.001 && settings.rejectedShare() <= 1)) {
            problems.add(BEFORE + "rejected-share must be between 0.001 and 1: 0.05 is one row in twenty.");
        }
    }
}
