package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.HotPath;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A limit of the day: a pause of hours, tried once an hour. Tests move the account's row, not the
 * clock.
 */
class LongPauseIT {

    private final HotPath path = new HotPath();
    private final BreakerStore breaker = new BreakerStore(
            path.database.dataSource(),
            new Account(
                    "default",
                    URI.create("http://127.0.0.1"),
                    KeySource.fixed("a-key-of-nobody"),
                    "Authorization",
                    AlohubSettings.PhoneFormat.NATIONAL,
                    64,
                    null,
                    RowOrder.BY_ID),
            Duration.ofSeconds(30),
            Duration.ofSeconds(8));

    @BeforeEach
    void two_customers_are_due() throws SQLException {
        path.insert("0868793800", "A", null);
        path.insert("0912345678", "B", null);
        path.merge();
    }

    private List<Claimed> probe() throws SQLException {
        try (Connection connection = path.database.daemonConnection()) {
            return ClaimSql.claimForProbe(connection, new LeaseRequest("default", HotPath.KEY, 1, HotPath.LEASE));
        }
    }

    private void pass(String time) {
        path.database.execute("UPDATE alohub.account SET state_since = state_since - interval '" + time
                + "', state_until = state_until - interval '" + time + "', probe_at = probe_at - interval '" + time
                + "'");
    }

    private String hoursLeft() {
        return path.database.one(
                "SELECT round(extract(epoch FROM until - clock_timestamp()) / 3600, 2) FROM alohub.account_status"
                        + " WHERE state = 'THROTTLED'");
    }

    @Test
    void the_status_tells_its_end_and_it_is_probed_once_an_hour() throws SQLException {
        breaker.apply(new BreakerEvent.Throttle(Duration.ofSeconds(43_200), "HTTP 429", null, 0));
        assertEquals("12.00", hoursLeft());
        assertEquals(List.of(), path.claim(10));
        BreakerView seen = breaker.read(HotPath.KEY);
        assertTrue(seen.isProbed() && !seen.isProbeDue());
        assertEquals(List.of(), probe());
        pass("61 minutes");
        assertTrue(breaker.read(HotPath.KEY).isProbeDue());
        Claimed first = probe().getFirst();
        assertTrue(first.probe());
        assertEquals(List.of(), probe(), "the next one an hour later");
        pass("59 minutes");
        assertEquals(List.of(), probe());
        pass("2 minutes");
        assertEquals(1, probe().size());
    }

    @Test
    void a_probe_that_is_throttled_again_changes_nothing_and_one_that_is_accepted_ends_it() throws SQLException {
        breaker.apply(new BreakerEvent.Throttle(Duration.ofSeconds(43_200), "HTTP 429", null, 0));
        pass("61 minutes");
        probe();
        breaker.apply(new BreakerEvent.Recover(HotPath.KEY, false)); // as after any probe that got through that far
        breaker.apply(new BreakerEvent.Throttle(Duration.ofSeconds(43_200 - 3_660), "HTTP 429", null, 0));
        breaker.apply(new BreakerEvent.StayTripped(false));
        assertEquals("10.98", hoursLeft());
        assertFalse(breaker.read(HotPath.KEY).isProbeDue());
        pass("61 minutes");
        probe();
        breaker.apply(new BreakerEvent.Recover(HotPath.KEY, true));
        assertEquals(AccountState.RECOVERING, breaker.read(HotPath.KEY).state());
    }

    @Test
    void a_short_pause_is_not_probed() throws SQLException {
        breaker.apply(new BreakerEvent.Throttle(Duration.ofMinutes(59), "HTTP 429", null, 0));
        pass("58 minutes");
        assertFalse(breaker.read(HotPath.KEY).isProbed());
        assertEquals(List.of(), probe());
        breaker.apply(new BreakerEvent.Recover(HotPath.KEY, true));
        assertEquals(AccountState.THROTTLED, breaker.read(HotPath.KEY).state());
    }

    @Test
    void a_503_without_a_time_stops_calls_for_a_moment_and_nothing_doubles() throws SQLException {
        for (int i = 0; i < 3; i++) {
            breaker.apply(new BreakerEvent.Throttle(Duration.ofMillis(100), "HTTP 503", null, 0));
            assertEquals(
                    "0.1",
                    path.database.one("SELECT round(extract(epoch FROM until - since), 1) FROM alohub.account_status"));
            pass("1 second");
            assertEquals(AccountState.RECOVERING, breaker.read(HotPath.KEY).state());
        }
        breaker.apply(new BreakerEvent.Throttle(null, "HTTP 429", null, 0));
        assertEquals(
                "1.0",
                path.database.one("SELECT round(extract(epoch FROM until - since), 1) FROM alohub.account_status"));
    }
}
