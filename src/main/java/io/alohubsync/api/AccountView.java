package io.alohubsync.api;

import io.alohubsync.account.AccountLimits;
import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.AccountFigures.Backlog;
import io.alohubsync.operate.overview.AccountFigures.Point;
import io.alohubsync.operate.overview.AccountFigures.State;
import io.alohubsync.operate.overview.AccountFigures.Today;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as the API shows it.
 *
 * @param limits of the replica that answers; null: it does not serve the account. Never the key
 */
record AccountView(
        String account,
        State state,
        Backlog backlog,
        Today today,
        List<Point> minutes,
        List<Point> hours,
        AccountLimits.@Nullable Limits limits) {

    static AccountView of(AccountFigures figures, AccountLimits.@Nullable Limits limits) {
        return new AccountView(
                figures.account(),
                figures.state(),
                figures.backlog(),
                figures.today(),
                figures.minutes(),
                figures.hours(),
                limits);
    }
}
