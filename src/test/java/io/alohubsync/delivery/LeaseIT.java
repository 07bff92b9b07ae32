package io.alohubsync.delivery;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static io.alohubsync.delivery.HotPath.notStarted;
import static io.alohubsync.delivery.HotPath.refused;
import static io.alohubsync.delivery.HotPath.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.TripCause;
import io.alohubsync.alohub.Outcome;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.Settlement;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.merge.OutboxMerge;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One lease for a phone, fenced settles, and what holds a phone back. */
class LeaseIT {

    private static final String PHONE = "0868793800";
    private static final String KEY = "+84868793800";

    private final HotPath path = new HotPath();

    private Claimed merged(String name) throws SQLException {
        path.insert(PHONE, name, null);
        path.merge();
        return path.claimOne();
    }

    @Test
    void a_leased_customer_is_claimed_by_nobody_else_whatever_is_merged() throws SQLException {
        merged("A");
        assertEquals(List.of(), path.claim(10));
        path.insert(PHONE, "B", null);
        path.merge();
        assertEquals(List.of(), path.claim(10));
    }

    @Test
    void an_expired_lease_is_claimed_again_and_its_late_answer_is_ignored() throws SQLException {
        Claimed stale = merged("A");
        path.endLeases();
        Claimed next = path.claimOne();
        assertTrue(next.earlier().lost());
        assertEquals(1, next.earlier().spent(), "the attempt of the replica that ended is spent");
        assertEquals("UNKNOWN", path.database.one("SELECT outcome FROM alohub.delivery_attempt"));
        assertEquals(Set.of(), path.settle(accepted(stale)), "fenced");
        assertEquals("SENDING", path.database.status(KEY));
        assertEquals(Set.of(next.customerId()), path.settle(accepted(next)));
        assertEquals("DELIVERED", path.database.status(KEY));
        assertEquals("2", path.database.one("SELECT count(*) FROM alohub.delivery_attempt"));
    }

    @Test
    void a_late_answer_after_the_customer_came_to_rest_changes_nothing() throws SQLException {
        Claimed stale = merged("A");
        path.endLeases();
        path.settle(accepted(path.claimOne()));
        assertEquals(Set.of(), path.settle(refused(stale)));
        assertEquals("DELIVERED", path.database.status(KEY));
    }

    @Test
    void tokens_are_never_used_twice() throws SQLException {
        Claimed first = merged("A");
        path.settle(notStarted(first));
        assertFalse(first.token() == path.claimOne().token());
    }

    @Test
    void who_failed_in_an_outage_is_a_suspect_once_another_customer_has_ended_it() throws SQLException {
        Backoff backoff = new Backoff(Duration.ofNanos(1), Duration.ofNanos(1), () -> 0);
        RetryPolicy policy = new RetryPolicy(12, backoff, Duration.ZERO, "test");
        Outcome failed = new Outcome.Failed(200, "HTTP 200: no");
        path.settle(policy.decide(merged("A"), failed, Duration.ZERO, true, TripCause.FAILING));
        Claimed before = path.claimOne();
        assertFalse(before.earlier().suspect());
        path.database.execute("UPDATE alohub.account SET recovered_at = clock_timestamp()");
        path.settle(policy.decide(before, failed, Duration.ZERO, false, null));
        Claimed after = path.claimOne();
        assertTrue(after.earlier().suspect());
        path.settle(policy.decide(after, new Outcome.Accepted(200, true), Duration.ZERO, false, null));
        assertFalse(merged("B").earlier().suspect());
    }

    @Test
    void what_was_not_started_is_due_again_at_once_and_leaves_no_trace() throws SQLException {
        path.settle(notStarted(merged("A")));
        assertEquals("PENDING", path.database.status(KEY));
        assertEquals(0, path.claimOne().earlier().spent());
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.delivery_attempt"));
    }

    @Test
    void neither_a_new_revision_nor_a_person_shortens_a_quarantine() throws SQLException {
        path.settle(unknown(merged("A"), Duration.ofSeconds(60)));
        path.insert(PHONE, "B", null);
        path.merge();
        path.database.execute("SELECT alohub.retry('" + PHONE + "')");
        path.database.execute("SELECT alohub.hold('" + PHONE + "')");
        path.database.execute("SELECT alohub.release('" + PHONE + "')");
        assertEquals(List.of(), path.claim(10));
        assertEquals("t", path.database.one("SELECT due_at > clock_timestamp() + interval '50 s' FROM alohub.due"));
        path.endWaits();
        assertEquals("B", path.claimOne().name());
    }

