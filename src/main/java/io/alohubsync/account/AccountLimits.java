package io.alohubsync.account;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this replica is set to do for its accounts. The key itself is never read here. */
@ApplicationScoped
public class AccountLimits {

    private final Map<String, ConfiguredAccount> accounts = new HashMap<>();

    AccountLimits(AlohubSettings settings) {
        ConfiguredAccount.all(settings).forEach(account -> accounts.put(account.name(), account));
    }

    /**
     * @param concurrency of this replica.
     * @param rate     calls over all replicas; null: learned
     * @param keySince the key is at most as old; of a key that is no file the start of this process
     */
    public record Limits(
            String baseUrl, int concurrency, @Nullable String rate, Instant keySince, boolean keyInFile) {}

    /** @return null: this replica does not serve it */
    public @Nullable Limits of(String name) {
        ConfiguredAccount account = accounts.get(name);
        if (account == null) {
            return null;
        }
        return new Limits(
                account.baseUrl().orElse(""),
                account.concurrency(),
                account.rate().orElse(null),
                since(account),
                account.apiKeyFile().isPresent());
    }

    private static Instant since(ConfiguredAccount account) {
        try {
            if (account.apiKeyFile().isPresent()) {
                return Files.getLastModifiedTime(Path.of(account.apiKeyFile().get()))
                        .toInstant();
            }
        } catch (IOException unreadable) {
            // the last good key is in use
        }
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
