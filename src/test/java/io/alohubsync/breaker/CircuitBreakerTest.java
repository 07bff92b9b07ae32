package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.breaker.Breaker.EndedCall;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Refund;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The event loop's and the claiming loop's side of a breaker, driven by hand. The account's row is
 * always read as ACTIVE.
 */
class CircuitBreakerTest {

    private static final String KEY = Breakers.KEY;
    private static final Duration FRESHNESS = Duration.ofMillis(200);

    private long now;
    private boolean away;
    private int reads;
    private long customers;
    private final List<Object> writtenStates = new ArrayList<>();
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);
    private final CircuitBreaker breaker = new CircuitBreaker(
            new BreakerStore(database.dataSource(), account(), Duration.ofSeconds(30), Duration.ofSeconds(8)),
            new ConsecutiveFailures(1),
            () -> now);

    private static Account account() {
        return new Account(
                "default",
                URI.create("http://127.0.0.1:9"),
                KeySource.fixed("key"),
                "Authorization",
                PhoneFormat.NATIONAL,
                1,
                null,
                RowOrder.BY_ID);
    }

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        if (away) {
            throw new SQLException("away", "08006");
        }
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        if (sql.contains("UPDATE")) {
            writtenStates.add(values.getFirst());
            return List.of(row); // one row has changed
        }
        reads++;
        row.put("now", Breakers.NOW);
        row.put("state", "ACTIVE");
        row.put("since", Breakers.NOW);
        for (int column = 4; column <= 21; column++) {
            row.put("column " + column, column == 14 ? ScriptedDatabase.array(new String[0]) : null);
        }
        return List.of(row);
    }

    @BeforeEach
    void calls_may_begin() throws SQLException {
        breaker.read(KEY);
        assertTrue(breaker.mayBegin(false));
        reads = 0;
    }

    private static BreakerEvent.Trip trip(TripCause cause, String key) {
        return new BreakerEvent.Trip(cause, "words", key, BreakerEvent.Evidence.ONE_CALL, List.of(new Refund(7, 1, 1)));
    }

    @Test
    void no_call_begins_from_the_moment_a_call_shows_a_fault() {
        breaker.learn(trip(TripCause.ENDPOINT, KEY));
        assertFalse(breaker.mayBegin(false));
        assertFalse(breaker.mayBegin(true), "no probe either, before it is written");
        assertEquals(List.of(), writtenStates, "the event loop writes nothing");
    }

    @Test
    void the_claiming_loop_writes_what_many_calls_show_once_and_refunds_their_attempts() throws SQLException {
        for (int i = 0; i < 3; i++) {
            breaker.learn(trip(TripCause.ENDPOINT, KEY));
        }
        breaker.applyLearned(KEY);
        assertEquals(List.of("MISCONFIGURED"), writtenStates);
        assertEquals(List.of(new Refund(7, 1, 1)), breaker.takeRefunds());
        assertEquals(List.of(), breaker.takeRefunds(), "each is refunded once");
        assertNull(breaker.view(), "to be read anew");
        assertFalse(breaker.mayBegin(false));
        assertTrue(breaker.mayBegin(true));
    }

    @Test
    void what_could_not_be_written_stops_calls_until_it_is() throws SQLException {
        breaker.learn(trip(TripCause.ENDPOINT, KEY));
        away = true;
        assertThrows(SQLException.class, () -> breaker.applyLearned(KEY));
        assertFalse(breaker.mayBegin(true));
        assertEquals(List.of(), breaker.takeRefunds());
        away = false;
        breaker.applyLearned(KEY);
        assertEquals(List.of("MISCONFIGURED"), writtenStates);
        assertTrue(breaker.mayBegin(true));
    }

    @Test
    void the_refusal_of_a_key_that_was_replaced_meanwhile_changes_nothing() throws SQLException {
        breaker.learn(trip(TripCause.KEY, Breakers.REFUSED));
        breaker.applyLearned(KEY);
        assertEquals(List.of(), writtenStates);
        breaker.read(KEY);
        assertTrue(breaker.mayBegin(false));
    }

    @Test
    void a_throttling_of_a_call_from_before_the_last_recovery_asks_for_no_pause() throws SQLException {
        now = 100;
        breaker.learn(new BreakerEvent.Throttle(null, "429", null, -1));
        breaker.applyLearned(KEY);
        assertEquals(List.of(), writtenStates);
        breaker.learn(new BreakerEvent.Throttle(null, "429", null, 1));
        breaker.applyLearned(KEY);
        assertEquals(List.of("THROTTLED"), writtenStates);
    }

    @Test
    void the_state_is_read_again_when_it_is_old_or_was_forgotten_and_not_before() throws SQLException {
        now = FRESHNESS.toNanos() - 1;
        breaker.seen(KEY, FRESHNESS);
        assertEquals(0, reads);
        now++;
        breaker.seen(KEY, FRESHNESS);
        assertEquals(1, reads);
        breaker.forget();
        breaker.seen(KEY, FRESHNESS);
        assertEquals(2, reads);
    }

    private boolean learn(Outcome outcome, boolean probe) {
        Claimed customer =
                new Claimed(++customers, 1, new Phone("+84868793800"), "Bằng", null, 1, EarlierAttempts.NONE, probe);
        return breaker.learn(new EndedCall(customer, outcome, false, ApiKey.of("key"), now));
    }

    @Test
    void the_claiming_loop_is_woken_for_what_it_has_to_write_alone() throws SQLException {
        assertFalse(learn(new Outcome.Accepted(200, true), false), "nothing is tripped");
        assertTrue(learn(new Outcome.AccountRefused(404, TripCause.ENDPOINT, "Not Found"), false));
        assertTrue(learn(new Outcome.Accepted(200, true), false), "the first one since");
        assertFalse(learn(new Outcome.Accepted(200, true), false), "the next one");
        breaker.applyLearned(KEY);
        assertTrue(learn(new Outcome.Accepted(200, true), true), "a probe's");
    }

    @Test
    void an_accepted_key_is_written_once() throws SQLException {
        for (int i = 0; i < 3; i++) {
            breaker.accepted(i, KEY, now);
            breaker.applyLearned(KEY);
        }
        assertEquals(List.of("ACTIVE"), writtenStates);
    }
}
