package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.operate.jobs.Followers;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rows count as delivered in time, as the daemon's own steps leave them. */
class FreshnessIT {

    private static final HotPath PATH = new HotPath();
    private static final TestDatabase DATABASE = PATH.database;

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.execute("DELETE FROM alohub.throughput; DELETE FROM alohub.due; DELETE FROM alohub.delivery_attempt;"
                + " DELETE FROM alohub.merge_lease; DELETE FROM alohub.customer; DELETE FROM alohub.customer_outbox");
        follow(); // it starts after the newest row
    }

    private static void follow() throws SQLException {
        DATABASE.execute("UPDATE alohub.follower SET next_at = now()");
        new Followers(DATABASE.dataSource(), System::nanoTime).run();
    }

    /** The step that sees the rows, and the one that counts them. */
    private static String counted() throws SQLException {
        follow();
        follow();
        return DATABASE.one("SELECT coalesce(sum(in_time), 0) || ' in time, ' || coalesce(sum(late), 0) || ' late'"
                + " FROM alohub.throughput");
    }

    private static void ago(String interval) {
        DATABASE.execute("UPDATE alohub.customer_outbox SET created_at = now() - interval '" + interval
                + "', merged_at = CASE WHEN merged_at IS NOT NULL THEN now() - interval '" + interval + "' END");
    }

    @Test
    void a_row_that_is_accepted_within_a_minute_is_in_time() throws SQLException {
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.deliver();
        assertEquals("1 in time, 0 late", counted());
    }

    @Test
    void a_row_that_is_accepted_later_and_one_that_still_waits_are_late() throws SQLException {
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.deliver();
        PATH.insert("0912000002", "B", null);
        PATH.merge();
        PATH.insert("0912000003", "C", null);
        ago("2 minutes");
        assertEquals("0 in time, 3 late", counted());
    }

    @Test
    void a_row_counts_by_the_first_call_that_carried_it_however_often_its_customer_changed_since() throws SQLException {
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.deliver();
        DATABASE.execute("UPDATE alohub.delivery_attempt SET started_at = started_at - interval '1 hour';"
                + " UPDATE alohub.customer SET delivered_at = now()");
        ago("1 hour");
        assertEquals("1 in time, 0 late", counted());
    }

    @Test
    void rejected_and_replaced_rows_and_those_of_dead_or_held_customers_do_not_count() throws SQLException {
        PATH.insert("abc", "A", null);
        PATH.insert("0912000001", "B", null);
        PATH.insert("0912000002", "C", null);
        PATH.merge();
        for (Claimed customer : PATH.claim(10)) {
            PATH.settle(HotPath.refused(customer));
        }
        DATABASE.execute(
                "UPDATE alohub.due SET dead = false, hold = 'x' WHERE customer_id = (SELECT max(id) FROM alohub.customer)");
        assertEquals("0 in time, 0 late", counted());
    }

    @Test
    void a_row_that_changed_nothing_is_in_time() throws SQLException {
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.deliver();
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        assertEquals("2 in time, 0 late", counted());
    }

    @Test
    void a_customer_that_is_tried_again_is_late_until_it_is_accepted() throws SQLException {
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.settle(HotPath.failed(PATH.claimOne(), Duration.ofHours(1)));
        ago("2 minutes");
        assertEquals("0 in time, 1 late", counted());
    }

    /** The sample would have begun at the first id again, and each of its few rows stood for thousands. */
    @Test
    void a_row_after_the_retention_has_deleted_all_counts_once() throws SQLException {
        DATABASE.execute("SELECT setval('alohub.customer_outbox_id_seq', 9000000)");
        PATH.insert("0912000001", "A", null);
        PATH.merge();
        PATH.deliver();
        counted();
        DATABASE.execute("DELETE FROM alohub.customer_outbox; DELETE FROM alohub.throughput");
        follow();
        PATH.insert("0912000002", "B", null);
        PATH.merge();
        PATH.deliver();
        assertEquals("1 in time, 0 late", counted());
    }

    @Test
    void of_many_rows_a_sample_stands_for_all() throws SQLException {
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name)"
                + " SELECT '0913' || lpad(i::text, 6, '0'), 'K' FROM generate_series(1, 1500) i");
        PATH.merge();
        PATH.deliverAll();
        assertEquals("1500 in time, 0 late", counted());
    }
}
