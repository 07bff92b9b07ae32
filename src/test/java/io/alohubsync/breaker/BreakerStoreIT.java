package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.Account;
import io.alohubsync.account.AccountState;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.Register;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.config.AlohubSettings.VersionUnit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Replicas and persons change one row at the same time: each change is decided by the row that it
 * replaces.
 */
class BreakerStoreIT {

    private static final String KEY = "f00dcafe";
    private static final BreakerEvent THROTTLE = new BreakerEvent.Throttle(null, "HTTP 429", null, 0);

    private final TestDatabase database = TestDatabase.migrated();
    private final BreakerStore other = store(database.dataSource());

    private static BreakerStore store(DataSource database) {
        return new BreakerStore(database, account(RowOrder.BY_ID), Duration.ofSeconds(30), Duration.ofSeconds(8));
    }

    private static Account account(RowOrder order) {
        return new Account(
                "default",
                URI.create("http://127.0.0.1:9"),
                KeySource.fixed("key"),
                "Authorization",
                PhoneFormat.NATIONAL,
                1,
                null,
                order);
    }

    @Test
    void settings_are_those_of_the_replica_that_started_last_whatever_replicas_of_before_still_run()
            throws SQLException {
        Account before = account(RowOrder.BY_ID);
        Register.register(database.dataSource(), before);
        Register.register(database.dataSource(), account(new RowOrder(true, VersionUnit.AUTO)));
        database.execute("UPDATE alohub.account SET seen_at = '2026-11-26 12:00+00'");
        Register.recordSeen(database.dataSource(), before);
        assertEquals("source-version", one("row_order"));
        assertEquals("f", one("seen_at = '2026-11-26 12:00+00'"));
        database.execute("DELETE FROM alohub.account");
        Register.recordSeen(database.dataSource(), before);
        assertEquals("id", one("row_order"), "somebody deleted it");
    }

    @FunctionalInterface
    private interface Interruption {
        void run() throws SQLException;
    }

    /** A replica that is interrupted between each reading of the row and its writing. */
    private BreakerStore interrupted(Interruption interruption) {
        return store(proxy(DataSource.class, database.dataSource(), interruption));
    }

