package io.alohubsync.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.TestDatabase;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that has few rows, and most of them rejected. */
class RejectedSourcesIT {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM alohub.customer_outbox");
    }

    private static void rows(String source, int rejected, int merged, String ago) {
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, source, merge_status, reasons, merged_at)"
                + " SELECT 'abc', " + source + ", 'REJECTED', '{phone.letters}', now() - interval '" + ago
                + "' FROM generate_series(1, " + rejected + ");"
                + " INSERT INTO alohub.customer_outbox (phone, source, merge_status, merged_at)"
                + " SELECT '0912345678', " + source + ", 'UNCHANGED', now() - interval '" + ago
                + "' FROM generate_series(1, " + merged + ")");
    }

    private static List<String> found() throws SQLException {
        return Transaction.run(
                DATABASE.dataSource(),
                connection -> Sql.named("observe/find-rejected-sources")
                        .on(connection)
                        .set("looks", 5_000)
                        .set("few", 5)
                        .list(row -> row.getString(1) + " " + row.getLong(2)));
    }

    @Test
    void half_of_a_sources_rows_is_found_beside_thousands_of_another() throws SQLException {
        rows("'erp'", 30, 3000, "1 minute");
        rows("'shop'", 15, 0, "2 minutes");
        rows("'form'", 5, 5, "3 minutes");
        rows("NULL", 6, 1, "1 minute");
        rows("'few'", 4, 0, "1 minute");
        rows("'better'", 5, 6, "1 minute");
        rows("'over'", 50, 0, "61 minutes");
        assertEquals(List.of("shop 15", "null 6", "form 5"), found());
    }

    @Test
    void nothing_is_found_where_no_row_was_rejected_for_an_hour() throws SQLException {
        rows("'shop'", 15, 0, "61 minutes");
        rows("'erp'", 0, 10, "1 minute");
        assertEquals(List.of(), found());
    }
}
