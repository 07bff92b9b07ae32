package io.alohubsync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with the settings: one sentence each, which names the setting and the remedy. Never prints a key. */
public final class SettingsCheck {

    /** RFC 9110, 5.6.2: the characters of a header's name. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern PREFIX = Pattern.compile("0[0-9]{1,9}");
    private static final Duration DAY = Duration.ofDays(1);

    private final AlohubSettings settings;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(AlohubSettings settings) {
        this.settings = settings;
    }

    /** @return empty when the settings are sound */
    public static List<String> problemsOf(AlohubSettings settings) {
        SettingsCheck check = new SettingsCheck(settings);
        check.endpoint();
        check.key();
        check.pace();
        check.delivery();
        check.prefixes("alohub.phone.accept-prefixes", settings.phone().acceptPrefixes());
        check.prefixes(
                "alohub.phone.deny-prefixes", settings.phone().denyPrefixes().orElse(List.of()));
        return check.problems;
    }

    private void endpoint() {
        Optional<String> url = settings.baseUrl().map(String::strip).filter(text -> !text.isEmpty());
        if (url.isEmpty()) {
            problems.add(
                    "alohub.base-url is missing: set it (or ALOHUB_BASE_URL) to Alohub's address, for example https://crm.example.vn.");
            return;
        }
        try {
            URI uri = new URI(url.get());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                problems.add(
                        "alohub.base-url must be an http or https address with a host, for example https://crm.example.vn.");
            } else if (uri.getPort() == 0 || uri.getPort() > 65_535) {
                problems.add("alohub.base-url has a port that does not exist: set one between 1 and 65535, or none.");
            } else if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                problems.add(
                        "alohub.base-url must have no user, query or fragment: give the scheme, the host, and a path if there is one.");
            }
        } catch (URISyntaxException notAnAddress) {
            problems.add("alohub.base-url is not an address: set it to one like https://crm.example.vn.");
        }
    }

    private void key() {
        Optional<String> key = settings.apiKey().map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> file = settings.apiKeyFile().map(String::strip).filter(text -> !text.isEmpty());
        if (key.isPresent() && file.isPresent()) {
            problems.add("alohub.api-key and alohub.api-key-file are both set: keep one of them.");
        } else if (key.isEmpty() && file.isEmpty()) {
            problems.add(
                    "alohub.api-key is missing: set it (or ALOHUB_API_KEY), or alohub.api-key-file to a file that holds the key.");
        }
        key.flatMap(SettingsCheck::problemOfKey).ifPresent(problem -> problems.add("alohub.api-key " + problem));
        if (!HEADER_NAME.matcher(settings.apiKeyHeader().strip()).matches()) {
            problems.add(
                    "alohub.api-key-header is not a header's name: set it to one like Authorization or X-Api-Key.");
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

    private void pace() {
        if (settings.concurrency() < 1 || settings.concurrency() > 1000) {
            problems.add("alohub.concurrency must be between 1 and 1000 calls at a time.");
        }
        double rate = settings.rate().orElse(1);
        if (!(rate >= 0.01 && rate <= 100_000)) {
            problems.add("alohub.rate must be between 0.01 and 100000 calls per second; leave it out for no limit.");
        }
        within("alohub.poll-interval", settings.pollInterval(), Duration.ofMillis(10), Duration.ofMinutes(1));
        within("alohub.gate.probe-interval", settings.gate().probeInterval(), Duration.ofMillis(100), DAY);
    }

    private void delivery() {
        AlohubSettings.DeliverySettings delivery = settings.delivery();
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

    private void within(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(
                    setting + " is " + text(value) + ": set it between " + text(least) + " and " + text(most) + ".");
        }
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