    @Test
    void the_quarantine_of_the_last_attempt_binds_a_dead_customer_too() throws SQLException {
        Claimed customer = merged("A");
        path.settle(Settlement.of(customer, Settlement.Consequence.DEAD)
                .pause(Duration.ofSeconds(60))
                .called("UNKNOWN", Duration.ZERO)
                .error("no answer")
                .by("test"));
        assertEquals("DEAD", path.database.status(KEY));
        path.insert(PHONE, "B", null);
        path.merge();
        assertEquals("PENDING", path.database.status(KEY));
        assertEquals(List.of(), path.claim(10));
    }

    @Test
    void a_new_revision_resets_the_attempts_but_not_the_backoff() throws SQLException {
        path.settle(failed(merged("A"), Duration.ofSeconds(30)));
        path.insert(PHONE, "B", null);
        path.merge();
        assertEquals("0", path.database.one("SELECT attempts FROM alohub.due"));
        assertEquals(List.of(), path.claim(10));
    }

    @Test
    void a_failure_of_an_old_revision_spends_nothing_of_the_new_one() throws SQLException {
        Claimed old = merged("A");
        path.insert(PHONE, "B", null);
        path.merge();
        path.settle(failed(old, Duration.ofSeconds(30)));
        assertEquals("0", path.database.one("SELECT attempts FROM alohub.due"));
        path.endWaits();
        assertEquals(0, path.claimOne().earlier().spent());
    }

    @Test
    void a_refusal_while_newer_content_is_merged_kills_nobody() throws SQLException {
        Claimed old = merged("A");
        path.insert(PHONE, "B", null);
        path.merge();
        path.settle(refused(old));
        assertEquals("B", path.claimOne().name());
    }

