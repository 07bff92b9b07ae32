package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.delivery.HotPath;
import io.alohubsync.jdbc.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody has put a trigger on a table of ours, and it raises an error. */
class RaisedErrorIT {

    private final HotPath path = new HotPath();
    private final AtomicLong nanoTime = new AtomicLong();
    private final OutboxMerge merge = path.newIntake(false, nanoTime::get);

    private void refuse(String state, String event, String table, String which) {
        path.database.execute("""
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF %s THEN RAISE EXCEPTION 'not %%', new.phone USING ERRCODE = '%s'; END IF; RETURN new; END $$;
                CREATE TRIGGER refuse BEFORE %s ON alohub.%s FOR EACH ROW EXECUTE FUNCTION public.refuse()""".formatted(which, state, event, table));
    }

    @ParameterizedTest
    @CsvSource({"P0001, INSERT, customer", "P0001, UPDATE, customer_outbox", "45000, INSERT, customer"})
    void a_row_that_it_refuses_stays_new_and_the_others_are_merged(String state, String event, String table)
            throws SQLException {
        refuse(state, event, table, "to_jsonb(new) ->> 'phone' LIKE '%868793801'");
        long before = path.insert("0868793800", "A", null);
        long refused = path.insert("0868793801", "B", null);
        long after = path.insert("0868793802", "C", null);
        merge.mergeBatch(100, Map.of());
        assertEquals("PENDING", path.database.rowStatus(before));
        assertEquals("NEW", path.database.rowStatus(refused));
        assertEquals("PENDING", path.database.rowStatus(after));
        assertEquals(0, merge.mergeBatch(100, Map.of()).rows());
        path.database.execute("DROP TRIGGER refuse ON alohub." + table);
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        merge.mergeBatch(100, Map.of());
        assertEquals("PENDING", path.database.rowStatus(refused));
    }

    @Test
    void where_it_refuses_all_rows_none_is_rejected_and_the_merge_waits() throws SQLException {
        refuse("P0001", "INSERT", "customer", "true");
        for (int i = 100; i < 200; i++) {
            path.insert("0868793" + i, "A", null);
        }
        SQLException raised = assertThrows(SQLException.class, () -> merge.mergeBatch(100, Map.of()));
        assertEquals("SQLSTATE P0001", SqlFailure.describe(raised), "its message may quote a row");
        assertFalse(SqlFailure.isAboutContent(raised));
        assertEquals("100", path.database.one("SELECT count(*) FROM alohub.outbox_status WHERE status = 'NEW'"));
        path.database.execute("DROP TRIGGER refuse ON alohub.customer");
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        while (merge.mergeBatch(100, Map.of()).rows() > 0) {}
        assertEquals("100", path.database.one("SELECT count(*) FROM alohub.outbox_status WHERE status = 'PENDING'"));
    }
}
