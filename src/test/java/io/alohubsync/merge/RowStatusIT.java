package io.alohubsync.merge;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static io.alohubsync.delivery.HotPath.refused;
import static io.alohubsync.delivery.HotPath.unknown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every status of the contract, exactly. */
class RowStatusIT {

    private static final String PHONE = "0868793800";
    private static final String KEY = "+84868793800";

    private final HotPath path = new HotPath();

    private String rowStatus(long row) {
        return path.database.rowStatus(row);
    }

    @Test
    void a_row_goes_from_new_over_pending_and_sending_to_delivered() throws SQLException {
        long row = path.insert(PHONE, "Bằng", "bang@gmail.com");
        assertEquals("NEW", rowStatus(row));
        path.merge();
        assertEquals("PENDING", rowStatus(row));
        Claimed customer = path.claimOne();
        assertEquals("SENDING", rowStatus(row));
        path.settle(accepted(customer));
        assertEquals("DELIVERED", rowStatus(row));
        assertEquals("DELIVERED", path.database.status(KEY));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.due"));
        assertEquals("1", path.database.one("SELECT attempts FROM alohub.sync_status"));
        assertEquals("1", path.database.one("SELECT count(*) FROM alohub.delivery_attempt WHERE outcome = 'ACCEPTED'"));
    }

    @Test
    void a_row_that_says_what_is_wanted_and_delivered_is_unchanged_and_costs_no_call() throws SQLException {
        path.insert(PHONE, "Bằng", null);
        path.merge();
        path.deliver();
        long same = path.insert("+84 868 793 800", "Bằng", null);
        long onlyPhone = path.insert(PHONE, null, null);
        path.merge();
        assertEquals("UNCHANGED", rowStatus(same));
        assertEquals("UNCHANGED", rowStatus(onlyPhone));
        assertEquals(
                List.of("+84868793800", "+84868793800", "+84868793800"),
                path.database.column("SELECT customer_phone FROM alohub.outbox_status"),
                "each row names its customer");
        assertEquals(List.of(), path.claim(10));
    }

    @Test
    void a_row_equal_to_what_is_wanted_but_not_delivered_shares_that_revisions_status() throws SQLException {
        path.insert(PHONE, "Bằng", null);
        path.merge();
        long same = path.insert(PHONE, "Bằng", null);
        path.merge();
        assertEquals("PENDING", rowStatus(same));
        Claimed customer = path.claimOne();
        assertEquals("SENDING", rowStatus(same));
        path.settle(accepted(customer));
        assertEquals("DELIVERED", rowStatus(same));
        assertEquals("1", path.database.one("SELECT wanted_revision FROM alohub.sync_status"));
    }

    @Test
    void a_value_replaced_before_any_acceptance_is_superseded_even_in_another_merge() throws SQLException {
        long first = path.insert(PHONE, "Bằng", null);
        path.merge();
        long second = path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        assertEquals("SUPERSEDED", rowStatus(first));
        assertEquals("PENDING", rowStatus(second));
        path.deliver();
        assertEquals("SUPERSEDED", rowStatus(first));
        assertEquals("DELIVERED", rowStatus(second));
    }

    @Test
    void a_hundred_updates_between_two_sends_cost_one_call() throws SQLException {
        for (int i = 0; i < 100; i++) {
            path.insert(PHONE, "Name " + (i % 7 == 6 ? "x" : i), null);
        }
        path.merge();
        path.deliver();
        assertEquals("1", path.database.one("SELECT count(*) FROM alohub.delivery_attempt"));
        assertEquals("Name 99", path.database.one("SELECT name FROM alohub.sync_status"));
    }

    @Test
    void a_row_of_which_one_value_was_accepted_and_the_other_replaced_is_delivered() throws SQLException {
        long both = path.insert(PHONE, "Bằng", "bang@gmail.com");
        path.merge();
        long name = path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        assertEquals("PENDING", rowStatus(both));
        path.deliver();
        assertEquals("DELIVERED", rowStatus(both));
        assertEquals("DELIVERED", rowStatus(name));
    }

    @Test
    void a_row_delivered_in_one_value_and_pending_in_another_is_pending_until_that_is_delivered() throws SQLException {
        path.insert(PHONE, "Bằng", null);
        path.merge();
        path.deliver();
        long row = path.insert(PHONE, "Bằng", "bang@gmail.com");
        path.merge();
        assertEquals("PENDING", rowStatus(row));
        path.deliver();
        assertEquals("DELIVERED", rowStatus(row));
    }

    @Test
    void a_value_in_flight_while_it_is_replaced_is_delivered_if_that_call_is_accepted() throws SQLException {
        long old = path.insert(PHONE, "Bằng", null);
        path.merge();
        Claimed flight = path.claimOne();
        long next = path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        assertEquals("SENDING", rowStatus(old), "nobody knows yet whether it was carried");
        path.settle(accepted(flight));
        assertEquals("DELIVERED", rowStatus(old));
        assertEquals("PENDING", rowStatus(next));
        path.deliver();
        assertEquals("DELIVERED", rowStatus(old));
        assertEquals("DELIVERED", rowStatus(next));
    }

    @Test
    void a_value_in_flight_while_it_is_replaced_is_superseded_if_that_call_is_refused() throws SQLException {
        long old = path.insert(PHONE, "Bằng", null);
        path.merge();
        Claimed flight = path.claimOne();
        path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        path.settle(refused(flight));
        assertEquals("SUPERSEDED", rowStatus(old));
        assertEquals("PENDING", path.database.status(KEY), "a refusal judges only what was sent");
        path.deliver();
        assertEquals("SUPERSEDED", rowStatus(old));
    }