    @Test
    void a_held_customer_is_not_claimed_until_it_is_released() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        assertEquals("HELD", path.database.one("SELECT alohub.hold('" + PHONE + "', reason => 'kiểm tra')"));
        path.insert(PHONE, "B", null);
        path.merge();
        assertEquals(List.of(), path.claim(10));
        assertEquals("HELD", path.database.rowStatus(2));
        assertEquals("PENDING", path.database.one("SELECT alohub.release('" + PHONE + "')"));
        assertEquals("B", path.claimOne().name());
    }

    @Test
    void a_hold_during_the_call_outlives_its_acceptance() throws SQLException {
        Claimed customer = merged("A");
        path.database.execute("SELECT alohub.hold('" + PHONE + "')");
        path.settle(accepted(customer));
        assertEquals("HELD", path.database.status(KEY));
        assertEquals("DELIVERED", path.database.rowStatus(1));
        assertEquals("DELIVERED", path.database.one("SELECT alohub.release('" + PHONE + "')"));
    }

    @Test
    void a_dead_customer_is_revived_by_a_person() throws SQLException {
        path.settle(refused(merged("A")));
        assertEquals("PENDING", path.database.one("SELECT alohub.retry('+84868793800')"));
        assertEquals(0, path.claimOne().earlier().spent());
    }

    @Test
    void one_that_is_not_sent_again_because_its_replicas_ended_is_no_suspect() throws SQLException {
        Claimed customer = merged("A");
        path.settle(new RetryPolicy(
                        1, new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> 1), Duration.ZERO, "test")
                .decideExhausted(customer));
        assertEquals("DEAD", path.database.status(KEY));
        assertNull(path.database.one("SELECT refused_at FROM alohub.due"));
    }

    @Test
    void a_retry_during_the_last_attempt_is_not_lost() throws SQLException {
        merged("A");
        path.database.execute("UPDATE alohub.due SET attempts = 11");
        path.endLeases();
        path.database.execute(
                "UPDATE alohub.due SET lease_token = NULL, lease_until = NULL, leased_at = NULL, sent_revision = NULL");
        Claimed last = path.claimOne();
        assertEquals(11, last.earlier().spent());
        path.database.execute("SELECT alohub.retry('" + PHONE + "')");
        path.settle(Settlement.of(last, Settlement.Consequence.DEAD)
                .pause(Duration.ofSeconds(5))
                .called("FAILED", Duration.ZERO)
                .httpStatus(500)
                .error("HTTP 500")
                .by("test"));
        assertEquals("RETRYING", path.database.status(KEY));
        assertEquals("1", path.database.one("SELECT attempts FROM alohub.due"));
    }

    @Test
    void a_resync_of_a_held_customer_is_sent_when_it_is_released() throws SQLException {
        path.settle(accepted(merged("A")));
        path.database.execute("SELECT alohub.hold('" + PHONE + "')");
        path.database.execute("SELECT alohub.retry('" + PHONE + "')");
        assertEquals(List.of(), path.claim(10));
        path.database.execute("SELECT alohub.release('" + PHONE + "')");
        assertEquals("A", path.claimOne().name());
    }

    @Test
    void a_persons_open_transaction_keeps_back_one_customer_and_nobody_else() throws SQLException {
        Claimed held = merged("A");
        path.insert("0912345678", "B", null);
        path.merge();
        Claimed other = path.claimOne();
        AtomicLong now = new AtomicLong(1);
        OutboxMerge intake = path.newIntake(false, now::get);
        try (Connection person = path.database.dataSource().getConnection();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("SELECT alohub.hold('" + PHONE + "')");
            assertEquals(Set.of(other.customerId()), path.settle(accepted(held), accepted(other)));
            long kept = path.insert(PHONE, "A2", null);
            long merged = path.insert("0912345678", "B2", null);
            intake.mergeBatch(100, Map.of());
            assertEquals("NEW", path.database.rowStatus(kept));
            assertEquals("PENDING", path.database.rowStatus(merged));
            person.rollback();
        }
        assertEquals(Set.of(held.customerId()), path.settle(accepted(held)));
        now.addAndGet(TimeUnit.SECONDS.toNanos(1)); // the customer may be tried again
        while (intake.mergeBatch(100, Map.of()).rows() > 0) {}
        assertEquals("PENDING", path.database.status(KEY));
    }

    @Test
    void customers_that_a_persons_open_transaction_has_locked_are_not_claimed() throws SQLException {
        for (String phone : List.of(PHONE, "0912345678", "0912345679")) {
            path.insert(phone, "A", null);
        }
        path.merge();
        assertEquals(2, claimedBeside("SELECT alohub.release('" + PHONE + "')"));
        path.endLeases();
        assertEquals(2, claimedBeside("SELECT alohub.release('" + PHONE + "')"));
        path.endLeases();
        assertEquals(0, claimedBeside("SELECT alohub.resync()"));
        assertEquals(3, path.claim(10).size());
    }

    private int claimedBeside(String act) throws SQLException {
        try (Connection person = path.database.dataSource().getConnection();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute(act);
            int claimed = path.claim(10).size();
            person.rollback();
            return claimed;
        }
    }

    @Test
    void a_retry_of_nobody_says_where_to_look() {
        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> path.database.execute("SELECT alohub.retry('0912345678')"));
        assertTrue(failure.getMessage().contains("no customer"), failure.getMessage());
    }

    @Test
    void the_more_urgent_go_first_and_the_older_before_the_newer() throws SQLException {
        for (int i = 0; i < 50; i++) {
            path.insert("09123450" + (10 + i), "Import", null);
        }
        path.database.execute("INSERT INTO alohub.customer_outbox (phone, priority) VALUES ('0868793800', 10)");
        path.merge();
        assertEquals(KEY, path.claimOne().phone().e164());
        assertEquals("+84912345010", path.claimOne().phone().e164());
    }

    @Test
    void an_urgent_row_that_changes_nothing_still_lifts_its_customer() throws SQLException {
        path.insert("0912345678", "Import", null);
        path.insert(PHONE, "A", null);
        path.merge();
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name, priority) VALUES ('0868793800', 'A', 5)");
        path.merge();
        assertEquals(KEY, path.claimOne().phone().e164());
    }

    @Test
    void two_replicas_share_a_backlog_without_sharing_a_customer() throws Exception {
        for (int i = 0; i < 400; i++) {
            path.insert("0912345" + (100 + i), "Customer " + i, null);
        }
        path.merge();
        Set<Long> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            Callable<List<Claimed>> claim = () -> path.claim(100);
            for (var claims : replicas.invokeAll(Collections.nCopies(8, claim))) {
                for (Claimed customer : claims.get()) {
                    assertTrue(seen.add(customer.customerId()), "claimed twice");
                }
            }
        }
        assertEquals(400, seen.size() + path.claim(400).size());
    }

    @Test
    void two_replicas_merge_the_same_phones_into_one_customer_each() throws Exception {
        for (int i = 0; i < 600; i++) {
            path.insert("09123456" + (10 + i % 30), "Name " + i, i % 2 == 0 ? "kh" + i + "@example.vn" : null);
        }
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            replicas.invokeAll(java.util.Collections.nCopies(
                            40, () -> path.intake().mergeBatch(25, Map.of())))
                    .forEach(merged -> {
                        try {
                            merged.get();
                        } catch (Exception failure) {
                            throw new AssertionError(failure);
                        }
                    });
        }
        path.merge();
        assertEquals("30", path.database.one("SELECT count(*) FROM alohub.customer"));
        assertEquals("30", path.database.one("SELECT count(*) FROM alohub.due"));
        assertEquals(
                "0",
                path.database.one(
                        "SELECT count(*) FROM alohub.customer c WHERE (c.name, c.email) IS DISTINCT FROM ((SELECT"
                                + " o.name FROM alohub.customer_outbox o WHERE o.customer_id = c.id ORDER BY id DESC LIMIT"
                                + " 1),(SELECT o.email FROM alohub.customer_outbox o WHERE o.customer_id = c.id AND email"
                                + " IS NOT NULL ORDER BY id DESC LIMIT 1))"));
    }

    private static final ClaimSql.Pace FIFTY = new ClaimSql.Pace(0.02, 1, 0.05, 8);

    private void due(int customers) {
        path.database.execute(
                "INSERT INTO alohub.customer (account, phone) SELECT 'default', '+84912' || lpad(i::text, 6, '0')"
                        + " FROM generate_series(1, " + customers + ") i");
        path.database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision)"
                + " SELECT id, account, 1 FROM alohub.customer ORDER BY id");
    }

    /** The schedule's next free slot, so far from now. */
    private void spentUntil(String interval) {
        path.database.execute(
                "UPDATE alohub.account SET rate_spent_until = clock_timestamp() + interval '" + interval + "'");
    }

    @Test
    void a_rate_is_kept_by_the_claim_itself() throws SQLException {
        due(200);
        ClaimSql.Slots first = path.claim(200, FIFTY);
        assertEquals(3, first.customers().size(), "the slots of now, of 20 and of 40 ms");
        assertTrue(first.exhausted());
        assertEquals(0.02, first.interval());
        assertEquals(0.04, first.slot(2), 0.001);
        assertEquals(0.06, first.nextSlot(), 0.001);
        spentUntil("500 ms");
        assertEquals(0, path.claim(200, FIFTY).customers().size());
        spentUntil("10 s");
        ClaimSql.Slots none = path.claim(200, FIFTY);
        assertEquals(0, none.customers().size());
        assertEquals(10, none.nextSlot(), 0.1);
    }

    @Test
    void permits_do_not_pile_up_beyond_the_burst() throws SQLException {
        due(200);
        spentUntil("-1 hour");
        assertEquals(3, path.claim(200, FIFTY).customers().size());
        spentUntil("-1 hour");
        ClaimSql.Slots burst = path.claim(200, new ClaimSql.Pace(0.02, 11, 0.05, 8));
        assertEquals(13, burst.customers().size(), "ten that were left over, and those of the moment ahead");
        assertEquals(0, burst.slot(10), 0.001);
        assertEquals(0.04, burst.slot(12), 0.001);
    }

    @Test
    void a_rate_counts_only_those_that_were_taken() throws SQLException {
        due(1);
        assertEquals(1, path.claim(200, FIFTY).customers().size());
        ClaimSql.Slots idle = path.claim(200, FIFTY);
        assertEquals(0, idle.customers().size());
        assertFalse(idle.exhausted(), "nobody is due; the schedule would let two more");
    }

    @Test
    void after_a_closing_calls_rise_from_ten_a_second_to_the_rate() throws SQLException {
        due(500);
        assertRises(0, 1);
        assertRises(4, 16); // 316 calls a second
        recovering(9);
        int above = path.claim(500, THOUSAND).customers().size();
        assertTrue(
                above >= 49 && above <= 52, above + " in 50 ms at the rate itself, which is less than the ramp's end");
    }

    private static final ClaimSql.Pace THOUSAND = new ClaimSql.Pace(0.001, 1, 0.05, 8);

    private void recovering(int seconds) {
        path.database.execute("UPDATE alohub.account SET state = 'RECOVERING', rate_spent_until = '-infinity',"
                + " state_since = clock_timestamp() - interval '" + seconds + " s'");
    }

    /**
     * So many seconds into the ramp of eight.
     *
     * @param slots in 50 ms at that moment; more where the claim comes later, by as much as it does
     */
    private void assertRises(int seconds, int slots) throws SQLException {
        recovering(seconds);
        int least = slotsInRamp();
        int claimed = path.claim(500, THOUSAND).customers().size();
        int most = slotsInRamp();
        assertEquals(slots, (int) (0.05 * 10 * Math.pow(1000, seconds / 8.0)) + 1);
        assertTrue(least >= slots && claimed >= least && claimed <= most, claimed + ", not " + least + " to " + most);
    }

    /** Now, by the database's clock: a tenth of a second apart at first, a thousandth of that at the end. */
    private int slotsInRamp() {
        double since = Double.parseDouble(
                path.database.one("SELECT extract(epoch FROM clock_timestamp() - state_since) FROM alohub.account"));
        return (int) Math.min(51, 0.05 * 10 * Math.pow(1000, Math.min(1, since / 8)) + 1);
    }

    @Test
    void a_learned_rate_holds_for_those_who_have_none_set() throws SQLException {
        due(100);
        ClaimSql.Pace none = new ClaimSql.Pace(null, 1, 0.05, 8);
        assertEquals(10, path.claim(10, none).customers().size(), "nothing was learned");
        path.database.execute("UPDATE alohub.account SET learned_rate = 100, learned_limit = 100");
        assertEquals(List.of(), path.claim(10), "who does not count calls takes none");
        assertEquals(6, path.claim(50, none).customers().size());
        double risen = Double.parseDouble(path.database.one("SELECT learned_rate FROM alohub.account"));
        assertEquals(
                100 + 6 * 100 / (600 * 100.0),
                risen,
                1e-6,
                "six calls at the limit are 60 ms of a climb of a sixth of it in 100 s");
    }

    private static Settlement throttled(Claimed customer, int status) {
        return Settlement.of(customer, Settlement.Consequence.RELEASED)
                .called("THROTTLED", Duration.ofMillis(5))
                .httpStatus(status)
                .error("HTTP " + status)
                .by("test");
    }

    @Test
    void a_503_that_was_a_limit_is_counted_for_its_revision_and_by_every_replica() throws SQLException {
        Claimed customer = merged("A");
        assertEquals(0, customer.earlier().throttled());
        path.settle(throttled(customer, 503));
        path.settle(throttled(path.claimOne(), 429));
        path.settle(notStarted(path.claimOne()));
        Claimed again =
                path.claim(1, new ClaimSql.Pace(null, 1, 0.05, 8)).customers().getFirst();
        assertEquals(1, again.earlier().throttled(), "a 429 and a call that did not begin do not count");
        assertEquals(0, again.earlier().spent());
        path.settle(throttled(again, 503));
        assertEquals(2, path.claimOne().earlier().throttled());
        path.insert(PHONE, "B", null);
        path.merge();
        path.endLeases();
        assertEquals(0, path.claimOne().earlier().throttled(), "another revision");
    }

    @Test
    void throttlings_in_succession_are_counted_until_another_outcome() throws SQLException {
        path.settle(throttled(merged("A"), 429));
        path.settle(throttled(path.claimOne(), 503));
        path.settle(notStarted(path.claimOne()));
        path.insert(PHONE, "B", null);
        path.merge();
        Claimed again = path.claimOne();
        assertEquals(2, again.earlier().throttlings(), "of any revision; a call that did not begin ends nothing");
        path.settle(Settlement.of(again, Settlement.Consequence.WAITING)
                .called("FAILED", Duration.ofMillis(5))
                .by("test"));
        assertEquals(0, path.claimOne().earlier().throttlings());
    }

    @Test
    void a_tripped_breaker_lets_no_customer_be_claimed() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.database.execute("SELECT alohub.pause(reason => 'kiểm kê')");
        assertEquals(List.of(), path.claim(10));
        assertEquals(List.of(), path.claim(10, FIFTY).customers());
        path.database.execute("SELECT alohub.resume()");
        assertEquals(1, path.claim(10, FIFTY).customers().size());
    }

    @Test
    void an_account_that_is_not_registered_claims_nobody() throws SQLException {
        due(10);
        path.database.execute("DELETE FROM alohub.account");
        assertEquals(List.of(), path.claim(5));
        assertEquals(List.of(), path.claim(5, FIFTY).customers());
        try (Connection connection = path.database.daemonConnection()) {
            LowWaterMark lowWaterMark = new LowWaterMark(System::nanoTime);
            lowWaterMark.scanned(true, 5, true, lowWaterMark.now(), Map.of((short) 0, 0L));
            assertFalse(lowWaterMark.isFullScanDue());
            assertEquals(
                    List.of(), ClaimSql.claim(connection, REQUEST, lowWaterMark).customers());
            assertEquals(List.of(), ClaimSql.claimForProbe(connection, REQUEST));
        }
        assertEquals(
                "0",
                path.database.one("SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL"),
                "nor is anybody leased without an event");
    }

    private static final LeaseRequest REQUEST = new LeaseRequest("default", HotPath.KEY, 5, HotPath.LEASE);
}
