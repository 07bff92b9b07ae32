package io.alohubsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one account, with what it takes from the account default filled in. Texts are
 * trimmed, empty ones unset.
 *
 * @param prefix of the names of its settings: {@code alohub.} or {@code alohub.accounts.brandb.}
 * @param rate   absent: learned from Alohub's answers
 */
public record ConfiguredAccount(
        String name,
        String prefix,
        Optional<String> baseUrl,
        Optional<String> apiKey,
        Optional<String> apiKeyFile,
        String apiKeyHeader,
        AlohubSettings.PhoneFormat phoneFormat,
        int concurrency,
        Optional<String> rate,
        int rateBurst,
        AlohubSettings.Order order,
        AlohubSettings.VersionUnit sourceVersionUnit) {

    /** The account whose settings have no name in them. */
    public static final String DEFAULT = "default";

    /** The account default first, unless only others are set; the others by name. Never empty. */
    public static List<ConfiguredAccount> all(AlohubSettings settings) {
        List<ConfiguredAccount> accounts = new ArrayList<>();
        ConfiguredAccount defaultAccount = defaultAccount(settings);
        new TreeMap<>(settings.accounts()).forEach((name, own) -> {
            if (isSet(own)) {
                accounts.add(named(name, own, defaultAccount));
            }
        });
        if (accounts.isEmpty() || defaultAccount.isSet()) {
            accounts.addFirst(defaultAccount);
        }
        return accounts;
    }

    /** Neither address nor key is set: the account is not configured. */
    private boolean isSet() {
        return baseUrl.isPresent() || apiKey.isPresent() || apiKeyFile.isPresent();
    }

    private static ConfiguredAccount defaultAccount(AlohubSettings settings) {
        return new ConfiguredAccount(
                DEFAULT,
                "alohub.",
                text(settings.baseUrl()),
                text(settings.apiKey()),
                text(settings.apiKeyFile()),
                settings.apiKeyHeader().strip(),
                settings.phoneFormat(),
                settings.concurrency(),
                text(settings.rate()),
                settings.rateBurst(),
                settings.order(),
                settings.sourceVersionUnit());
    }

    private static ConfiguredAccount named(
            String name, AlohubSettings.AccountSettings own, ConfiguredAccount defaultAccount) {
        return new ConfiguredAccount(
                name,
                "alohub.accounts." + name + ".",
                text(own.baseUrl()),
                text(own.apiKey()),
                text(own.apiKeyFile()),
                text(own.apiKeyHeader()).orElse(defaultAccount.apiKeyHeader),
                own.phoneFormat().orElse(defaultAccount.phoneFormat),
                own.concurrency().orElse(defaultAccount.concurrency),
                text(own.rate()).or(defaultAccount::rate),
                own.rateBurst().orElse(text(own.rate()).isPresent() ? 1 : defaultAccount.rateBurst),
                own.order().orElse(defaultAccount.order),
                own.sourceVersionUnit().orElse(defaultAccount.sourceVersionUnit));
    }

    /** A deployment's template may name an account's settings and leave all of them empty. */
    private static boolean isSet(AlohubSettings.AccountSettings own) {
        return text(own.baseUrl()).isPresent()
                || text(own.apiKey()).isPresent()
                || text(own.apiKeyFile()).isPresent()
                || text(own.apiKeyHeader()).isPresent()
                || text(own.rate()).isPresent()
                || own.phoneFormat().isPresent()
                || own.concurrency().isPresent()
                || own.rateBurst().isPresent()
                || own.order().isPresent()
                || own.sourceVersionUnit().isPresent();
    }

    private static Optional<String> text(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
