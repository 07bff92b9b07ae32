package io.alohubsync.intake;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.IntakeSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the settings of the intake: one sentence each, which names the setting and the
 * remedy. No secret in it.
 */
final class IntakeCheck {

    private static final String ACCOUNT = "[a-z0-9]{1,63}";

    private final IntakeSettings settings;
    private final List<String> accounts;
    private final List<String> problems = new ArrayList<>();

    IntakeCheck(AlohubSettings settings) {
        this.settings = settings.intake();
        this.accounts = ConfiguredAccount.all(settings).stream()
                .map(ConfiguredAccount::name)
                .toList();
    }

    /** @param sources those that may write, by settings or by token */
    List<String> problems(Set<String> sources) {
        rate();
        new TreeMap<>(settings.sources()).forEach(this::source);
        new TreeSet<>(sources).forEach(this::account);
        return problems;
    }

    private void account(String source) {
        SourceSettings own = settings.sources().get(source);
        String account = unknownAccount(source);
        if (account != null) {
            problems.add("alohub.intake.sources." + source + ".account is "
                    + (own == null || own.account().isEmpty() ? "not set, so its customers go to " : "")
                    + account + ", which is not configured: set it to one of " + String.join(", ", accounts)
                    + ", or configure the account " + account + ".");
        }
    }

    /**
     * What is wrong with a source of the tokens' file.
     *
     * @return null: nothing
     */
    @Nullable
    String problemOf(String source) {
        String account = unknownAccount(source);
        return account == null
                ? null
                : "has a token of " + source + ", whose account " + account
                        + " is not configured: set alohub.intake.sources." + source + ".account to one of "
                        + String.join(", ", accounts) + ", or configure the account " + account + ".";
    }

    /** All its rows would be rejected, and none of its requests. @return null: it is configured */
    private @Nullable String unknownAccount(String source) {
        SourceSettings own = settings.sources().get(source);
        String account = own == null
                ? ConfiguredAccount.DEFAULT
                : own.account().map(String::strip).orElse(ConfiguredAccount.DEFAULT);
        return account.matches(ACCOUNT) && !accounts.contains(account) ? account : null;
    }

    private void rate() {
        try {
            Rate.of(settings.rate(), 1);
        } catch (IllegalArgumentException unsound) {
            problems.add(
                    "alohub.intake.rate must be requests per second or in a window, for example 100 or 600/1m, between"
                            + " 0.01 and 100000 per second in a window of a day at most.");
        }
    }

    private void source(String name, SourceSettings own) {
        String prefix = "alohub.intake.sources." + name + ".";
        if (own.account().isPresent() && !own.account().get().strip().matches(ACCOUNT)) {
            problems.add(prefix + "account is no account's name: set it to one of alohub.accounts, or leave it out.");
        }
        if (own.priority().isPresent()
                && (own.priority().getAsInt() < -1000 || own.priority().getAsInt() > 1000)) {
            problems.add(prefix + "priority must be between -1000 and 1000: higher goes first.");
        }
    }
}