    @Test
    void accepted_then_unknown_then_the_first_value_again_is_sent_again() throws SQLException {
        path.insert(PHONE, "A", null);
        path.merge();
        path.deliver();
        path.insert(PHONE, "B", null);
        path.merge();
        path.settle(unknown(path.claimOne(), Duration.ofSeconds(60)));
        long again = path.insert(PHONE, "A", null);
        path.merge();
        assertEquals("PENDING", rowStatus(again), "B may be what Alohub holds");
        assertEquals(List.of(), path.claim(10), "the quarantine outlasts the new revision");
        path.endWaits();
        Claimed customer = path.claimOne();
        assertEquals("A", customer.name());
        path.settle(accepted(customer));
        assertEquals("DELIVERED", rowStatus(again));
    }

    @Test
    void a_row_that_commits_late_with_a_lower_id_loses_its_old_value_and_keeps_its_new_one() throws SQLException {
        path.database.execute("ALTER TABLE alohub.customer_outbox ALTER id SET GENERATED BY DEFAULT");
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (id, phone, name) VALUES (1000, '" + PHONE + "', 'New')");
        path.merge();
        path.deliver();
        path.database.execute("INSERT INTO alohub.customer_outbox (id, phone, name, email) VALUES (10, '" + PHONE
                + "', 'Old', 'bang@gmail.com')");
        path.database.execute(
                "INSERT INTO alohub.customer_outbox (id, phone, name) VALUES (11, '" + PHONE + "', 'Older')");
        path.merge();
        assertEquals("PENDING", rowStatus(10), "its e-mail is new");
        assertEquals("SUPERSEDED", rowStatus(11));
        Claimed customer = path.claimOne();
        assertEquals("New", customer.name());
        assertEquals("bang@gmail.com", customer.email());
        path.settle(accepted(customer));
        assertEquals("DELIVERED", rowStatus(10));
    }

    @Test
    void a_refused_customer_is_dead_with_the_words_of_the_crm_and_a_new_revision_revives_it() throws SQLException {
        long row = path.insert(PHONE, "Bằng", null);
        path.merge();
        path.settle(refused(path.claimOne()));
        assertEquals("DEAD", rowStatus(row));
        assertEquals("HTTP 422: no", path.database.one("SELECT reason FROM alohub.outbox_status WHERE id = " + row));
        assertEquals(List.of(), path.claim(10));
        long same = path.insert(PHONE, "Bằng", null);
        path.merge();
        assertEquals("DEAD", rowStatus(same), "the same content would be refused again");
        long next = path.insert(PHONE, "Bằng Đỗ", null);
        path.merge();
        assertEquals("PENDING", rowStatus(next));
        path.deliver();
        assertEquals("DELIVERED", rowStatus(next));
        assertEquals("SUPERSEDED", rowStatus(row));
    }

    @Test
    void a_failed_attempt_shows_as_retrying_with_its_reason() throws SQLException {
        long row = path.insert(PHONE, "Bằng", null);
        path.merge();
        path.settle(failed(path.claimOne(), Duration.ofSeconds(30)));
        assertEquals("RETRYING", rowStatus(row));
        assertEquals("HTTP 500", path.database.one("SELECT reason FROM alohub.outbox_status WHERE id = " + row));
        assertEquals(
                "t",
                path.database.one(
                        "SELECT next_attempt_at > clock_timestamp() + interval '20 s' FROM alohub.sync_status"));
    }

    @Test
    void a_rejected_row_names_its_reason_in_both_languages_and_holds_up_nobody() throws SQLException {
        path.database.execute(
                "INSERT INTO alohub.reason VALUES ('phone.foreign', 'Not Vietnamese.', 'Không phải số Việt Nam.')");
        long bad = path.insert("+1 650 253 0000", "Somebody", null);
        long good = path.insert(PHONE, "Bằng", null);
        path.merge();
        assertEquals("REJECTED", rowStatus(bad));
        assertEquals(
                "phone.foreign: Not Vietnamese.",
                path.database.one("SELECT reason FROM alohub.outbox_status WHERE id = " + bad));
        assertEquals(
                "Không phải số Việt Nam.",
                path.database.one("SELECT reason_vi FROM alohub.outbox_status WHERE id = " + bad));
        assertEquals("PENDING", rowStatus(good));
    }

    @Test
    void a_row_for_an_account_that_nobody_knows_is_rejected() throws SQLException {
        path.database.execute("INSERT INTO alohub.customer_outbox (account, phone) VALUES ('nobody', '" + PHONE + "')");
        path.merge();
        assertEquals("{account.unknown}", path.database.one("SELECT reason_codes FROM alohub.outbox_status"));
    }

    @Test
    void a_resync_leaves_delivered_rows_delivered() throws SQLException {
        long row = path.insert(PHONE, "Bằng", null);
        path.merge();
        path.deliver();
        assertEquals("PENDING", path.database.one("SELECT alohub.retry('" + PHONE + "')"));
        assertEquals("DELIVERED", rowStatus(row));
        long same = path.insert(PHONE, "Bằng", null);
        path.merge();
        assertEquals("PENDING", rowStatus(same));
        path.deliver();
        assertEquals("DELIVERED", rowStatus(same));
    }

    @Test
    void the_common_path_writes_a_row_once() throws SQLException {
        path.insert(PHONE, "Bằng", null);
        path.merge();
        String written = path.database.one("SELECT xmin FROM alohub.customer_outbox");
        path.deliver();
        assertEquals(written, path.database.one("SELECT xmin FROM alohub.customer_outbox"));
        assertTrue(path.database.column("SELECT 1 FROM alohub.replaced_value").isEmpty());
    }
}
