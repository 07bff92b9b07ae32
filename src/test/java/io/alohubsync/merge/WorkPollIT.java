package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One question finds all that the loops of a replica at rest would find. */
class WorkPollIT {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final TestDatabase database = TestDatabase.migrated();
    private final AtomicLong now = new AtomicLong(1);
    private final List<String> woken = new ArrayList<>();
    private final WorkPoll poll = new WorkPoll(database.dataSource(), Set.of("default", "brandb"), now::get);

    WorkPollIT() throws SQLException {
        database.execute(
                "INSERT INTO alohub.account (name, seen_at) VALUES ('default', now()), ('brandb', now()), ('other', now())"
                        + " ON CONFLICT (name) DO UPDATE SET seen_at = now()");
        findsRows(poll); // every account's state is new to it
        woken.clear();
    }

    private boolean findsRows(WorkPoll one) throws SQLException {
        WorkPoll.Work work = one.poll();
        woken.addAll(work.accounts());
        return work.rows();
    }

    private void insertDue(String account, String more) {
        database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision, priority, due_at, " + more);
    }

    private List<String> woken() throws SQLException {
        woken.clear();
        assertFalse(findsRows(poll));
        return woken;
    }

    @Test
    void a_question_that_the_server_ends_is_not_asked_again_for_a_minute() throws SQLException {
        ScriptedDatabase slow = new ScriptedDatabase((sql, values) -> {
            throw new SQLException("canceling statement due to statement timeout", "57014");
        });
        WorkPoll other = new WorkPoll(slow.dataSource(), Set.of("default"), now::get);
        assertTrue(other.poll().rows(), "the merge looks itself");
        assertTrue(other.poll().rows());
        assertEquals(1, slow.statements().size());
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        other.poll();
        assertEquals(2, slow.statements().size());
    }

    @Test
    void nothing_wakes_no_claim() throws SQLException {
        assertEquals(List.of(), woken());
    }

    @Test
    void a_new_row_is_found_and_a_merged_one_is_not() throws SQLException {
        long row = database.insert("0868793800", "A", null);
        assertTrue(findsRows(poll));
        assertEquals(List.of(), woken);
        database.execute(
                "UPDATE alohub.customer_outbox SET merge_status = 'REJECTED', reasons = '{phone.missing}' WHERE id = "
                        + row);
        assertEquals(List.of(), woken());
    }

    @Test
    void a_customer_that_is_due_wakes_the_claim_of_its_account_alone() throws SQLException {
        insertDue(
                "brandb",
                "attempts) SELECT i, 'brandb', 1, i % 7, now() + interval '1 hour', 1 FROM generate_series(1, 500) i");
        insertDue("brandb", "dead) VALUES (901, 'brandb', 1, 9, 'infinity', true)");
        insertDue("other", "dead) VALUES (902, 'other', 1, 0, now(), false)");
        assertEquals(List.of(), woken(), "backoff, dead, and an account that this replica does not serve");
        insertDue("brandb", "dead) VALUES (903, 'brandb', 1, -5, now() - interval '1 s', false)");
        assertEquals(List.of("brandb"), woken());
        assertEquals(List.of("brandb"), woken(), "as long as it is due");
    }

    @Test
    void a_lease_that_has_ended_wakes_the_claim_and_one_that_lasts_does_not() throws SQLException {
        insertDue(
                "default",
                "lease_token, leased_at, lease_until, sent_revision) VALUES (1, 'default', 1, 0, now(), 7, now(), now() + interval '1 hour', 1)");
        database.execute("INSERT INTO alohub.merge_lease (token, account, priority, leased_at, lease_until, customers)"
                + " VALUES (8, 'brandb', 0, now(), now() + interval '1 hour', '{2}')");
        assertEquals(List.of(), woken());
        database.execute(
                "UPDATE alohub.due SET lease_until = now() - interval '1 s', leased_at = now() - interval '2 s'");
        assertEquals(List.of("default"), woken());
        database.execute("UPDATE alohub.merge_lease SET lease_until = now() - interval '1 s'");
        assertEquals(Set.of("default", "brandb"), Set.copyOf(woken()));
    }

    @Test
    void a_changed_account_state_wakes_the_claim_once() throws SQLException {
        database.execute("SELECT alohub.pause('brandb', 'kiểm kê')");
        assertEquals(List.of("brandb"), woken());
        assertEquals(List.of(), woken());
        database.execute("SELECT alohub.resume('brandb', 'xong')");
        assertEquals(List.of("brandb"), woken());
    }

    @Test
    void what_cannot_be_asked_is_not_answered() throws SQLException {
        assertTrue(poll.isAnsweredWithin(POLL));
        now.addAndGet(POLL.toNanos());
        assertFalse(poll.isAnsweredWithin(POLL));
        database.cutOff(true);
        try {
            assertThrows(SQLException.class, poll::poll);
        } finally {
            database.cutOff(false);
        }
        assertFalse(poll.isAnsweredWithin(POLL));
        findsRows(poll);
        assertTrue(poll.isAnsweredWithin(POLL));
    }

    @Test
    void a_question_that_stays_slow_leaves_the_loops_to_look_for_themselves_for_a_minute() throws SQLException {
        WorkPoll slow = new WorkPoll(database.dataSource(), Set.of("default"), () -> now.addAndGet(20_000_000));
        for (int i = 0; i < 3; i++) {
            assertFalse(findsRows(slow));
        }
        assertTrue(findsRows(slow), "it was not asked");
        assertFalse(slow.isAnsweredWithin(Duration.ofMillis(20)));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertFalse(findsRows(slow));
    }
}
