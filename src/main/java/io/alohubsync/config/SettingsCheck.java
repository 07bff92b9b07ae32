package io.alohubsync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is wrong with the settings: one sentence each, which names the setting and the remedy. Never
 * prints a key.
 */
public final class SettingsCheck {

    /** Of each call, or of the connection. In lower case. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "traceparent",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    /** RFC 9110, 5.6.2: the characters of a header's name. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern PREFIX = Pattern.compile("0[0-9]{1,9}");
    private static final Pattern PLACEHOLDER = Pattern.compile("0[0-9]{6,14}");
    private static final Pattern EMAIL_PLACEHOLDER = Pattern.compile("(?=[^@]+@[^@]+$)(?=[^*]*\\*?[^*]*$)\\S{3,}");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEAST_KEPT = Duration.ofSeconds(1); // so short only for a test

    private final AlohubSettings settings;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(AlohubSettings settings) {
        this.settings = settings;
    }

    /** @return empty when the settings are sound */
    public static List<String> problemsOf(AlohubSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        for (ConfiguredAccount account : ConfiguredAccount.all(settings)) {
            check.name(account);
            check.endpoint(account);
            check.key(account);
            check.pace(account);
        }
        check.intervals();
        check.within(
                "alohub.connection.idle", settings.connection().idle(), Duration.ofMillis(100), Duration.ofHours(1));
        check.within("alohub.connection.max-age", settings.connection().maxAge(), Duration.ofSeconds(1), DAY);
        check.delivery();
        check.kept("alohub.retention.outbox", settings.retention().outbox());
        check.kept("alohub.retention.attempts", settings.retention().attempts());
        check.prefixes("alohub.phone.accept-prefixes", settings.phone().acceptPrefixes());
        check.prefixes(
                "alohub.phone.deny-prefixes", settings.phone().denyPrefixes().orElse(List.of()));
        check.placeholders(settings.phone().placeholders());
        check.emailPlaceholders(settings.email().placeholders());
        return check.problems;
    }

    private void name(ConfiguredAccount account) {
        if (account.name().equals(ConfiguredAccount.DEFAULT)
                && !account.prefix().equals("alohub.")) {
            problems.add(
                    "alohub.accounts.default is not allowed, because the account default has no prefix: set alohub.base-url,"
                            + " alohub.api-key and the others instead.");
        } else if (!account.name().matches("[a-z0-9]{1,63}")) {
            problems.add(account.prefix()
                    + "*: an account's name is 1 to 63 lower-case letters and digits (a-z, 0-9): rename it.");
        }
    }

