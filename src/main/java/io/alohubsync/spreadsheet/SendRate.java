package io.alohubsync.spreadsheet;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.Rate;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How fast an account's customers will be sent. */
public final class SendRate {

    private SendRate() {}

    /** Calls a second, as configured, or else as learned from Alohub's refusals. */
    public static OptionalDouble of(AlohubSettings settings, ImportStore store, String account) throws SQLException {
        for (ConfiguredAccount one : ConfiguredAccount.all(settings)) {
            if (one.name().equals(account) && one.rate().isPresent()) {
                try {
                    return OptionalDouble.of(Rate.of(one.rate().get(), 1).perSecond());
                } catch (IllegalArgumentException wrong) {
                    return OptionalDouble.empty(); // doctor says so
                }
            }
        }
        @Nullable Double learned = store.learnedRate(account);
        return learned == null ? OptionalDouble.empty() : OptionalDouble.of(learned);
    }
}
