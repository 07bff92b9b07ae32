package io.alohubsync.cli.resync;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.Rate;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a second go to each account: as set, else as learned, else as in the last minute.
 */
final class Rates {

    private static final Sql READ_LEARNED = Sql.named("cli/read-rates");

    private Rates() {}

    /** By account; an account without a known rate is absent. */
    static Map<String, Double> read(Connection connection, Settings settings) throws SQLException {
        Map<String, Double> rates = new HashMap<>();
        for (Map<String, @Nullable Object> account : Accounts.read(connection)) {
            if (account.get("accepted_per_second") instanceof Number pace && pace.doubleValue() > 0) {
                rates.put(Rows.text(account, "account"), pace.doubleValue());
            }
        }
        for (Map<String, @Nullable Object> account : READ_LEARNED.on(connection).query(Rows::of)) {
            if (account.get("learned_rate") instanceof Number learned) {
                rates.put(Rows.text(account, "account"), learned.doubleValue());
            }
        }
        rates.putAll(configured(settings));
        return rates;
    }

    private static Map<String, Double> configured(Settings settings) {
        Map<String, Double> rates = new HashMap<>();
        try {
            for (ConfiguredAccount account : ConfiguredAccount.all(settings.alohub())) {
                account.rate()
                        .ifPresent(text ->
                                rates.put(account.name(), Rate.of(text, 1).perSecond()));
            }
        } catch (RuntimeException unsound) {
            return Map.of(); // the command doctor reports the wrong setting
        }
        return rates;
    }
}