    private void endpoint(ConfiguredAccount account) {
        String setting = account.prefix() + "base-url";
        if (account.baseUrl().isEmpty()) {
            problems.add(setting + " is missing: set it (or " + Variable.of(setting)
                    + ") to Alohub's address, for example https://crm.example.vn.");
            return;
        }
        try {
            URI uri = new URI(account.baseUrl().get());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                problems.add(
                        setting + " must be an http or https address with a host, for example https://crm.example.vn.");
            } else if (uri.getPort() == 0 || uri.getPort() > 65_535) {
                problems.add(setting + " has a port that does not exist: set one between 1 and 65535, or none.");
            } else if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                problems.add(
                        setting
                                + " must have no user, query or fragment: give the scheme, the host, and a path if there is one.");
            } else {
                EgressProxy.of(settings)
                        .problem(uri)
                        .filter(problem -> !problems.contains(problem))
                        .ifPresent(problems::add);
            }
        } catch (URISyntaxException notAnAddress) {
            problems.add(setting + " is not an address: set it to one like https://crm.example.vn.");
        }
    }

    private void key(ConfiguredAccount account) {
        String key = account.prefix() + "api-key";
        String file = account.prefix() + "api-key-file";
        if (account.apiKey().isPresent() && account.apiKeyFile().isPresent()) {
            problems.add(key + " and " + file + " are both set: keep one of them.");
        } else if (account.apiKey().isEmpty() && account.apiKeyFile().isEmpty()) {
            problems.add(key + " is missing: set it (or " + Variable.of(key) + "), or " + file
                    + " to a file that holds the key.");
        }
        account.apiKey().flatMap(SettingsCheck::problemOfKey).ifPresent(problem -> problems.add(key + " " + problem));
        if (!HEADER_NAME.matcher(account.apiKeyHeader()).matches()) {
            problems.add(account.prefix()
                    + "api-key-header is not a header's name: set it to one like Authorization or X-Api-Key.");
        } else if (OWN_HEADERS.contains(account.apiKeyHeader().toLowerCase(Locale.ROOT))) {
            problems.add(account.prefix() + "api-key-header is a header that each call has for another purpose:"
                    + " set it to one like Authorization or X-Api-Key.");
        }
    }

    /** @param key trimmed */
    public static Optional<String> problemOfKey(String key) {
        boolean sound = key.chars().allMatch(character -> character >= 0x20 && character <= 0x7E);
        return sound
                ? Optional.empty()
                : Optional.of(
                        "holds a line break, a control character or a character outside ASCII: set it to the key alone, on one line.");
    }

    private void pace(ConfiguredAccount account) {
        if (account.concurrency() < 1 || account.concurrency() > 1000) {
            problems.add(account.prefix() + "concurrency must be between 1 and 1000 calls at a time.");
        }
        try {
            account.rate().ifPresent(rate -> Rate.of(rate, 1));
        } catch (IllegalArgumentException unsound) {
            problems.add(account.prefix()
                    + "rate must be calls per second or in a window, for example 50, 50/1s or 300/10s, between 0.01 and 100000"
                    + " calls per second in a window of a day at most; leave it out, and the daemon learns it.");
            return;
        }
        try {
            Rate.of(account.rate().orElse("1000000/1d"), account.rateBurst());
        } catch (IllegalArgumentException unsound) {
            problems.add(
                    account.prefix() + "rate-burst must be a whole number between 1 and the calls of one window of "
                            + account.prefix() + "rate.");
        }
    }

    private void intervals() {
        within("alohub.poll-interval", settings.pollInterval(), Duration.ofMillis(10), Duration.ofMinutes(1));
        within("alohub.breaker.probe-interval", settings.breaker().probeInterval(), Duration.ofMillis(100), DAY);
        within("alohub.breaker.ramp", settings.breaker().ramp(), Duration.ZERO, Duration.ofHours(1));
    }

    private void delivery() {
        DeliverySettings delivery = settings.delivery();
        within("alohub.delivery.send-by", delivery.sendBy(), Duration.ofMillis(10), DAY);
        within("alohub.delivery.call-deadline", delivery.callDeadline(), Duration.ofMillis(10), DAY);
        within("alohub.delivery.quarantine", delivery.quarantine(), Duration.ZERO, DAY);
        within("alohub.delivery.lease", delivery.lease(), Duration.ofMillis(10), DAY);
        within("alohub.delivery.backoff-min", delivery.backoffMin(), Duration.ofMillis(1), DAY);
        within("alohub.delivery.backoff-max", delivery.backoffMax(), Duration.ofMillis(1), Duration.ofDays(30));
        Duration least = delivery.sendBy().plus(delivery.callDeadline()).plus(delivery.quarantine());
        if (delivery.lease().compareTo(least) < 0) {
            problems.add("alohub.delivery.lease (" + text(delivery.lease())
                    + ") must be at least send-by + call-deadline + quarantine (" + text(least)
                    + "): raise alohub.delivery.lease, or lower one of the three.");
        }
        if (delivery.backoffMax().compareTo(delivery.backoffMin()) < 0) {
            problems.add("alohub.delivery.backoff-max must be at least alohub.delivery.backoff-min: raise it to "
                    + text(delivery.backoffMin()) + " or more.");
        }
        if (delivery.maxAttempts() < 1 || delivery.maxAttempts() > 1000) {
            problems.add("alohub.delivery.max-attempts must be between 1 and 1000.");
        }
    }

    private void prefixes(String setting, List<String> prefixes) {
        if (!prefixes.stream().allMatch(prefix -> PREFIX.matcher(prefix.strip()).matches())) {
            problems.add(setting + " must be prefixes with their zero, separated by commas, for example 055,065.");
        }
    }

    private void placeholders(List<String> numbers) {
        if (!numbers.stream()
                .allMatch(number -> PLACEHOLDER.matcher(number.strip()).matches())) {
            problems.add("alohub.phone.placeholders must be whole numbers with their zero, without spaces, separated by"
                    + " commas, for example 0900000000,0123456789.");
        }
    }

    private void emailPlaceholders(List<String> addresses) {
        if (!addresses.stream()
                .allMatch(address -> EMAIL_PLACEHOLDER.matcher(address.strip()).matches())) {
            problems.add(
                    "alohub.email.placeholders must be addresses with at most one * in each, separated by commas, for"
                            + " example guest@example.com,*.guest@example.com.");
        }
    }

    private void kept(String setting, Duration age) {
        if (!age.isZero() && (age.compareTo(LEAST_KEPT) < 0 || age.compareTo(Duration.ofDays(3650)) > 0)) {
            problems.add(setting + " is " + text(age) + ": set it between 1s and 3650d, or to 0 to keep all for ever.");
        }
    }

    private void within(String setting, Duration value, Duration least, Duration most) {
        within(problems, setting, value, least, most);
    }

    static void within(List<String> problems, String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(
                    setting + " is " + text(value) + ": set it between " + text(least) + " and " + text(most) + ".");
        }
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
