package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.phone.PhoneRules;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One Alohub tenant as this replica is configured for it.
 *
 * @param rate calls per second over all replicas; null: unlimited
 */
public record Account(
        String name,
        URI baseUri,
        KeySource key,
        String keyHeader,
        AlohubSettings.PhoneFormat phoneFormat,
        int concurrency,
        @Nullable Double rate,
        PhoneRules phoneRules) {

    public static final String DEFAULT = "default";

    /** @param settings that were checked */
    public static Account from(AlohubSettings settings) {
        OptionalDouble rate = settings.rate();
        return new Account(
                DEFAULT,
                URI.create(withoutSlash(settings.baseUrl().orElseThrow().strip())),
                settings.apiKeyFile()
                        .map(file -> KeySource.inFile(Path.of(file.strip())))
                        .orElseGet(() -> KeySource.fixed(settings.apiKey().orElseThrow())),
                settings.apiKeyHeader().strip(),
                settings.phoneFormat(),
                settings.concurrency(),
                rate.isPresent() ? rate.getAsDouble() : null,
                rules(settings.phone()));
    }

    private static PhoneRules rules(AlohubSettings.PhoneSettings phone) {
        return new PhoneRules(
                phone.several() == AlohubSettings.Several.FIRST_MOBILE,
                phone.landlines() == AlohubSettings.Landlines.ACCEPT,
                phone.convertOldPrefixes(),
                phone.acceptPrefixes().stream().map(String::strip).toList(),
                phone.denyPrefixes().orElse(List.of()).stream()
                        .map(String::strip)
                        .toList(),
                new HashSet<>(phone.placeholders().stream().map(String::strip).toList()));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
