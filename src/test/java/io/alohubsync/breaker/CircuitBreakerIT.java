package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.Account;
import io.alohubsync.account.KeySource;
import io.alohubsync.account.RowOrder;
import io.alohubsync.account.TripCause;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.Refund;
import io.alohubsync.delivery.HotPath;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a replica makes of a closing and of the probes after it, in the account's row. */
class CircuitBreakerIT {

    private static final String KEY = HotPath.KEY;

    private final HotPath path = new HotPath();
    private final AtomicLong clock = new AtomicLong();
    private final Account account = new Account(
            "default",
            URI.create("http://127.0.0.1:9"),
            KeySource.fixed("key"),
            "Authorization",
            PhoneFormat.NATIONAL,
            1,
            null,
            RowOrder.BY_ID);
    private final BreakerStore breaker =
            new BreakerStore(path.database.dataSource(), account, Duration.ofSeconds(30), Duration.ofSeconds(8));
    private final ConsecutiveFailures failures = new ConsecutiveFailures(1);
    private final List<Refund> refunded = new ArrayList<>();
    private final CircuitBreaker keeper =
            new CircuitBreaker("default", breaker, failures, refunded::addAll, () -> {}, clock::get);

    private void learn(BreakerEvent change) throws SQLException {
        keeper.learn(change);
        keeper.applyLearned(KEY);
        keeper.look(KEY);
    }

    private void close(TripCause cause, boolean byAnswers) throws SQLException {
        learn(new BreakerEvent.Trip(cause, "words", KEY, false, List.of(new Refund(1, 1, 1)), byAnswers));
    }

    /** The next probe comes so many seconds after the change was written. */
    private void assertNextProbe(double seconds, int probes, boolean answered) throws SQLException {
        path.database.execute("UPDATE alohub.account SET probes = " + probes);
        String before = path.database.one("SELECT clock_timestamp()");
        learn(new BreakerEvent.StayTripped(answered));
        assertEquals(
                "t",
                path.database.one("SELECT probe_at - make_interval(secs => " + seconds + ") BETWEEN '" + before
                        + "' AND clock_timestamp() FROM alohub.account"),
                "after " + probes + " probes");
    }

    @Test
    void answers_about_customers_bring_the_next_probe_soon_where_answers_closed_it() throws SQLException {
        close(TripCause.REFUSALS, true);
        assertTrue(keeper.trippedByAnswers());
        assertEquals(List.of(new Refund(1, 1, 1)), refunded);
        assertEquals(
                "t",
                path.database.one("SELECT probe_at < clock_timestamp() + interval '1.01 s' FROM alohub.account"),
                "the first probe within a second");
        assertNextProbe(0.25, 1, true);
        assertNextProbe(0.25, 7, true);
        assertNextProbe(1, 8, true);
        assertNextProbe(0.25, 9, true);
        assertNextProbe(2, 16, true);
        assertNextProbe(30, 800, true);
        assertNextProbe(1, 1, false);
    }

    @Test
    void failures_without_an_answer_are_probed_at_growing_intervals() throws SQLException {
        close(TripCause.FAILING, false);
        assertFalse(keeper.trippedByAnswers());
        assertNextProbe(1, 2, false);
        assertNextProbe(2, 3, false);
        assertNextProbe(30, 1000, false);
    }

    private static Claimed customer(long id) {
        return new Claimed(id, 1, new Phone("+84868793800"), "Bằng", null, 1, 0, false, false, false);
    }

    private void assertTroubleAfter(int customers) {
        for (int id = 1; id < customers; id++) {
            assertNull(failures.refused(customer(id), clock.get()));
        }
        assertNotNull(failures.refused(customer(customers), clock.get()));
    }

    @Test
    void a_closing_that_another_customers_acceptance_ends_soon_was_a_false_alarm() throws SQLException {
        keeper.look(KEY);
        close(TripCause.REFUSALS, true);
        clock.addAndGet(Duration.ofSeconds(14).toNanos());
        learn(new BreakerEvent.Recover(KEY, true));
        assertTroubleAfter(40);
        close(TripCause.FAILING, false);
        clock.addAndGet(Duration.ofSeconds(16).toNanos());
        learn(new BreakerEvent.Recover(KEY, true));
        assertTroubleAfter(20);
    }
}