    private static <T> T proxy(Class<T> type, Object behind, Interruption interruption) {
        return type.cast(Proxy.newProxyInstance(
                BreakerStoreIT.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && ((String) arguments[0]).contains("UPDATE alohub.account")) {
                        interruption.run();
                    }
                    try {
                        Object result = method.invoke(behind, arguments);
                        return method.getName().equals("getConnection")
                                ? proxy(Connection.class, result, interruption)
                                : result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    /** Once. */
    private static Interruption first(Interruption interruption) {
        boolean[] done = {false};
        return () -> {
            if (!done[0]) {
                done[0] = true;
                interruption.run();
            }
        };
    }

    private String one(String expression) {
        return database.one("SELECT " + expression + " FROM alohub.account");
    }

    @Test
    void two_replicas_that_learn_of_one_pause_count_it_once() throws SQLException {
        interrupted(first(() -> other.apply(THROTTLE))).apply(THROTTLE);
        assertEquals("THROTTLED", one("state"));
        assertEquals("1", one("throttles"));
        assertEquals("t", one("state_until = state_since + interval '1 second'"));
    }

    @Test
    void a_persons_pause_wins_over_an_event_that_was_decided_before_it() throws SQLException {
        interrupted(first(() -> database.execute("SELECT alohub.pause('default', 'stocktaking')")))
                .apply(new BreakerEvent.Trip(TripCause.FIREWALL, "HTTP 403", KEY));
        assertEquals("PAUSED", one("state"));
        assertEquals("stocktaking", one("state_reason"));
    }

    @Test
    void the_loser_decides_by_what_the_winner_wrote() throws SQLException {
        BreakerEvent refusesKey = new BreakerEvent.Trip(TripCause.KEY, "HTTP 401", KEY);
        interrupted(first(() -> other.apply(new BreakerEvent.Throttle(Duration.ofSeconds(60), "HTTP 429", null, 0))))
                .apply(refusesKey);
        assertEquals("THROTTLED", one("state"), "a refused key does not end a pause");
        assertEquals("{" + KEY + "}", one("refused_keys"));
        assertEquals("t", one("probe_at >= state_until"));
    }

    @Test
    void a_pause_is_ended_by_one_replica_and_what_was_learned_in_it_stays() throws SQLException {
        other.apply(THROTTLE);
        database.execute("UPDATE alohub.account SET state_since = state_since - interval '1 second',"
                + " state_until = state_until - interval '1 second'");
        BreakerView seen = interrupted(() -> {}).read(KEY);
        assertEquals(AccountState.RECOVERING, seen.state());
        String since = one("state_since");
        assertEquals(AccountState.RECOVERING, other.read("another").state());
        assertEquals(since, one("state_since"));
    }

    @Test
    void claims_that_raise_the_learned_rate_meanwhile_are_no_change_of_the_breaker() throws SQLException {
        database.execute("UPDATE alohub.account SET learned_rate = 5");
        int[] raised = {0};
        interrupted(() -> {
                    raised[0]++;
                    database.execute("UPDATE alohub.account SET learned_rate = learned_rate + 1,"
                            + " rate_spent_until = clock_timestamp()");
                })
                .apply(THROTTLE);
        assertEquals("THROTTLED", one("state"));
        assertEquals(1, raised[0], "it was written at the first attempt");
        assertEquals("6", one("learned_rate"));
        assertEquals("t", one("isfinite(rate_spent_until)"));
    }

    @Test
    void a_row_that_changes_each_time_is_given_up_after_a_while() {
        SQLException failure = assertThrows(
                SQLException.class,
                () -> interrupted(() -> database.execute("UPDATE alohub.account SET probes = probes + 1"))
                        .apply(THROTTLE));
        assertEquals("40001", failure.getSQLState());
        assertEquals("ACTIVE", one("state"));
    }

    @Test
    void an_event_that_changes_nothing_writes_nothing() throws SQLException {
        other.apply(new BreakerEvent.AcceptKey(KEY));
        String version = one("xmin");
        other.apply(new BreakerEvent.AcceptKey(KEY));
        other.apply(new BreakerEvent.ResetThrottles());
        other.read(KEY);
        assertEquals(version, one("xmin"));
    }

    /** Each replica reads it with every look. */
    @Test
    void of_a_reason_with_megabytes_a_thousand_characters_are_kept() throws SQLException {
        String reason = "reason => repeat('Hạnh ', 4000000))";
        database.execute("SELECT alohub.pause(" + reason);
        assertEquals("1000", one("length(state_reason)"));
        database.execute("SELECT alohub.resume(" + reason);
        assertEquals("1009", one("length(state_reason)"));
        assertEquals("1000", database.one("SELECT max(length(reason)) FROM alohub.audit"));
    }

    @Test
    void a_reason_with_megabytes_that_was_written_by_hand_keeps_no_replica_from_reading_and_writing()
            throws SQLException {
        other.apply(THROTTLE);
        database.execute("UPDATE alohub.account SET state_since = state_since - interval '1 second',"
                + " state_until = state_until - interval '1 second', state_reason = repeat('Hạnh ', 4000000)");
        assertEquals(AccountState.RECOVERING, other.read(KEY).state());
        database.execute("UPDATE alohub.account SET state_reason = repeat('Hạnh ', 4000000)");
        assertEquals(2000, other.read(KEY).breaker().reason().text().length());
    }

    @Test
    void a_person_pauses_and_resumes_in_every_state() {
        for (AccountState state : AccountState.values()) {
            String set = "UPDATE alohub.account SET state = '" + state + "', state_since = now() - interval '1 hour',"
                    + " state_until = now(), probe_at = now()";
            database.execute(set);
            database.execute("SELECT alohub.pause()");
            assertEquals("PAUSED", one("state"));
            database.execute(set);
            database.execute("SELECT alohub.resume()");
            assertEquals("RECOVERING", one("state"));
            assertTrue(Boolean.parseBoolean(one("(state_since > now() - interval '1 minute')::text")));
        }
    }
}
