package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.Await;
import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An unreadable row is set aside, and the others are merged. The damage is real. */
class DamagedRowIT {

    private static final String OTHER = "0912345678";

    private final HotPath path = new HotPath();

    /** A row with a long value in this column, whose chunks are gone. */
    private long damaged(String column) {
        long row = Long.parseLong(path.database.one("INSERT INTO alohub.customer_outbox (phone, " + column
                + ") SELECT '0868793800', string_agg(md5(i::text), '') FROM generate_series(1, 400) i RETURNING id"));
        path.database.execute("""
                SET allow_system_table_mods = on;
                DO $$
                DECLARE chunks regclass := (SELECT reltoastrelid FROM pg_class WHERE oid = 'alohub.customer_outbox'::regclass);
                BEGIN
                  UPDATE pg_class SET relkind = 'r' WHERE oid = chunks; -- else nobody may
                  EXECUTE 'DELETE FROM ' || chunks;
                  UPDATE pg_class SET relkind = 't' WHERE oid = chunks;
                END $$""");
        Await.until("the value can be read no more", () -> {
            path.database.execute("VACUUM alohub.customer_outbox"); // until then what was deleted can still be read
            return isDamaged(row, column);
        });
        return row;
    }

    private boolean isDamaged(long row, String column) {
        try {
            path.database.one("SELECT md5(" + column + ") FROM alohub.customer_outbox WHERE id = " + row);
            return false;
        } catch (IllegalStateException missingChunk) {
            return true;
        }
    }

    @Test
    void a_damaged_value_rejects_its_row_alone() throws SQLException {
        long before = path.insert(OTHER, "A", null);
        long damaged = damaged("name");
        long alsoDamaged = damaged("email");
        long after = path.insert(OTHER, "B", null);
        path.intake().mergeBatch(100, Map.of());
        assertEquals("REJECTED", rowStatus(damaged));
        assertEquals("REJECTED", rowStatus(alsoDamaged));
        assertEquals("MERGED", rowStatus(before));
        assertEquals("PENDING", path.database.rowStatus(after));
        assertEquals(
                "{row.unreadable}",
                path.database.one("SELECT reasons FROM alohub.customer_outbox WHERE id = " + damaged));
        assertEquals(0, path.intake().mergeBatch(100, Map.of()).rows());
    }

    @Test
    void bytes_that_are_no_text_reject_their_row_alone() throws SQLException {
        path.database.execute("CREATE CAST (bytea AS text) WITHOUT FUNCTION");
        for (String column : new String[] {"phone", "name", "email", "account"}) {
            long damaged = Long.parseLong(path.database.one("INSERT INTO alohub.customer_outbox (" + column
                    + ") VALUES ('\\xff41c3'::bytea::text) RETURNING id"));
            long after = path.insert(OTHER, column, null);
            path.intake().mergeBatch(100, Map.of());
            assertEquals("REJECTED", rowStatus(damaged), column);
            assertEquals("MERGED", rowStatus(after), column);
        }
    }

    @Test
    void a_damaged_trace_is_no_fault_of_its_row() throws SQLException {
        long damaged = damaged("traceparent");
        long after = path.insert(OTHER, "B", null);
        path.newIntake(true, System::nanoTime).mergeBatch(100, Map.of());
        assertEquals("MERGED", rowStatus(damaged));
        assertEquals("MERGED", rowStatus(after));
    }

    @Test
    void a_row_that_can_not_even_be_marked_is_skipped() throws SQLException {
        path.database.execute("CREATE INDEX by_reference ON alohub.customer_outbox (left(source_ref, 50), merged_at)");
        long damaged = damaged("source_ref");
        long after = path.insert(OTHER, "B", null);
        path.intake().mergeBatch(100, Map.of());
        assertEquals("MERGED", rowStatus(after));
        assertEquals(0, path.intake().mergeBatch(100, Map.of()).rows());
        long another = path.insert(OTHER, "C", null);
        assertEquals(1, path.intake().mergeBatch(100, Map.of()).rows());
        assertEquals("MERGED", rowStatus(another));
        assertEquals(null, rowStatus(damaged));
    }

    private String rowStatus(long row) {
        return path.database.one("SELECT merge_status FROM alohub.customer_outbox WHERE id = " + row);
    }
}
