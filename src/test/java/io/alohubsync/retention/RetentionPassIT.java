package io.alohubsync.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.config.AlohubSettings.RetentionSettings;
import io.alohubsync.retention.RetentionSql.History;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The purge's pass, a batch at a time, on a real database. Its clock stands still, so that its
 * pauses are the shortest.
 */
class RetentionPassIT {

    private static final Duration KEPT = Duration.ofDays(30);

    private final TestDatabase database = TestDatabase.migrated();
    private final AtomicLong clock = new AtomicLong();
    private int purged;
    private final Retention retention = new Retention(
            database.dataSource(),
            new RetentionSettings() {
                @Override
                public Duration outbox() {
                    return KEPT;
                }

                @Override
                public Duration attempts() {
                    return KEPT;
                }
            },
            (table, rows) -> purged += rows,
            clock::get);

    private void rows(int rows, String mergedAt) {
        database.execute("INSERT INTO alohub.customer_outbox (phone, merge_status, reasons, merged_at)"
                + " SELECT '12', 'REJECTED', '{phone.too_short}', " + mergedAt + " FROM generate_series(1, " + rows
                + ")");
    }

    private void batches(int batches) throws SQLException {
        for (int i = 0; i < batches; i++) {
            database.execute("UPDATE alohub.retention SET next_at = now() - interval '1 s'");
            retention.batch(History.CUSTOMER_OUTBOX, KEPT);
        }
    }

    @Test
    void old_rows_behind_young_ones_go_in_the_same_pass() throws SQLException {
        rows(25_000, "now()");
        rows(1010, "now() - interval '31 days'");
        batches(3);
        assertEquals(1000, purged);
        assertEquals("26000", database.one("SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'"));
        batches(1);
        assertEquals(1010, purged);
        assertEquals("0", database.one("SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'"));
    }

    /** An idle daemon reads a large history seldom. */
    @Test
    void a_pass_that_read_many_young_rows_in_vain_is_followed_by_a_longer_rest() throws SQLException {
        rows(10, "now()");
        batches(1);
        assertEquals("15", rest());
        rows(50_000, "now()");
        batches(6);
        assertEquals("45", rest());
        rows(1, "now() - interval '31 days'");
        batches(6);
        assertEquals(1, purged);
        assertEquals("15", rest());
    }

    private String rest() {
        return database.one("SELECT round(extract(epoch FROM next_at - now())) FROM alohub.retention"
                + " WHERE history = 'customer_outbox' AND after_id = 0");
    }

    @Test
    void a_run_of_the_schedule_goes_on_until_it_rests_and_the_next_ones_ask_the_database_nothing()
            throws SQLException, InterruptedException {
        rows(2500, "now() - interval '31 days'");
        retention.run();
        assertEquals(2500, purged);
        rows(10, "now() - interval '31 days'");
        database.execute("UPDATE alohub.retention SET next_at = now() - interval '1 s'");
        retention.run();
        assertEquals(2500, purged, "it rests");
        clock.addAndGet(Duration.ofSeconds(15).toNanos());
        retention.run();
        assertEquals(2510, purged);
    }

    @Test
    void the_time_of_the_next_batch_is_read_every_30_s_since_a_person_may_have_written_another()
            throws SQLException, InterruptedException {
        rows(10, "now() - interval '31 days'");
        database.execute("UPDATE alohub.retention SET next_at = now() + interval '70 s'");
        retention.run();
        assertEquals(0, purged);
        database.execute("UPDATE alohub.retention SET next_at = now()");
        clock.addAndGet(Duration.ofSeconds(30).toNanos());
        retention.run();
        assertEquals(10, purged);
    }

    @Test
    void a_run_that_is_stopped_ends_after_its_batch() throws SQLException, InterruptedException {
        rows(2500, "now() - interval '31 days'");
        retention.stop();
        retention.run();
        assertEquals(1000, purged);
    }

    @Test
    void a_pass_past_young_rows_ends_in_time_but_for_the_full_one_of_the_hour() throws SQLException {
        rows(1, "now()");
        database.execute("UPDATE alohub.retention SET after_id = 1, young = 99999, full_pass = false");
        rows(20_000, "now()");
        batches(1);
        assertEquals("0", database.one("SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'"));
        database.execute("UPDATE alohub.retention SET next_full_at = now() - interval '1 s'");
        batches(1);
        database.execute("UPDATE alohub.retention SET young = 999999");
        batches(1);
        assertEquals("20000", database.one("SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'"));
        batches(1);
        assertEquals(
                "0 true",
                database.one(
                        "SELECT after_id || ' ' || (next_full_at > now() + interval '50 min') FROM alohub.retention"
                                + " WHERE history = 'customer_outbox'"));
    }

    @Test
    void a_row_that_can_not_be_deleted_stops_no_other() throws SQLException {
        rows(2500, "now() - interval '31 days'");
        database.execute("CREATE TABLE mine (id bigint REFERENCES alohub.customer_outbox)");
        database.execute("INSERT INTO mine VALUES (7), (1200), (1201)");
        batches(80);
        assertEquals(
                "7,1200,1201",
                database.one("SELECT string_agg(id::text, ',' ORDER BY id) FROM alohub.customer_outbox"));
        assertEquals(2497, purged);
        database.execute("DROP TABLE mine");
        batches(20);
        assertEquals("0", database.one("SELECT count(*) FROM alohub.customer_outbox"));
    }

    @Test
    void a_missing_right_is_reported_and_passes_over_nothing() throws SQLException {
        rows(10, "now() - interval '31 days'");
        database.execute("ALTER TABLE alohub.customer_outbox RENAME TO gone");
        try {
            batches(1);
        } catch (SQLException failure) {
            assertTrue(failure.getSQLState().startsWith("42"), failure.getSQLState());
        }
        assertEquals("0", database.one("SELECT after_id FROM alohub.retention WHERE history = 'customer_outbox'"));
    }
}
