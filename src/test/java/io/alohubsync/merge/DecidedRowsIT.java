package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * The columns of the outbox that the daemon writes agree with each other. No check of the table
 * says so: see the migration.
 */
class DecidedRowsIT {

    private final HotPath path = new HotPath();

    @Test
    void the_columns_of_a_row_of_each_status_agree_with_it() throws SQLException {
        path.insert("0868793800", "Nguyễn Thị Thủy", null);
        path.insert("0868793801", "Trần Văn A", null);
        path.insert("0868793801", "Trần Văn An", "an@example.vn");
        path.insert("12", "Too short", null);
        path.database.execute("INSERT INTO alohub.customer_outbox (account, phone) VALUES ('later', '0868793802')");
        path.merge();
        path.deliverAll();
        path.insert("0868793800", "Nguyễn Thị Thủy", null);
        path.insert("0868793801", "Trần An", null);
        path.merge();
        assertEquals("MERGED, REJECTED, SUPERSEDED, UNCHANGED", statuses());
        assertEquals(null, contradictions());

        path.register("later", "id", "auto");
        path.intake().makeRejectedNew(100);
        path.insert("0868793803", "New", null);
        assertEquals("2", path.database.one("SELECT count(*) FROM alohub.customer_outbox WHERE merge_status IS NULL"));
        assertEquals(null, contradictions());
        path.merge();
        assertEquals(null, contradictions());
    }

    private String statuses() {
        return path.database.one(
                "SELECT string_agg(DISTINCT merge_status, ', ' ORDER BY merge_status) FROM alohub.customer_outbox");
    }

    private String contradictions() {
        return path.database.one("""
                SELECT string_agg(o::text, E'\\n') FROM alohub.customer_outbox o WHERE NOT CASE
                  WHEN merge_status IS NULL THEN customer_id IS NULL AND merged_at IS NULL AND reasons IS NULL
                  WHEN merge_status = 'MERGED' THEN customer_id IS NOT NULL AND revision IS NOT NULL AND carries_name IS NOT NULL
                    AND carries_email IS NOT NULL AND merged_at IS NOT NULL
                  WHEN merge_status = 'REJECTED' THEN customer_id IS NULL AND reasons IS NOT NULL AND merged_at IS NOT NULL
                  WHEN merge_status IN ('SUPERSEDED', 'UNCHANGED') THEN customer_id IS NOT NULL AND merged_at IS NOT NULL
                  ELSE false END""");
    }
}
