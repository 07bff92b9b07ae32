package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every table can be published: Debezium's default is a publication for all of them. */
class KeysIT {

    private final HotPath path = new HotPath();

    @Test
    void every_table_has_a_primary_key_and_is_identified_by_it() {
        assertEquals(
                List.of(),
                path.database.column("SELECT c.relname FROM pg_class c"
                        + " WHERE c.relnamespace = 'alohub'::regnamespace AND c.relkind IN ('r', 'p')"
                        + " AND NOT (c.relreplident = 'd' AND EXISTS"
                        + " (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid))"));
    }

    @Test
    void everything_works_beside_a_publication_for_all_tables() throws SQLException {
        path.database.execute("CREATE PUBLICATION everything FOR ALL TABLES");
        path.insert("0868793800", "A", null);
        path.merge();
        path.insert("0868793800", "B", null);
        path.merge();
        path.deliver();
        path.database.execute("SELECT alohub.retry('0868793800')");
        path.database.execute("SELECT alohub.hold('0868793800')");
        path.database.execute("SELECT alohub.pause(); SELECT alohub.resume()");
        assertEquals("t", path.database.one("SELECT alohub.fold_status_counts() > 0"));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.status_delta"));
        assertEquals("0", path.database.one("SELECT alohub.recount()"));
        assertEquals("1", path.database.one("SELECT customers FROM alohub.status_counts WHERE status = 'HELD'"));
        path.database.execute("DELETE FROM alohub.customer_outbox; DELETE FROM alohub.delivery_attempt");
    }
}
