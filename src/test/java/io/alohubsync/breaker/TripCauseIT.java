package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tripped a breaker, as the account's row and its view tell it. */
class TripCauseIT {

    private static final ApiKey KEY = ApiKey.of("sk_live_4eC39HqLyjWD");

    private final TestDatabase database = TestDatabase.migrated();
    private final Account account = new Account(
            "default",
            URI.create("http://127.0.0.1:1"),
            KeySource.fixed(KEY.value()),
            "Authorization",
            PhoneFormat.NATIONAL,
            1,
            null,
            new RowOrder(false, VersionUnit.AUTO));
    private final BreakerStore breaker =
            new BreakerStore(database.dataSource(), account, Duration.ofSeconds(30), Duration.ofSeconds(8));

    @BeforeEach
    void register() throws SQLException {
        Register.register(database.dataSource(), account);
    }

    @Test
    void every_cause_says_what_it_needs_in_english_and_in_vietnamese() throws Exception {
        for (TripCause cause : TripCause.values()) {
            breaker.apply(new BreakerEvent.Trip(cause, "HTTP 403", KEY.fingerprint()));
            assertEquals(cause, breaker.read(KEY.fingerprint()).cause());
            assertEquals(cause.needs(), needs("needs"));
            assertFalse(cause.needs().contains("resume()"), "that resumes another account: " + cause.needs());
            String vietnamese = needs("needs_vi");
            assertTrue(vietnamese.matches(".*[\u1EA0-\u1EF9].*"), vietnamese);
            for (String setting :
                    new String[] {"alohub.base-url", "alohub.api-key-file", "alohub.resume", "proxy", "CDN"}) {
                assertEquals(cause.needs().contains(setting), vietnamese.contains(setting), cause + ": " + setting);
            }
        }
    }

    @Test
    void a_firewall_does_not_put_the_key_among_the_refused_ones() throws Exception {
        breaker.apply(new BreakerEvent.Trip(TripCause.FIREWALL, "HTTP 403", KEY.fingerprint()));
        assertEquals("{}", database.one("SELECT refused_keys FROM alohub.account"));
        assertEquals(AccountState.BLOCKED, breaker.read(KEY.fingerprint()).state());
        assertFalse(breaker.read(KEY.fingerprint()).isKeyRefused());
    }

    @Test
    void pauses_are_explained_in_vietnamese_too_and_what_is_open_needs_nothing() throws Exception {
        assertNull(needs("needs_vi"));
        breaker.apply(new BreakerEvent.Throttle(Duration.ofHours(12), "HTTP 429", null, 0));
        assertTrue(needs("needs_vi").startsWith("Không cần làm gì"), needs("needs_vi"));
        assertEquals("t", database.one("SELECT until > now() + interval '11 hours' FROM alohub.account_status"));
        database.execute("SELECT alohub.pause('default', 'audit')");
        assertTrue(needs("needs_vi").contains("alohub.resume('default')"), needs("needs_vi"));
    }

    /**
     * A newer replica knows more causes; an older one treats them as the usual one of the state.
     */
    @Test
    void a_cause_that_is_not_known_here_is_the_usual_one_of_its_state() throws Exception {
        database.execute("ALTER TABLE alohub.account DROP CONSTRAINT account_trip_cause_check");
        breaker.apply(new BreakerEvent.Trip(TripCause.CONTRACT, "HTTP 415", KEY.fingerprint()));
        database.execute("UPDATE alohub.account SET trip_cause = 'OF_TOMORROW'");
        assertEquals(TripCause.ENDPOINT, breaker.read(KEY.fingerprint()).cause());
    }

    private String needs(String column) {
        return database.one("SELECT " + column + " FROM alohub.account_status");
    }
}
