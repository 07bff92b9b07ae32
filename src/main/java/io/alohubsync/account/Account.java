package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.Rate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Alohub tenant as this replica is configured for it.
 *
 * @param concurrency calls at a time of this replica
 * @param rate        over all replicas; null: learned from Alohub's answers
 * @param order       what decides which of two rows is the newer
 */
public record Account(
        String name,
        URI baseUri,
        KeySource key,
        String keyHeader,
        AlohubSettings.PhoneFormat phoneFormat,
        int concurrency,
        @Nullable Rate rate,
        RowOrder order) {

    /** @param settings that were checked */
    public static List<Account> all(AlohubSettings settings) {
        return ConfiguredAccount.all(settings).stream().map(Account::of).toList();
    }

    private static Account of(ConfiguredAccount configured) {
        return new Account(
                configured.name(),
                URI.create(withoutSlash(configured.baseUrl().orElseThrow())),
                configured
                        .apiKeyFile()
                        .map(file -> KeySource.inFile(Path.of(file)))
                        .orElseGet(() -> KeySource.fixed(configured.apiKey().orElseThrow())),
                configured.apiKeyHeader(),
                configured.phoneFormat(),
                configured.concurrency(),
                configured
                        .rate()
                        .map(rate -> Rate.of(rate, configured.rateBurst()))
                        .orElse(null),
                new RowOrder(
                        configured.order() == AlohubSettings.Order.SOURCE_VERSION, configured.sourceVersionUnit()));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
