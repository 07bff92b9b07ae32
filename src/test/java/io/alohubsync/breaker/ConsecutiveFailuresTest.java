package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.ConsecutiveFailures.AtFault;
import io.alohubsync.contact.Phone;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.EarlierAttempts;
import io.alohubsync.customer.Refund;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsecutiveFailuresTest {

    private static final int CONCURRENCY = 16;
    private static final int AT_ONCE = 2 * CONCURRENCY;
    private static final int SUSTAINED = 20;

    private final ConsecutiveFailures failures = new ConsecutiveFailures(CONCURRENCY);
    private long now = Long.MAX_VALUE - 5; // a monotonic clock may start anywhere, and wrap

    // Failures

    @Test
    void twice_as_many_failures_as_calls_at_a_time_put_the_account_at_fault_at_once() {
        assertNull(failAll(1, AT_ONCE - 1));
        AtFault account = fail(AT_ONCE);
        assertEquals(TripCause.FAILING, account.cause());
        assertEquals(spentOnce(1, AT_ONCE), account.spent());
    }

    @Test
    void fewer_failures_put_it_at_fault_when_they_go_on_for_ten_seconds() {
        assertNull(failAll(1, SUSTAINED - 1));
        pass(Duration.ofSeconds(10).minusNanos(1));
        assertNull(fail(SUSTAINED));
        pass(Duration.ofNanos(1));
        AtFault account = fail(SUSTAINED + 1);
        assertEquals(spentOnce(1, SUSTAINED + 1), account.spent());
    }

    @Test
    void failures_of_four_customers_now_and_then_are_none() {
        for (int id = 1; id < SUSTAINED; id++) {
            assertNull(fail(1 + id % 4));
            pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void five_customers_are_enough_where_calls_are_rare() {
        assertNull(failAll(1, 5));
        pass(Duration.ofMinutes(1).minusNanos(1));
        assertNull(fail(1));
        pass(Duration.ofNanos(1));
        assertEquals(6, sorted(fail(2)).stream().mapToInt(Refund::attempts).sum() - 1);
        assertNull(refuseAll(1, 4));
        pass(Duration.ofHours(1));
        assertEquals(spentOnce(1, 5), sorted(refuse(5)));
    }

    @Test
    void with_few_calls_at_a_time_two_bad_customers_do_not_stop_the_others() {
        ConsecutiveFailures one = new ConsecutiveFailures(1);
        for (int id = 1; id < 20; id++) {
            assertNull(one.failed(customer(id, 1, 0), true, now));
        }
        assertNotNull(one.failed(customer(20, 1, 0), true, now));
    }

    @Test
    void it_tells_whether_most_failures_were_answers_about_their_customers() {
        for (int id = 1; id < AT_ONCE; id++) {
            assertNull(failures.failed(customer(id, 1, 0), id % 3 != 0, now));
        }
        assertTrue(failures.failed(customer(AT_ONCE, 1, 0), false, now).byAnswers());
        assertNull(failAll(1, AT_ONCE - 1));
        assertFalse(failures.failed(customer(AT_ONCE, 1, 0), true, now).byAnswers());
        assertNull(refuseAll(1, AT_ONCE - 1));
        assertTrue(refuse(AT_ONCE).byAnswers());
    }

    @Test
    void each_false_alarm_doubles_what_the_next_takes_and_a_right_one_ends_that() {
        assertNotNull(failAll(1, AT_ONCE));
        failures.falseAlarm(now);
        assertNull(failAll(1, 2 * AT_ONCE - 1));
        assertNotNull(fail(2 * AT_ONCE));
        failures.falseAlarm(now);
        assertNull(refuseAll(1, 4 * AT_ONCE - 1));
        assertNotNull(refuse(4 * AT_ONCE));
        failures.alarmWasRight();
        assertNotNull(failAll(1, AT_ONCE));
        failures.falseAlarm(now);
        pass(Duration.ofMinutes(10).plusNanos(1));
        assertNotNull(failAll(1, AT_ONCE));
    }

    @Test
    void one_customer_alone_is_at_fault_itself() {
        for (int attempts = 0; attempts < 10 * AT_ONCE; attempts++) {
            assertNull(failures.failed(customer(1, 1, attempts), false, now));
            pass(Duration.ofSeconds(1));
        }
        assertNotNull(fail(2));
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "16, 32", "1000, 50"})
    void it_is_at_fault_by_the_calls_that_are_made_at_a_time(int concurrency, int refusals) {
        ConsecutiveFailures another = new ConsecutiveFailures(concurrency);
        for (int id = 1; id < refusals; id++) {
            assertNull(another.refused(customer(id, 1, 0), now));
        }
        assertNotNull(another.refused(customer(refusals, 1, 0), now));
    }

    @Test
    void who_failed_while_nearly_all_others_were_accepted_fails_for_itself() {
        acceptMany(200);
        for (int id = 1; id < AT_ONCE; id++) {
            assertNull(fail(id));
            acceptMany(9);
        }
        for (int attempts = 1; attempts < 12; attempts++) {
            for (int id = 1; id < AT_ONCE; id++) {
                assertNull(failures.failed(customer(id, 1, attempts), false, now));
            }
        }
        assertNull(failAll(AT_ONCE, 2 * AT_ONCE - 2));
        assertEquals(spentOnce(AT_ONCE, 2 * AT_ONCE - 1), fail(2 * AT_ONCE - 1).spent());
    }

    @Test
    void a_block_that_failed_before_nearly_all_others_were_accepted_fails_for_itself() {
        failAll(1, AT_ONCE - 1);
        acceptMany(1); // too few are accepted yet: some of the block may have failed with the account
        assertNull(fail(AT_ONCE));
        acceptMany(200);
        for (int attempts = 1; attempts < 12; attempts++) {
            for (int id = 1; id <= AT_ONCE; id++) {
                assertNull(failures.failed(customer(id, 1, attempts), true, now));
            }
        }
    }

    @Test
    void what_was_counted_against_the_account_does_not_fail_for_itself_when_the_others_are_accepted_later() {
        assertNotNull(failAll(1, AT_ONCE));
        acceptMany(200);
        assertNotNull(failAll(1, AT_ONCE));
    }

    @Test
    void who_failed_for_itself_and_is_accepted_counts_again() {
        acceptMany(200);
        failAll(1, AT_ONCE - 1);
        acceptMany(1);
        LongStream.range(1, AT_ONCE).forEach(id -> failures.accepted(customer(id, 1, 1)));
        assertNull(failAll(1, AT_ONCE - 1));
        assertNotNull(fail(AT_ONCE));
    }

    @Test
    void who_failed_while_many_others_did_counts_when_all_of_them_fail() {
        for (int round = 0; round < 40; round++) { // three of five first calls fail
            assertNull(failures.failed(customer(1 + round % 8, 1, 0), false, now));
            acceptMany(round % 3 == 0 ? 2 : 0);
        }
        failures.accepted(customer(1_000_000, 1, 0));
        AtFault account = null;
        for (int call = 0; call < AT_ONCE; call++) {
            assertNull(account);
            account = failures.failed(customer(1 + call % 8, 1, 5 + call / 8), false, now);
        }
        assertEquals(TripCause.FAILING, account.cause());
        assertEquals(new Refund(1, 1, 4), sorted(account).getFirst());
    }

    @Test
    void a_suspect_counts_for_nothing() {
        for (int id = 1; id < 10 * AT_ONCE; id++) {
            assertNull(failures.failed(suspect(id), false, now));
            assertNull(failures.refused(suspect(id), now));
        }
        assertEquals(List.of(), failures.takeSpent(TripCause.REFUSALS));
    }

    @Test
    void the_time_runs_from_the_first_failure_since_the_last_acceptance() {
        assertNull(failAll(1, SUSTAINED - 1));
        pass(Duration.ofHours(1));
        failures.accepted(customer(1_000_000, 1, 0));
        assertNull(failAll(SUSTAINED, 2 * SUSTAINED));
        pass(Duration.ofSeconds(10));
        assertNotNull(fail(2 * SUSTAINED + 1));
    }

    @Test
    void a_customer_that_fails_again_in_it_counts_again_and_gets_all_its_attempts_back() {
        assertNull(fail(1));
        assertNull(fail(2));
        for (int attempts = 1; attempts < AT_ONCE - 2; attempts++) {
            assertNull(failures.failed(customer(1, 1, attempts), false, now));
        }
        AtFault account = failures.failed(customer(1, 1, AT_ONCE - 2), false, now);
        assertEquals(List.of(new Refund(1, 1, AT_ONCE - 1), new Refund(2, 1, 1)), sorted(account));
    }

    @Test
    void attempts_on_an_older_revision_are_not_refunded() {
        assertNull(fail(1));
        assertNull(failures.failed(customer(1, 1, 1), false, now));
        assertNull(failures.failed(customer(1, 2, 0), false, now));
        assertNull(failAll(2, AT_ONCE - 3));
        assertEquals(
                new Refund(1, 2, 1),
                sorted(fail(AT_ONCE - 2)).getFirst(),
                "its new revision has one attempt behind it");
    }

    // Refusals

    @Test
    void refusals_of_one_customer_after_the_other_put_it_at_fault() {
        assertNull(refuseAll(1, AT_ONCE - 1));
        AtFault account = refuse(AT_ONCE);
        assertEquals(TripCause.REFUSALS, account.cause());
        assertEquals(spentOnce(1, AT_ONCE), sorted(account));
    }

    @Test
    void a_customer_that_is_refused_again_is_no_other_one() {
        assertNull(refuseAll(1, AT_ONCE - 1));
        for (int revision = 2; revision < AT_ONCE; revision++) {
            assertNull(failures.refused(customer(1, revision, 0), now));
        }
    }

    @Test
    void an_acceptance_ends_refusals_too() {
        assertNull(refuseAll(1, AT_ONCE - 1));
        failures.accepted(customer(1_000_000, 1, 0));
        assertNull(refuseAll(1, AT_ONCE - 1));
        assertNotNull(refuse(AT_ONCE));
    }

    @Test
    void an_answer_about_a_customer_shows_that_alohub_works() {
        assertNull(failAll(1, AT_ONCE - 1));
        assertNull(refuse(100));
        assertNull(failAll(201, 200 + AT_ONCE - 1));
        assertEquals(spentOnce(201, 200 + AT_ONCE), fail(200 + AT_ONCE).spent());
    }

    @Test
    void failures_between_refusals_make_no_acceptance_of_them() {
        for (int id = 1; id < AT_ONCE; id++) {
            assertNull(refuse(id));
            assertNull(fail(1000 + id));
        }
        assertEquals(TripCause.REFUSALS, refuse(AT_ONCE).cause());
    }

    // Its end

    @Test
    void it_is_reported_once() {
        assertNull(failAll(1, AT_ONCE - 1));
        assertNotNull(fail(AT_ONCE));
        assertNull(failAll(101, 100 + AT_ONCE - 1));
        assertEquals(spentOnce(101, 100 + AT_ONCE), fail(100 + AT_ONCE).spent());
    }

    @ParameterizedTest
    @EnumSource
    void what_failed_before_the_fault_of_the_account_was_known_is_refunded_whatever_the_cause(TripCause cause) {
        failAll(1, 3);
        assertEquals(spentOnce(1, 3), failures.takeSpent(cause));
        assertEquals(List.of(), failures.takeSpent(cause), "once");
        assertNull(failAll(101, 100 + AT_ONCE - 1), "it began anew");
    }

    @Test
    void refusals_are_refunded_where_refusals_put_it_at_fault() {
        refuseAll(1, 3);
        assertEquals(spentOnce(1, 3), failures.takeSpent(TripCause.REFUSALS));
        refuseAll(4, 6);
        assertEquals(List.of(), failures.takeSpent(TripCause.FAILING), "their answers were about them");
        assertEquals(List.of(), failures.takeSpent(TripCause.REFUSALS));
    }

    @Test
    void nothing_is_refunded_after_an_acceptance() {
        failAll(1, 3);
        failures.accepted(customer(1_000_000, 1, 0));
        assertEquals(List.of(), failures.takeSpent(TripCause.FAILING));
    }

    private AtFault fail(long id) {
        return failures.failed(customer(id, 1, 0), false, now);
    }

    private AtFault refuse(long id) {
        return failures.refused(customer(id, 1, 0), now);
    }

    /** @return the first time that it is at fault; null: none */
    private AtFault failAll(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(this::fail)
                .reduce(null, (first, next) -> first == null ? next : first);
    }

    private AtFault refuseAll(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(this::refuse)
                .reduce(null, (first, next) -> first == null ? next : first);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void acceptMany(int times) {
        for (int i = 0; i < times; i++) {
            failures.accepted(customer(1_000_000, 1, 0));
        }
    }

    private static Claimed suspect(long id) {
        return new Claimed(
                id, 42, new Phone("+84868793800"), "Bằng", null, 1, new EarlierAttempts(0, false, true, 0, 0), false);
    }

    private static List<Refund> sorted(AtFault account) {
        List<Refund> spent = new ArrayList<>(account.spent());
        spent.sort(Comparator.comparingLong(Refund::customerId));
        return spent;
    }

    private static List<Refund> spentOnce(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(id -> new Refund(id, 1, 1))
                .toList();
    }

    private static Claimed customer(long id, int revision, int attempts) {
        return new Claimed(
                id,
                42,
                new Phone("+84868793800"),
                "Bằng",
                null,
                revision,
                new EarlierAttempts(attempts, false, false, 0, 0),
                false);
    }
}
